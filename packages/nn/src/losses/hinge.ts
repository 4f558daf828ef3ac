import { equal, mul, relu, type Scalar, square, sub, where } from "@chainrule/core";
import { declareLoss } from "./declareLoss.ts";
import type { ScalarLoss } from "./lossTypes.ts";
import { scalar } from "./operands.ts";

/**
 * The hinge loss of a score: `max(0, 1 − label · score)`. 0 once the score has the label's sign and is at least 1. Of m
 * scores it is the mean, unless told.
 *
 * The gradient is −label below the margin, and 0 at the kink and beyond.
 *
 * @param score - a scalar, or an array of m ≥ 1
 * @param label - −1 or 1, or an array of m. A Value that is neither makes the loss NaN
 * @param options - the `reduction` of m losses
 * @returns one scalar, ≥ 0; an array of m with `{ reduction: "none" }`
 * @throws RangeError for another label or if the lengths differ or are 0, TypeError for anything but scalars
 * @example hinge(0.25, 1) // 0.75
 * @see Hastie et al. (2009), "The Elements of Statistical Learning", §12.3.2
 */
export const hinge: ScalarLoss = declareLoss<[Scalar, Scalar]>({
  name: "hinge",
  operands: [
    scalar("score", "scores"),
    scalar("label", "labels", "−1 or 1", (label) => label === -1 || label === 1),
  ],
  formula: (score, label) => relu(sub(1, mul(signOrNaN(label), score))),
}) as ScalarLoss;

/** A label that is −1 or 1, else NaN; what is a number was checked. */
function signOrNaN(label: Scalar): Scalar {
  return typeof label === "number" ? label : where(equal(square(label), 1), label, Number.NaN);
}
