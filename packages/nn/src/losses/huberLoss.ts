import { huber, type Scalar, sub } from "@chainrule/core";
import { declareLoss } from "./declareLoss.ts";
import type { ScalarLoss } from "./lossTypes.ts";
import { scalar, target } from "./operands.ts";
import { numberThatIs } from "./options.ts";

export interface HuberOptions {
  /** δ, from where on errors count as they are and no longer squared: a positive finite number, 1 unless told. */
  readonly delta?: number;
}

/**
 * Huber's loss of the residual r = prediction − target: `½r²` where |r| ≤ δ, and `δ (|r| − ½δ)` beyond, where outliers
 * would rule the squared error. Of m predictions it is the mean, unless told.
 *
 * The gradient is r held in ±δ: it has no jump. A target that is a Value gets the opposite.
 *
 * @param prediction - a scalar, or an array of m ≥ 1
 * @param target - a finite number or a Value, or an array of m
 * @param options - `delta`, and the `reduction` of m losses
 * @returns one scalar, ≥ 0; an array of m with `{ reduction: "none" }`
 * @throws RangeError if the lengths differ or are 0, a target is not finite or δ not positive; TypeError for anything
 *   but scalars
 * @example huberLoss(5, 2, { delta: 2 }) // 4
 * @see Huber (1964), Annals of Mathematical Statistics 35(1), eq. 2
 */
export const huberLoss: ScalarLoss<HuberOptions> = declareLoss<[Scalar, Scalar], HuberOptions>({
  name: "huberLoss",
  operands: [scalar("prediction", "predictions"), target],
  options: { delta: numberThatIs("a positive finite number", (x) => x > 0 && Number.isFinite(x)) },
  formula: (prediction, wanted, { delta = 1 }) => huber(sub(prediction, wanted), delta),
}) as ScalarLoss<HuberOptions>;
