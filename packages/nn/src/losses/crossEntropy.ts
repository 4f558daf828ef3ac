import type { Scalar } from "@chainrule/core";
import { isRow } from "./classes.ts";
import { declareLoss } from "./declareLoss.ts";
import { expectation, informationOf } from "./information.ts";
import type { DistributionLoss } from "./lossTypes.ts";
import { classOrDistribution, distribution } from "./operands.ts";
import { entryAt } from "./operations.ts";
import { type UnitOptions, unitOption } from "./options.ts";

/**
 * Cross-entropy of predicted probabilities ŷ against a true distribution y, `−Σ y_c log ŷ_c`, or against one class,
 * `−log ŷ_class`, which is the same for y = e(class). Of m rows it is the mean, unless told.
 *
 * Terms with y_c = 0 are dropped, so that a class which is rightly excluded costs nothing; one that is wrongly excluded
 * costs ∞. The gradient is `−y_c/ŷ_c` in nats, and 1/ln 2 ≈ 1.4427 times that in bits. A distribution of Values gets
 * `−log ŷ_c`.
 *
 * From logits use `crossEntropyWithLogits`, which is exact where probabilities underflow.
 *
 * @param probabilities - ŷ, n ≥ 1 probabilities that add up to 1; or m rows. A Value outside [0, 1] makes the loss NaN
 *   where it counts; whether Values add up to 1 is not asked
 * @param target - the class, an integer from 0 to n − 1, or y, n probabilities that add up to 1; or m of either. A Value
 *   that is no class makes the loss NaN
 * @param options - `unit`, and the `reduction` of m losses
 * @returns one scalar, ≥ 0, in nats unless told; an array of m with `{ reduction: "none" }`
 * @throws RangeError for numbers that are no probabilities or do not add up to 1, a class out of range or different
 *   lengths; TypeError for anything but scalars
 * @example crossEntropy([0.125, 0.5, 0.375], 0, { unit: "bits" }) // 3
 * @see Goodfellow et al. (2016), "Deep Learning", §3.13
 */
export const crossEntropy: DistributionLoss<UnitOptions> = declareLoss<
  [probabilities: readonly Scalar[], target: Scalar | readonly Scalar[]],
  UnitOptions
>({
  name: "crossEntropy",
  operands: [distribution("probabilities", "probabilities"), classOrDistribution],
  options: unitOption,
  formula: (probabilities, target, options) => {
    if (!isRow(target)) return informationOf(entryAt([target, ...probabilities]), options);
    return expectation(
      target,
      probabilities.map((p) => informationOf(p, options)),
    );
  },
}) as DistributionLoss<UnitOptions>;
