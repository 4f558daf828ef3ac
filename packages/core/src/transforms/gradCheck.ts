import { evaluate } from "../apply.ts";
import { topologicalOrder } from "../graph.ts";
import { localDerivatives, numberOf } from "../partials.ts";
import { describe, type Scalar, Value, value } from "../value.ts";
import { type Difference, differentiateNumerically } from "./differences.ts";
import { differentiate } from "./grad.ts";
import { leavesOf, mapTree, type NumbersIn } from "./tree.ts";

/** One comparison. */
export interface GradCheckEntry {
  /** Which input, such as `x[0].w`; in fast mode, which direction. */
  readonly path: string;
  /** Where it is. */
  readonly at: number;
  /** The derivative by `grad` or `backward()`, whichever is further off. */
  readonly analytic: number;
  readonly numeric: number;
  /** |analytic − numeric| relative to the larger of the two, less what the differences themselves may be off. */
  readonly error: number;
}

/** A partial derivative of an operation that its own values contradict. */
export interface WrongRule {
  readonly op: string;
  /** Which operand, from 1. */
  readonly operand: number;
  /** The numbers of the operands. */
  readonly operands: readonly number[];
  readonly rule: number;
  readonly numeric: number;
}

/** What {@link gradCheck} found. */
export interface GradCheckReport {
  readonly passed: boolean;
  /** The largest error of all entries. */
  readonly worst: number;
  readonly entries: readonly GradCheckEntry[];
  /** Where entries fail: the operations whose rules are to blame. */
  readonly wrongRules: readonly WrongRule[];
}

export interface GradCheckOptions {
  /** `full` (the default) checks input by input, `fast` three fixed directions through all inputs at once. */
  readonly mode?: "full" | "fast";
  /** The largest relative error that passes; 1e-6 unless told. */
  readonly tolerance?: number;
  /** Whether to throw where the check fails, instead of only reporting it. */
  readonly throws?: boolean;
}

/**
 * Compares the gradient of f at x, by `grad` and by `backward()`, with central differences.
 *
 * The differences come with an estimate of their own error, about 1e-10 for smooth f, which is allowed on top of the
 * tolerance. At a kink the two disagree, rightly. Where the check fails, the rule that is to blame is looked for.
 *
 * @param f - as for {@link grad}
 * @param x - the point: numbers in the structure that f takes
 * @returns a report: `passed`, `worst`, the entries and the wrong rules
 * @throws RangeError with what disagrees, if `throws` is set
 * @example gradCheck((x: Value) => x.sin(), 1).passed // true
 * @see Ridders (1982), Advances in Engineering Software 4(2)
 */
export function gradCheck<X>(
  f: (x: X) => Scalar,
  x: NumbersIn<X>,
  options?: GradCheckOptions,
): GradCheckReport;
export function gradCheck(
  f: (x: never) => Scalar,
  x: unknown,
  { mode = "full", tolerance = 1e-6, throws = false }: GradCheckOptions = {},
): GradCheckReport {
  if (mode !== "full" && mode !== "fast") {
    throw new TypeError(`gradCheck: mode must be "full" or "fast", got ${describe(mode)}.`);
  }
  const gradient = leavesOf(differentiate("gradCheck", f, { unconnected: "zero" })(x)[1], "gradCheck").map(
    numberOf,
  );
  const point = leavesOf(x, "gradCheck").map(numberOf);
  const paths: string[] = [];
  mapTree(x, (_, path) => paths.push(path), "gradCheck", "x");
  const build = (numbers: readonly number[]) => {
    const inputs = numbers.map((number) => value(number));
    let next = 0;
    return { inputs, result: f(mapTree(x, () => inputs[next++]!, "gradCheck", "x") as never) };
  };
  const swept = build(point);
  if (swept.result instanceof Value) swept.result.backward();

  const directions = mode === "full" ? axes(paths) : fixedDirections(point.length);
  const entries = directions.map(({ path, direction }) => {
    const along = (step: number) =>
      numberOf(build(point.map((number, i) => number + step * direction[i]!)).result);
    const size = Math.abs(inner(point, direction));
    const numeric = differentiateNumerically(along, size);
    const candidates = [gradient, swept.inputs.map((input) => input.grad)].map((g) => inner(g, direction));
    const [first, second] = candidates.map((analytic) => compare(analytic, numeric));
    const [analytic, error] = second! > first! ? [candidates[1]!, second!] : [candidates[0]!, first!];
    return { path, at: inner(point, direction), analytic, numeric: numeric.derivative, error };
  });
  const failed = entries.filter(({ error }) => !(error <= tolerance));
  const worst = entries.reduce((most, { error }) => Math.max(most, error), 0);
  const wrongRules = failed.length > 0 ? findWrongRules(swept.result, tolerance) : [];
  if (throws && failed.length > 0) throw new RangeError(explain(failed, wrongRules, tolerance));
  return { passed: failed.length === 0, worst, entries, wrongRules };
}

