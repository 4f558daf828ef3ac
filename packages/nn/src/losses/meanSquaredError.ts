import type { Scalar } from "@chainrule/core";
import { checkScalars } from "../check.ts";
import { declareLoss } from "./declareLoss.ts";
import type { LossOf, ScalarLoss } from "./lossTypes.ts";
import { squaredErrorDeclaration } from "./squaredError.ts";

const squaredErrors = declareLoss({ name: "meanSquaredError", ...squaredErrorDeclaration }) as ScalarLoss;

/**
 * Mean squared error: `(1/n) Σ (prediction − target)²`, the mean of `squaredError`.
 *
 * The gradient is `(2/n) (prediction − target)`; a target that is a Value gets the opposite.
 *
 * @param predictions - n ≥ 1 scalars
 * @param targets - n finite numbers or Values, or one itself if n = 1
 * @returns one scalar, ≥ 0, in squared target units
 * @throws RangeError if the lengths differ or are 0, or a target is not finite; TypeError for anything but scalars,
 *   and for options: `squaredError` takes them
 * @example meanSquaredError([1, 2], [1, 4]) // 2
 * @see Bishop (2006), "Pattern Recognition and Machine Learning", §3.1.1
 */
export function meanSquaredError<P extends Scalar, T extends Scalar>(
  predictions: readonly P[],
  targets: T | readonly T[],
  ...others: readonly never[]
): LossOf<P, T> {
  if (others.length > 0 && others[0] !== undefined) {
    throw new TypeError(
      "meanSquaredError: takes no options. Use squaredError(predictions, targets, options), which is the mean of an array, too.",
    );
  }
  checkScalars("meanSquaredError: predictions", predictions);
  return squaredErrors(predictions, targets);
}
