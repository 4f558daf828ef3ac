import { logsumexp, mul, type Scalar, step, sub, type Value } from "@chainrule/core";
import { checkNumber, checkScalars } from "../check.ts";

/**
 * Cross-entropy of softmax probabilities against one class: `−ln softmax(x)_label = ln Σⱼ e^(xⱼ − x_label)`, in nats.
 *
 * Exact for all logits, also where the probability underflows: ∞ if only the label's logit, or some others too, are −∞.
 * The gradient is `softmax(x) − e_label`.
 *
 * @param logits - n ≥ 1 scalars, one per class
 * @param label - the class, an integer from 0 to n − 1
 * @returns one scalar, ≥ 0
 * @throws RangeError if there are no logits or the label is out of range, TypeError for anything but scalars
 * @example crossEntropyWithLogits([1000, 0], 1) // 1000
 * @see Goodfellow et al. (2016), "Deep Learning", §6.2.2.3
 */
export function crossEntropyWithLogits(logits: readonly number[], label: number): number;
export function crossEntropyWithLogits(logits: readonly Value[], label: number): Value;
export function crossEntropyWithLogits(logits: readonly Scalar[], label: number): Scalar;
export function crossEntropyWithLogits(logits: readonly Scalar[], label: number): Scalar {
  checkScalars("crossEntropyWithLogits: logits", logits);
  if (logits.length === 0) {
    throw new RangeError("crossEntropyWithLogits: needs at least one logit, got an empty array.");
  }
  const wanted = `an integer from 0 to ${logits.length - 1}`;
  checkNumber("crossEntropyWithLogits: label", label, wanted, (k) => Number.isInteger(k) && k in logits);
  const own = logits[label]!;
  // The only class is certain: 0 whatever its logit, which gets the gradient 0.
  if (logits.length === 1) return mul(0, step(own));
  // ln Σⱼ e^xⱼ − x_label, as shifting by −∞ would make NaN of the other logits that are −∞.
  if ((typeof own === "number" ? own : own.data) === Number.NEGATIVE_INFINITY)
    return sub(logsumexp(logits), own);
  return logsumexp(logits.map((logit, k) => (k === label ? 0 : sub(logit, own))));
}
