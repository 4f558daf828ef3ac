import { add, equal, log, log2, mul, type Scalar, sub, sum, where } from "@chainrule/core";
import { probability, weighted } from "./operations.ts";
import type { UnitOptions } from "./options.ts";

/** What is given in nats, in a unit. */
export function inUnit(nats: Scalar, { unit = "nats" }: UnitOptions): Scalar {
  return unit === "bits" ? mul(Math.LOG2E, nats) : nats;
}

/** `−log p`, ∞ at 0, NaN for what is no probability. */
export function informationOf(p: Scalar, { unit = "nats" }: UnitOptions): Scalar {
  const logarithm = unit === "bits" ? log2 : log;
  // 0 − log p, since −log p would be −0 where p is 1
  return sub(0, logarithm(probability(p)));
}

/**
 * A probability as a weight of its own information: where it is 0, neither has a gradient. As p falls to 0, p log p does,
 * but its slope grows without bound.
 */
export function possible(p: Scalar): Scalar {
  return typeof p === "number" ? p : where(equal(p, 0), 0, p);
}

/** `Σ wₖ xₖ` over the k with a weight other than 0. */
export function expectation(weights: readonly Scalar[], xs: readonly Scalar[]): Scalar {
  return sum(weights.map((weight, k) => weighted(weight, xs[k]!)));
}

/**
 * `t·a + (1 − t)·b`, in which t and 1 − t are selectors: where one of them is 0, its term is dropped.
 *
 * @param t - a probability
 * @param a - makes the term of t, where it is needed
 * @param b - makes the term of 1 − t
 */
export function selected(t: Scalar, a: () => Scalar, b: () => Scalar): Scalar {
  if (t === 1) return a();
  if (t === 0) return b();
  const chance = probability(t);
  return add(weighted(chance, a()), weighted(sub(1, chance), b()));
}
