import { evaluate } from "../apply.ts";
import { topologicalOrder } from "../graph.ts";
import { withMode } from "../mode.ts";
import { checkOptionNames } from "../options.ts";
import { isValue, numberOf, numericPartials } from "../partials.ts";
import { describe, type Scalar, Value, value } from "../value.ts";
import { type Difference, differentiateNumerically } from "./differences.ts";
import {
  explain,
  type GradCheckEntry,
  type GradCheckReport,
  type Verdict,
  type WrongRule,
} from "./gradCheckReport.ts";
import { pullback } from "./pullback.ts";
import { oneScalar, trace, type Unconnected } from "./trace.ts";
import { leavesOf, mapTree, type NumbersIn, pathsOf } from "./tree.ts";

export interface GradCheckOptions {
  /** `full` (the default) checks input by input, `fast` three fixed directions through all inputs at once. */
  readonly mode?: "full" | "fast";
  /** The largest relative error that passes; 1e-6 unless told. */
  readonly tolerance?: number;
  /** Whether to throw where the check fails, instead of only reporting it. */
  readonly throws?: boolean;
  /** What it means that the result does not depend on an input: a failure (the default), or a derivative of 0. */
  readonly unconnected?: Unconnected;
}

/**
 * Compares the gradient of f at x, by `grad` and by `backward()`, with central differences.
 *
 * The differences come with an estimate of their own error, about 1e-10 for smooth f, which is allowed on top of the
 * tolerance. Where that is too large to tell, the entry is inconclusive, and the check does not pass: at a jump, or where
 * f changes by less than its rounding. At a kink the two may disagree, rightly. Where the check fails, the rule that is
 * to blame is looked for. No `grad` changes.
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
  x: NumbersIn<NoInfer<X>>,
  options?: GradCheckOptions,
): GradCheckReport;
export function gradCheck(
  f: (x: never) => Scalar,
  x: unknown,
  options: GradCheckOptions = {},
): GradCheckReport {
  checkOptions(options);
  const { mode = "full", tolerance = 1e-6, throws = false, unconnected: whenUnconnected = "error" } = options;
  const traced = trace("gradCheck", f, 0, [x]);
  const traceResult = oneScalar("gradCheck", traced);
  const found = traceResult instanceof Value ? pullback([traceResult], [1], traced.inputs, false) : [];
  const gradient = traced.inputs.map((_, i) => numberOf(found[i] ?? 0));
  const point = leavesOf(x, "gradCheck").map(numberOf);
  const paths = pathsOf(x, "x");
  const unconnected = paths.filter((_, i) => found[i] === undefined);
  const build = (numbers: readonly number[]) => {
    const inputs = numbers.map((number) => value(number));
    let next = 0;
    const tree = mapTree(x, () => inputs[next++]!, "gradCheck", "x");
    return { inputs, result: withMode("gradCheck", { recording: true }, () => f(tree as never)) };
  };
  const swept = build(point);
  const sweptGradient = gradientBySweep(swept.result, swept.inputs);

  const directions = mode === "full" ? axes(paths) : fixedDirections(point.length);
  const entries = directions.map(({ path, direction }): GradCheckEntry => {
    const along = (step: number) =>
      numberOf(build(point.map((number, i) => number + step * direction[i]!)).result);
    const at = inner(point, direction);
    const numeric = differentiateNumerically(along, Math.abs(at));
    const [first, second] = [gradient, sweptGradient].map((g) =>
      compare(inner(g, direction), numeric, tolerance),
    ) as [Comparison, Comparison];
    const further = second.error > first.error || Number.isNaN(second.error) ? second : first;
    return { path, at, numeric: numeric.derivative, uncertainty: numeric.uncertainty, ...further };
  });
  const failed = entries.filter(({ verdict }) => verdict !== "right");
  const passed = failed.length === 0 && (whenUnconnected === "zero" || unconnected.length === 0);
  const worst = entries.reduce((most, { error }) => Math.max(most, error), 0);
  const wrongRules = failed.length > 0 ? findWrongRules(swept.result, tolerance) : [];
  const report = { passed, worst, entries, wrongRules, unconnected };
  if (throws && !passed) throw new RangeError(explain(report, tolerance));
  return report;
}

function checkOptions(options: unknown): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`gradCheck: options must be an object, got ${describe(options)}.`);
  }
  const valid: Record<string, readonly [isValid: (x: unknown) => boolean, what: string]> = {
    mode: [(x) => x === "full" || x === "fast", '"full" or "fast"'],
    tolerance: [(x) => Number.isFinite(x) && (x as number) >= 0, "a number ≥ 0"],
    throws: [(x) => typeof x === "boolean", "true or false"],
    unconnected: [(x) => x === "error" || x === "zero", '"error" or "zero"'],
  };
  checkOptionNames("gradCheck", options, Object.keys(valid));
  for (const [name, x] of Object.entries(options)) {
    const [isValid, what] = valid[name]!;
    if (x !== undefined && !isValid(x)) {
      throw new TypeError(`gradCheck: ${name} must be ${what}, got ${describe(x)}.`);
    }
  }
}

/** The gradient by `backward()`, which leaves every `grad` as it was. */
function gradientBySweep(result: Scalar, inputs: readonly Value[]): number[] {
  if (!(result instanceof Value)) return inputs.map(() => 0);
  const before = topologicalOrder(result).map((node) => ({ node, grad: node.grad, pending: node.pending }));
  try {
    result.backward();
    return inputs.map((input) => input.grad);
  } finally {
    for (const { node, grad, pending } of before) Object.assign(node, { grad, pending });
  }
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

interface Comparison {
  readonly analytic: number;
  readonly error: number;
  readonly verdict: Verdict;
}

/** Compares a derivative with what differences found, which may be off. */
function compare(analytic: number, numeric: Difference, tolerance: number): Comparison {
  const { derivative, uncertainty, variation } = numeric;
  const off = Math.abs(analytic - derivative);
  if (off === 0) return { analytic, error: 0, verdict: "right" };
  const size = Math.max(Math.abs(analytic), Math.abs(derivative));
  const allowed = 10 * uncertainty;
  if (off <= allowed) {
    const canTell = allowed <= Math.max(tolerance, CLEAR) * Math.max(size, variation);
    return { analytic, error: 0, verdict: canTell ? "right" : "inconclusive" };
  }
  const error = off / size;
  if (Number.isNaN(derivative)) return { analytic, error, verdict: "inconclusive" };
  return { analytic, error, verdict: error <= tolerance ? "right" : "wrong" };
}

/** How much of f's slopes nearby the differences may be off. */
const CLEAR = 1e-3;

function findWrongRules(result: Scalar, tolerance: number): WrongRule[] {
  if (!(result instanceof Value)) return [];
  const found: WrongRule[] = [];
  for (const node of topologicalOrder(result)) {
    const { op } = node;
    if (op === undefined) continue;
    const operands = node.operands.map(numberOf);
    const rules = numericPartials(node, isValue);
    node.operands.forEach((operand, slot) => {
      if (!isValue(operand)) return;
      if (found.some((wrong) => wrong.op === op.name && wrong.operand === slot + 1)) return;
      const along = (step: number) =>
        evaluate(
          op,
          operands.map((number, i) => (i === slot ? number + step : number)),
        );
      const numeric = differentiateNumerically(along, operands[slot]!);
      const rule = rules[slot]!;
      if (compare(rule ?? 0, numeric, tolerance).verdict !== "wrong") return;
      found.push({ op: op.name, operand: slot + 1, operands, rule, numeric: numeric.derivative });
    });
  }
  return found;
}
