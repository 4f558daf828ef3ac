import { abs, type Scalar, sub } from "@chainrule/core";
import { declareLoss } from "./declareLoss.ts";
import type { ScalarLoss } from "./lossTypes.ts";
import { scalar, target } from "./operands.ts";

/**
 * The absolute error, `|prediction − target|`. Of m predictions it is the mean absolute error, unless told.
 *
 * The gradient is the sign of `prediction − target`, and 0 at the kink; a target that is a Value gets the opposite.
 *
 * @param prediction - a scalar, or an array of m ≥ 1
 * @param target - a finite number or a Value, or an array of m
 * @param options - the `reduction` of m losses
 * @returns one scalar, ≥ 0, in target units; an array of m with `{ reduction: "none" }`
 * @throws RangeError if the lengths differ or are 0, or a target is not finite; TypeError for anything but scalars
 * @example absoluteError([1, 2], [1, 5]) // 1.5
 * @see Hastie et al. (2009), "The Elements of Statistical Learning", §10.6
 */
export const absoluteError: ScalarLoss = declareLoss<[Scalar, Scalar]>({
  name: "absoluteError",
  operands: [scalar("prediction", "predictions"), target],
  formula: (prediction, wanted) => abs(sub(prediction, wanted)),
}) as ScalarLoss;
