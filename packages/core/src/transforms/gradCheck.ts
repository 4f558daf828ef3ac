import { type Scalar, value } from "../value.ts";
import { differentiate } from "./grad.ts";
import { leavesOf, mapTree, type Numbers, type Tree } from "./tree.ts";

/** One entry of the comparison. */
export interface GradCheckEntry {
  /** Where the input is, such as `x[0].w`. */
  readonly path: string;
  readonly analytic: number;
  readonly numeric: number;
  /** |analytic − numeric|, relative to the larger of them and 1. */
  readonly error: number;
}

/** What {@link gradCheck} found. */
export interface GradCheckReport {
  readonly passed: boolean;
  /** The largest error of all entries. */
  readonly worst: number;
  readonly entries: readonly GradCheckEntry[];
}

export interface GradCheckOptions {
  /** The largest error that passes; 1e-6 unless told. */
  readonly tolerance?: number;
  /** Whether to throw where the check fails, instead of only reporting it. */
  readonly throws?: boolean;
}

/**
 * Compares the gradient of f at x with central differences, entry by entry.
 *
 * The differences are extrapolated to step 0 (Ridders' method), good to about 1e-9 for smooth f. At a kink the two
 * disagree, rightly.
 *
 * @param f - as for {@link grad}
 * @param x - the point: numbers in the structure that f takes
 * @returns a report: `passed`, `worst` and the entries
 * @throws RangeError with the entries that disagree, if `throws` is set
 * @example gradCheck((x: Value) => x.sin(), 1).passed // true
 * @see Ridders (1982), Advances in Engineering Software 4(2)
 */
export function gradCheck<X extends Tree>(
  f: (x: X) => Scalar,
  x: Numbers<X>,
  options?: GradCheckOptions,
): GradCheckReport;
export function gradCheck(
  f: (x: never) => Scalar,
  x: unknown,
  { tolerance = 1e-6, throws = false }: GradCheckOptions = {},
): GradCheckReport {
  const [, gradient] = differentiate("gradCheck", f, { unconnected: "zero" })(x);
  const analytic = leavesOf(gradient, "gradCheck").map(Number);
  const point = leavesOf(x, "gradCheck").map(Number);
  const paths: string[] = [];
  mapTree(x, (_, path) => paths.push(path), "gradCheck", "x");
  const at = (numbers: readonly number[]): number => {
    let next = 0;
    const y = f(mapTree(x, () => value(numbers[next++]!), "gradCheck", "x") as never);
    return typeof y === "number" ? y : y.data;
  };
  const entries = paths.map((path, i) => {
    const numeric = ridders(
      (step) => at(point.with(i, point[i]! + step)),
      Math.max(1, Math.abs(point[i]!)) * 0.02,
    );
    const scale = Math.max(1, Math.abs(numeric), Math.abs(analytic[i]!));
    return { path, analytic: analytic[i]!, numeric, error: Math.abs(analytic[i]! - numeric) / scale };
  });
  const failed = entries.filter((entry) => !(entry.error <= tolerance));
  const worst = entries.reduce((most, { error }) => Math.max(most, error), 0);
  if (throws && failed.length > 0) throw new RangeError(explain(failed, tolerance));
  return { passed: failed.length === 0, worst, entries };
}

function explain(failed: readonly GradCheckEntry[], tolerance: number): string {
  const lines = failed
    .slice(0, 5)
    .map(({ path, analytic, numeric }) => `  ${path}: gradient ${analytic}, central difference ${numeric}`);
  return `gradCheck: ${failed.length} of the partial derivatives are off by more than ${tolerance}:\n${lines.join("\n")}`;
}

/** The derivative of f(step) at 0 from central differences at shrinking steps, extrapolated; the steadiest estimate. */
function ridders(f: (step: number) => number, firstStep: number): number {
  const shrink = 1.4;
  let step = firstStep;
  let row = [(f(step) - f(-step)) / (2 * step)];
  let best = row[0]!;
  let bestError = Number.POSITIVE_INFINITY;
  for (let i = 1; i < 12; i++) {
    step /= shrink;
    const next = [(f(step) - f(-step)) / (2 * step)];
    let factor = shrink * shrink;
    for (let j = 1; j <= i; j++) {
      next[j] = (next[j - 1]! * factor - row[j - 1]!) / (factor - 1);
      factor *= shrink * shrink;
      const error = Math.max(Math.abs(next[j]! - next[j - 1]!), Math.abs(next[j]! - row[j - 1]!));
      if (error <= bestError) {
        bestError = error;
        best = next[j]!;
      }
    }
    if (Math.abs(next[i]! - row[i - 1]!) >= 2 * bestError) break;
    row = next;
  }
  return best;
}
