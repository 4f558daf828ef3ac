import { checkOperand } from "../apply.ts";
import { mode } from "../mode.ts";
import { type Binary, defineOp, type Interval, type Nary, type Reduced } from "../op.ts";
import type { Scalar, Value } from "../value.ts";
import { add, div } from "./arithmetic.ts";
import { atLeast, atMost } from "./piecewise.ts";
import { equal } from "./selection.ts";

/** `x₁ + … + xₙ`, 0 for none. */
export function total(xs: readonly number[]): number {
  let result = 0;
  for (const x of xs) result += x;
  return result;
}

/** `x₁ + … + xₙ` as one node, 0 for none. Partials 1. @example sum([1, 2, 3]) // 6 */
export const sum: Nary = defineOp({
  name: "sum",
  symbol: "Σ",
  value: total,
  lowered: (xs) => xs.reduce(add, 0),
  partials: (xs) => xs.map(() => 1),
});

/** `(x₁ + … + xₙ)/n` as one node. Partials 1/n. @throws RangeError if there are none. @example mean([1, 2, 3]) // 2 */
export const mean: Nary = defineOp({
  name: "mean",
  nonEmpty: true,
  value: (xs) => total(xs) / xs.length,
  lowered: (xs) => div(sum(xs), xs.length),
  partials: (xs) => xs.map(() => 1 / xs.length),
});

/** The largest; −∞ for none, NaN if any is NaN. */
export function maximum(xs: readonly number[]): number {
  return xs.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);
}

function minimum(xs: readonly number[]): number {
  return xs.reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY);
}

/** 1/k for each of the k operands equal to the result, else 0; NaN where the result is. */
function sharedAmongTied(xs: readonly Scalar[], y: Scalar): readonly Scalar[] {
  const tied = xs.map((x) => equal(x, y));
  const count = sum(tied);
  return tied.map((t) => div(t, count));
}

/** Intervals without ties. */
const APART: readonly Interval[] = [
  [-3, -2],
  [2, 3],
  [-1, 0],
  [1, 1.5],
];

/** The largest or smallest of scalars, given as an array or one by one. */
export interface Extremum {
  (xs: readonly number[]): number;
  (xs: readonly Value[]): Value;
  <const T extends readonly Scalar[]>(xs: T): Reduced<T>;
  (...xs: readonly number[]): number;
  (a: Value, ...rest: readonly Scalar[]): Value;
  (a: Scalar, b: Value, ...rest: readonly Scalar[]): Value;
  (...xs: readonly Scalar[]): Scalar;
  readonly op: Nary["op"];
}

/**
 * The largest of an array, or of scalars one by one; NaN if any is NaN. One node for all Values, and one more where
 * there are constants. k tied Values get 1/k of the gradient each; tied with a constant they get 0, so that max(x, 0)
 * is relu(x).
 *
 * @throws RangeError if there are none
 * @example max([1, 3, 2]) // 3
 */
export const max: Extremum = extremum("max", maximum, atLeast);

/**
 * The smallest of an array, or of scalars one by one; otherwise as {@link max}.
 *
 * @throws RangeError if there are none
 * @example min(2, 3) // 2
 */
export const min: Extremum = extremum("min", minimum, atMost);

function extremum(name: string, pick: (xs: readonly number[]) => number, against: Binary): Extremum {
  const ofValues = defineOp({
    name,
    selects: true,
    value: pick,
    lowered: (xs) => xs.reduce(against),
    partials: sharedAmongTied,
    domain: APART,
  });
  const apply = (...given: readonly (Scalar | readonly Scalar[])[]): Scalar => {
    const xs = (given.length === 1 && Array.isArray(given[0]) ? given[0] : given) as readonly Scalar[];
    if (xs.length === 0) throw new RangeError(`${name}: needs at least one scalar, got none.`);
    const constants: Scalar[] = [];
    const others: Scalar[] = [];
    for (let i = 0; i < xs.length; i++) {
      const x = xs[i]!;
      checkOperand(x, ofValues.op, i + 1);
      if (typeof x === "number" || mode.tracer?.isNumber(x)) constants.push(x);
      else others.push(x);
    }
    if (others.length === 0) return ofValues(constants);
    const ofOthers = others.length === 1 ? others[0]! : ofValues(others);
    return constants.length === 0 ? ofOthers : against(ofOthers, ofValues(constants));
  };
  return Object.assign(apply, { op: ofValues.op }) as Extremum;
}
