import { neg, type Scalar, softplus } from "@chainrule/core";
import { declareLoss } from "./declareLoss.ts";
import { inUnit, selected } from "./information.ts";
import type { ScalarLoss } from "./lossTypes.ts";
import { probabilityOperand, scalar } from "./operands.ts";
import { type UnitOptions, unitOption } from "./options.ts";

/**
 * Cross-entropy of the probability σ(z) against a target probability t: `−t ln σ(z) − (1 − t) ln(1 − σ(z))`. Of m logits
 * it is the mean, unless told.
 *
 * Computed as `t softplus(−z) + (1 − t) softplus(z)`, without the term whose factor is 0: exact for all z, where
 * `binaryCrossEntropy` of `sigmoid` knows no more than that the probability rounds to 1. The gradient is `σ(z) − t`; a
 * target that is a Value gets −z.
 *
 * @param logit - z, a scalar, or an array of m ≥ 1
 * @param target - t, from 0 to 1, or an array of m. A Value outside makes the loss NaN
 * @param options - `unit`, and the `reduction` of m losses
 * @returns one scalar, ≥ 0, in nats unless told; an array of m with `{ reduction: "none" }`
 * @throws RangeError if a target is outside [0, 1] or the lengths differ or are 0, TypeError for anything but scalars
 * @example binaryCrossEntropyWithLogits(-1000, 1) // 1000
 * @see Goodfellow et al. (2016), "Deep Learning", §6.2.2.2
 */
export const binaryCrossEntropyWithLogits: ScalarLoss<UnitOptions> = declareLoss<
  [logit: Scalar, target: Scalar],
  UnitOptions
>({
  name: "binaryCrossEntropyWithLogits",
  operands: [scalar("logit", "logits"), probabilityOperand("target", "targets")],
  options: unitOption,
  formula: (z, t, options) =>
    inUnit(
      selected(
        t,
        () => softplus(neg(z)),
        () => softplus(z),
      ),
      options,
    ),
}) as ScalarLoss<UnitOptions>;
