import { add, mul, neg, type Scalar, softplus, type Value } from "@chainrule/core";
import { checkNumber, checkScalar } from "../check.ts";

/**
 * Cross-entropy of the probability σ(z) against a target probability t: `−t ln σ(z) − (1 − t) ln(1 − σ(z))`, in nats.
 *
 * Computed as `t softplus(−z) + (1 − t) softplus(z)`, without the term whose factor is 0: exact for all z. The gradient
 * is `σ(z) − t`.
 *
 * @param logit - z, a scalar
 * @param target - t, a number from 0 to 1; it gets no gradient
 * @returns one scalar, ≥ 0
 * @throws RangeError if the target is outside [0, 1], TypeError for anything but scalars
 * @example binaryCrossEntropyWithLogits(-1000, 1) // 1000
 * @see Goodfellow et al. (2016), "Deep Learning", §6.2.2.2
 */
export function binaryCrossEntropyWithLogits(logit: number, target: number): number;
export function binaryCrossEntropyWithLogits(logit: Value, target: number): Value;
export function binaryCrossEntropyWithLogits(logit: Scalar, target: number): Scalar;
export function binaryCrossEntropyWithLogits(logit: Scalar, target: number): Scalar {
  checkScalar("binaryCrossEntropyWithLogits: logit", logit);
  checkNumber("binaryCrossEntropyWithLogits: target", target, "from 0 to 1", (t) => t >= 0 && t <= 1);
  if (target === 1) return softplus(neg(logit));
  if (target === 0) return softplus(logit);
  return add(mul(target, softplus(neg(logit))), mul(1 - target, softplus(logit)));
}
