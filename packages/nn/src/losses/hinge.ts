import { mul, relu, type Scalar, sub, type Value } from "@chainrule/core";
import { checkNumber, checkScalar } from "../check.ts";

/**
 * The hinge loss of a score: `max(0, 1 − label · score)`. 0 once the score has the label's sign and is at least 1.
 *
 * The gradient is −label below the margin, and 0 at the kink and beyond.
 *
 * @param score - a scalar
 * @param label - −1 or 1
 * @returns one scalar, ≥ 0
 * @throws RangeError for another label, TypeError for anything but scalars
 * @example hinge(0.25, 1) // 0.75
 * @see Hastie et al. (2009), "The Elements of Statistical Learning", §12.3.2
 */
export function hinge(score: number, label: number): number;
export function hinge(score: Value, label: number): Value;
export function hinge(score: Scalar, label: number): Scalar;
export function hinge(score: Scalar, label: number): Scalar {
  checkScalar("hinge: score", score);
  checkNumber("hinge: label", label, "−1 or 1", (y) => y === -1 || y === 1);
  return relu(sub(1, mul(label, score)));
}
