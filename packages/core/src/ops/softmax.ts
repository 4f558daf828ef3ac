import { applyToAll, checkOperand } from "../apply.ts";
import { type Binary, defineOp, type Nary } from "../op.ts";
import { describe, type Scalar, type Value } from "../value.ts";
import { add, div, mul, neg, sub } from "./arithmetic.ts";
import { abs, atLeast } from "./piecewise.ts";
import { exp, log1p } from "./powers.ts";
import { max, maximum, sum, total } from "./reductions.ts";
import { select } from "./select.ts";
import { equal, greater, stopGradient } from "./selection.ts";

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
