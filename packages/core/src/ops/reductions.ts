import { applyToAll, checkOperand } from "../apply.ts";
import { mode } from "../mode.ts";
import { type Binary, defineOp, type Interval, type Nary, type Reduced } from "../op.ts";
import { describe, type Scalar, type Value } from "../value.ts";
import { add, div, mul, neg, square, sub } from "./arithmetic.ts";
import { abs, atLeast, atMost } from "./piecewise.ts";
import { exp, log1p, sqrt } from "./powers.ts";
import { select } from "./select.ts";
import { equal, greater, stopGradient, where } from "./selection.ts";

function total(xs: readonly number[]): number {
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

/**
 * The Euclidean length `√(x₁² + … + xₙ²)` as one node, without overflow on the way. Partials xᵢ/length; 0 at the
 * origin, the minimum-norm element of the subdifferential.
 *
 * @throws RangeError if there are none
 * @example norm([3, 4]) // 5
 */
export const norm: Nary = defineOp({
  name: "norm",
  symbol: "‖x‖",
  nonEmpty: true,
  value: euclideanLength,
  lowered: (xs) => {
    const largest = xs.map((x) => abs(x)).reduce(atLeast);
    const length = mul(largest, sqrt(sum(xs.map((x) => square(div(x, largest))))));
    return select(equal(largest, 0), 0, select(equal(largest, Number.POSITIVE_INFINITY), largest, length));
  },
  partials: (xs) => unitVector(xs),
});

/** x/‖x‖, 0 at the origin: one node per entry. */
function unitVector(xs: readonly Scalar[]): Scalar[] {
  if (!xs.every((x) => typeof x === "number")) return xs.map((_, i) => unitEntry([i, ...xs]));
  const length = euclideanLength(xs);
  return xs.map((x) => (x === 0 ? 0 : x / length));
}

/** Operands k, x₁ … xₙ: the k-th entry of x/‖x‖, 0 at the origin. */
export const unitEntry: Nary = defineOp({
  name: "unitEntry",
  symbol: "x/‖x‖",
  value: ([k, ...xs]) => {
    const entry = xs[k!]!;
    return entry === 0 ? 0 : entry / euclideanLength(xs);
  },
  lowered: ([k, ...xs]) => {
    const entry = xs[Number(k)]!;
    return select(equal(entry, 0), 0, div(entry, norm(xs)));
  },
  partials: ([k, ...xs]) => {
    const entries = unitVector(xs);
    const length = norm(xs);
    return [
      null,
      ...entryPartials(Number(k), entries).map((slope) => where(equal(length, 0), 0, div(slope, length))),
    ];

    /** ∂uₖ/∂xᵢ · ‖x‖ = −uₖuᵢ, and Σ uᵢ² over i ≠ k for i = k, which cancels nothing */
    function entryPartials(k: number, u: readonly Scalar[]): Scalar[] {
      return u.map((ui, i) =>
        i === k ? sum(u.filter((_, j) => j !== k).map((uj) => square(uj))) : neg(mul(u[k]!, ui)),
      );
    }
  },
});

function euclideanLength(xs: readonly number[]): number {
  const largest = xs.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  return largest * Math.sqrt(total(xs.map((x) => square(x / largest))));
}

/**
 * `ln(e^x₁ + … + e^xₙ)` as one node, for all x. Partials softmax(x).
 *
 * @throws RangeError if there are none
 * @example logsumexp([0, 0]) // 0.6931471805599453
 */
export const logsumexp: Nary = defineOp({
  name: "logsumexp",
  nonEmpty: true,
  value: (xs) => {
    const largest = maximum(xs);
    if (!Number.isFinite(largest)) return largest;
    const at = xs.indexOf(largest);
    return largest + Math.log1p(total(xs.map((x, i) => (i === at ? 0 : Math.exp(x - largest)))));
  },
  lowered: (xs) => {
    const largest = xs.reduce(atLeast);
    let isPassed: Scalar = 0; // the flags are 1 for the first of the largest alone, as indexOf finds it
    const others = xs.map((x) => {
      const isLargest = equal(x, largest);
      const isAt = greater(isLargest, isPassed);
      isPassed = atLeast(isPassed, isLargest);
      return select(isAt, 0, exp(below(x, largest)));
    });
    const isInfinite = equal(abs(largest), Number.POSITIVE_INFINITY);
    return select(isInfinite, largest, add(largest, log1p(sum(others))));
  },
  partials: (xs) => probabilities(xs),
});

/** `a − b`, and 0 where they are the same infinity. Partials 1 and −1. @example below(Infinity, Infinity) // 0 */
export const below: Binary = defineOp({
  name: "below",
  symbol: "−",
  value: (a, b) => (a === b ? 0 : a - b),
  lowered: (a, b) => select(equal(a, b), 0, sub(a, b)),
  partials: [1, -1],
});

/** The share of a in a whole: `a/(a + b)`. Partials b/(a + b)² and −a/(a + b)². @example share(1, 3) // 0.25 */
export const share: Binary = defineOp({
  name: "share",
  value: (a, b) => a / (a + b),
  lowered: (a, b) => div(a, add(a, b)),
  partials: [(a, b) => div(share(b, a), add(a, b)), (a, b, y) => neg(div(y, add(a, b)))],
  domain: [
    [0.1, 1],
    [0.1, 3],
  ],
});

/**
 * softmax(x) for derivatives of it and of logsumexp. Each entry is the share of its weight beside the sum of the others,
 * which come from sums of all before and all after: so it takes n nodes and not n², and no derivative of any order
 * subtracts an entry from 1.
 */
function probabilities(xs: readonly Scalar[]): readonly Scalar[] {
  if (xs.every((x) => typeof x === "number")) return softmaxOf(xs);
  const largest = stopGradient(applyToAll(max.op, xs));
  const weights = xs.map((x) => exp(below(x, largest)));
  const before = sumsBefore(weights);
  const after = sumsBefore(weights.toReversed()).reverse();
  return weights.map((weight, k) => share(weight, add(before[k]!, after[k]!)));
}

/** For each entry, the sum of those before it. */
function sumsBefore(xs: readonly Scalar[]): Scalar[] {
  let total: Scalar = 0;
  return xs.map((x, i) => {
    const before = total;
    total = i === 0 ? x : add(total, x);
    return before;
  });
}

/** Operands k, x₁ … xₙ: the k-th entry of softmax(x). */
export const softmaxEntry: Nary = defineOp({
  name: "softmax",
  value: ([k, ...xs]) => softmaxOf(xs)[k!]!,
  lowered: ([k, ...xs]) => {
    const largest = xs.reduce(atLeast);
    const weights = xs.map((x) => exp(below(x, largest)));
    return div(weights[Number(k)]!, sum(weights));
  },
  partials: ([k, ...xs]) => {
    const at = Number(k);
    const p = probabilities(xs);
    const others = sum(p.filter((_, i) => i !== at));
    return [null, ...p.map((pi, i) => (i === at ? mul(p[at]!, others) : neg(mul(p[at]!, pi))))];
  },
});

/**
 * The softmax probabilities `e^xᵢ / Σ e^xⱼ`, for all x: one node per entry. ∂pₖ/∂xᵢ = −pₖpᵢ, and pₖ Σⱼ≠ₖ pⱼ for i = k.
 *
 * @param xs - n ≥ 1 logits
 * @returns n probabilities that add up to 1
 * @throws RangeError if there are none
 * @example softmax([0, 0]) // [0.5, 0.5]
 */
export function softmax(xs: readonly number[]): number[];
export function softmax(xs: readonly Value[]): Value[];
export function softmax(xs: readonly Scalar[]): Scalar[];
export function softmax(xs: readonly Scalar[]): Scalar[] {
  if (!Array.isArray(xs)) throw new TypeError(`softmax: needs an array of scalars, got ${describe(xs)}.`);
  if (xs.length === 0) throw new RangeError("softmax: needs at least one scalar, got an empty array.");
  Array.from(xs, (x, i) => checkOperand(x, softmaxEntry.op, i + 1));
  const isConstant = xs.every((x) => typeof x === "number");
  return isConstant ? softmaxOf(xs as readonly number[]) : xs.map((_, k) => softmaxEntry([k, ...xs]));
}

function softmaxOf(xs: readonly number[]): number[] {
  const largest = maximum(xs);
  const weights = xs.map((x) => (x === largest ? 1 : Math.exp(x - largest)));
  const all = total(weights);
  return weights.map((weight) => weight / all);
}

function maximum(xs: readonly number[]): number {
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
