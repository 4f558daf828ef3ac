import { add, div, less, log, log1p, neg, type Scalar, sub, where } from "@chainrule/core";
import { declareLoss } from "./declareLoss.ts";
import { inUnit, selected } from "./information.ts";
import type { ScalarLoss } from "./lossTypes.ts";
import { probabilityOperand } from "./operands.ts";
import { probability } from "./operations.ts";
import { numberThatIs, type UnitOptions, unitOption } from "./options.ts";

export interface BinaryCrossEntropyOptions extends UnitOptions {
  /** ε, a number from 0 to ½: no quotient in the gradient exceeds 1/ε. 0 unless told, which leaves them as they are. */
  readonly clamp?: number;
}

/**
 * Cross-entropy of a predicted probability ŷ against a target y: `−y ln ŷ − (1 − y) ln(1 − ŷ)`, the negative
 * log-likelihood of two classes. Of m probabilities it is the mean, unless told.
 *
 * y and 1 − y are selectors: where one of them is 0, its term is dropped, and the loss is finite where the whole formula
 * has 0 · ∞. A prediction that is certain and wrong costs ∞.
 *
 * The gradient is `(1 − y)/(1 − ŷ) − y/ŷ`, without the quotient whose numerator is 0. With `clamp` = ε the quotients are
 * at most 1/ε each: where ŷ, or 1 − ŷ, is below ε, the logarithm goes on along its tangent at ε, which makes the loss of
 * the certain and wrong `1 − ln ε`. So ŷ = 0 can still be learnt from; if ŷ itself were held in [ε, 1 − ε], the gradient
 * would be 0 there. For ŷ = σ(z) `binaryCrossEntropyWithLogits` needs no clamp, and is exact.
 *
 * @param probability - ŷ, from 0 to 1, or an array of m ≥ 1. A Value outside makes the loss NaN
 * @param target - y, from 0 to 1, or an array of m. A Value outside makes the loss NaN; it gets a gradient, too
 * @param options - `clamp`, `unit`, and the `reduction` of m losses
 * @returns one scalar, ≥ 0, in nats unless told; an array of m with `{ reduction: "none" }`
 * @throws RangeError for numbers outside [0, 1] or if the lengths differ or are 0, TypeError for anything but scalars
 * @example binaryCrossEntropy([0.5, 1], [1, 1], { unit: "bits", reduction: "sum" }) // 1
 * @see Bishop (2006), "Pattern Recognition and Machine Learning", §4.3.2, eq. 4.90
 */
export const binaryCrossEntropy: ScalarLoss<BinaryCrossEntropyOptions> = declareLoss<
  [probability: Scalar, target: Scalar],
  BinaryCrossEntropyOptions
>({
  name: "binaryCrossEntropy",
  operands: [probabilityOperand("probability", "probabilities"), probabilityOperand("target", "targets")],
  options: { ...unitOption, clamp: numberThatIs("from 0 to 0.5", (x) => x >= 0 && x <= 0.5) },
  formula: (given, y, { clamp = 0, ...options }) => {
    const p = probability(given);
    const rest = () => sub(1, p);
    // 0 − ln, since −ln would be −0 where the prediction is certain and right
    const nats = selected(
      y,
      () => sub(0, clamp > 0 ? clampedLog(p, clamp) : log(p)),
      () => sub(0, clamp > 0 ? clampedLog(rest(), clamp) : log1p(neg(p))),
    );
    return inUnit(nats, options);
  },
}) as ScalarLoss<BinaryCrossEntropyOptions>;

/** ln p, and its tangent at ε below. */
function clampedLog(p: Scalar, epsilon: number): Scalar {
  return where(less(p, epsilon), add(Math.log(epsilon) - 1, div(p, epsilon)), log(p));
}
