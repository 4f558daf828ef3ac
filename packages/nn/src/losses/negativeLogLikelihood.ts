import { type Scalar, sub } from "@chainrule/core";
import { declareLoss } from "./declareLoss.ts";
import { inUnit } from "./information.ts";
import type { ClassLoss } from "./lossTypes.ts";
import { label, logProbabilities } from "./operands.ts";
import { entryAt, logProbability } from "./operations.ts";
import { type UnitOptions, unitOption } from "./options.ts";

/**
 * The negative log-likelihood of a class: `−ℓ_label`, where ℓ are the natural logarithms of the probabilities of all
 * classes. Of m rows it is the mean, unless told.
 *
 * The gradient is −1 for the label and 0 for the others.
 *
 * @param logProbabilities - ℓ, n ≥ 1 scalars, ≤ 0, one for each class; or m rows
 * @param label - the class, an integer from 0 to n − 1; or m. A Value that is none makes the loss NaN
 * @param options - `unit`, and the `reduction` of m losses
 * @returns one scalar, ≥ 0, in nats unless told; an array of m with `{ reduction: "none" }`
 * @throws RangeError if there are no log-probabilities, one is positive, the label is out of range or the lengths differ;
 *   TypeError for anything but scalars
 * @example negativeLogLikelihood([Math.log(0.75), Math.log(0.25)], 1, { unit: "bits" }) // 2
 * @see Goodfellow et al. (2016), "Deep Learning", §5.5
 */
export const negativeLogLikelihood: ClassLoss<UnitOptions> = declareLoss<
  [logProbabilities: readonly Scalar[], label: Scalar],
  UnitOptions
>({
  name: "negativeLogLikelihood",
  operands: [logProbabilities, label],
  options: unitOption,
  // 0 − x, since −x would be −0 where the label is certain
  formula: (row, k, options) => inUnit(sub(0, logProbability(entryAt([k, ...row]))), options),
}) as ClassLoss<UnitOptions>;
