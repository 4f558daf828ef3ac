import { mul, type Scalar, square, sub } from "@chainrule/core";
import { declareLoss, type LossDeclaration } from "./declareLoss.ts";
import type { ScalarLoss } from "./lossTypes.ts";
import { scalar, target } from "./operands.ts";
import { flag } from "./options.ts";

export interface SquaredErrorOptions {
  /** Whether to take half of it, so that the derivative is `prediction − target`; false unless told. */
  readonly half?: boolean;
}

/** The declaration, which {@link meanSquaredError} shares. */
export const squaredErrorDeclaration: Omit<
  LossDeclaration<[prediction: Scalar, target: Scalar], SquaredErrorOptions>,
  "name"
> = {
  operands: [scalar("prediction", "predictions"), target],
  options: { half: flag },
  formula: (prediction, wanted, { half = false }) => {
    const squared = square(sub(prediction, wanted));
    return half ? mul(0.5, squared) : squared;
  },
};

/**
 * The squared error, `(prediction − target)²`, or half of it.
 *
 * Of m predictions it is the mean, `(1/m) Σ (prediction − target)²`, and with `half` `(1/2m) Σ (prediction − target)²`;
 * `{ reduction: "sum" }` gives `Σ (prediction − target)²`.
 *
 * The gradient is `2 (prediction − target)`, without the 2 with `half`; a target that is a Value gets the opposite.
 *
 * @param prediction - a scalar, or an array of m ≥ 1
 * @param target - a finite number or a Value, or an array of m
 * @param options - `half`, and the `reduction` of m losses
 * @returns one scalar, ≥ 0, in squared target units; an array of m with `{ reduction: "none" }`
 * @throws RangeError if the lengths differ or are 0, or a target is not finite; TypeError for anything but scalars
 * @example squaredError([1, 2], [1, 4], { half: true }) // 1
 * @see Bishop (2006), "Pattern Recognition and Machine Learning", §3.1.1
 */
export const squaredError: ScalarLoss<SquaredErrorOptions> = declareLoss({
  name: "squaredError",
  ...squaredErrorDeclaration,
}) as ScalarLoss<SquaredErrorOptions>;
