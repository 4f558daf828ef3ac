import {
  type Binary,
  defineOp,
  equal,
  greater,
  greaterEqual,
  lessEqual,
  mul,
  type Nary,
  type Scalar,
  type Unary,
  where,
} from "@chainrule/core";
import { TOLERANCE } from "./operands.ts";

/**
 * Operands k, x₀ … xₙ₋₁: xₖ, and NaN where k is none of 0 … n − 1. Partials 1 for xₖ, 0 for the others; none for k.
 *
 * @example entryAt([1, 10, 20]) // 20
 */
export const entryAt: Nary = defineOp({
  name: "entryAt",
  symbol: "xₖ",
  value: ([k, ...xs]) => xs[k!] ?? Number.NaN,
  lowered: ([k, ...xs]) => xs.reduce<Scalar>((chosen, x, i) => where(equal(k!, i), x, chosen), Number.NaN),
  partials: ([k, ...xs]) => [null, ...xs.map((_, i) => equal(k!, i))],
  selects: true,
});

/**
 * `w × x` in which a weight of 0 drops the term: 0 then, also where x is infinite. Partials x and w.
 *
 * @example weighted(0, Infinity) // 0
 */
export const weighted: Binary = defineOp({
  name: "weighted",
  symbol: "×",
  value: (w, x) => (w === 0 ? 0 : w * x),
  lowered: (w, x) => where(equal(w, 0), 0, mul(w, x)),
  partials: [(_, x) => x, (w) => w],
  selects: true,
});

/**
 * `p` from 0 to 1, and NaN elsewhere, so that no loss takes a logit for a probability. What is above 1 by no more than
 * rounding is 1: neither 1 − p nor a loss gets negative. d/dp = 1.
 *
 * @example probability(1.0000000000000002) // 1
 */
export const probability: Unary = defineOp({
  name: "probability",
  symbol: "p",
  value: (p) => (p >= 0 && p <= 1 + TOLERANCE ? Math.min(p, 1) : Number.NaN),
  lowered: (p) =>
    where(mul(greaterEqual(p, 0), lessEqual(p, 1 + TOLERANCE)), where(greater(p, 1), 1, p), Number.NaN),
  partials: [1],
  domain: [[0.1, 0.9]],
});

/** The logarithm of a probability: `ℓ` up to 0, but for rounding, and NaN above. d/dℓ = 1. */
export const logProbability: Unary = defineOp({
  name: "logProbability",
  symbol: "log p",
  value: (l) => (l <= TOLERANCE ? l : Number.NaN),
  lowered: (l) => where(lessEqual(l, TOLERANCE), l, Number.NaN),
  partials: [1],
  domain: [[-3, -0.1]],
});