interface Direction {
  readonly path: string;
  readonly direction: readonly number[];
}

function axes(paths: readonly string[]): Direction[] {
  return paths.map((path, i) => ({ path, direction: paths.map((_, j) => (i === j ? 1 : 0)) }));
}

/** Three directions without regular pattern, the same each time. */
function fixedDirections(size: number): Direction[] {
  return [1, 2, 3].map((k) => ({
    path: `direction ${k}`,
    direction: Array.from({ length: size }, (_, i) => Math.sin((i + 1) * (k + Math.SQRT2)) + 0.1),
  }));
}

function inner(a: readonly number[], b: readonly number[]): number {
  // A component of 0 keeps a NaN elsewhere out of the entry.
  return a.reduce((total, x, i) => (b[i] === 0 ? total : total + x * b[i]!), 0);
}

/** The error of a derivative relative to its size, less what the differences may be off. */
function compare(analytic: number, { derivative, uncertainty }: Difference): number {
  const off = Math.abs(analytic - derivative);
  const size = Math.max(Math.abs(analytic), Math.abs(derivative));
  if (off <= 10 * uncertainty || off === 0) return 0;
  return off / size;
}

function findWrongRules(result: Scalar, tolerance: number): WrongRule[] {
  if (!(result instanceof Value)) return [];
  const found: WrongRule[] = [];
  for (const node of topologicalOrder(result)) {
    const operands = node.operands.map(numberOf);
    localDerivatives(node).forEach((rule, slot) => {
      if (rule === null || found.some((wrong) => wrong.op === node.op!.name && wrong.operand === slot + 1))
        return;
      const along = (step: number) =>
        evaluate(
          node.op!,
          operands.map((number, i) => (i === slot ? number + step : number)),
        );
      const numeric = differentiateNumerically(along, operands[slot]!);
      if (compare(rule, numeric) <= tolerance) return;
      found.push({ op: node.op!.name, operand: slot + 1, operands, rule, numeric: numeric.derivative });
    });
  }
  return found;
}

function explain(
  failed: readonly GradCheckEntry[],
  wrongRules: readonly WrongRule[],
  tolerance: number,
): string {
  const entries = failed
    .slice(0, 5)
    .map(
      ({ path, at, analytic, numeric }) =>
        `  ${path} at ${at}: gradient ${analytic}, central difference ${numeric}`,
    );
  const rules = wrongRules
    .slice(0, 5)
    .map(
      ({ op, operand, operands, rule, numeric }) =>
        `  the partial of ${op} for operand ${operand} at (${operands.join(", ")}) is ${rule}, central difference ${numeric}`,
    );
  return [
    `gradCheck: ${failed.length} of the derivatives are off by more than ${tolerance}, relative:`,
    ...entries,
    ...rules,
  ].join("\n");
}
