import type { Scalar } from "@chainrule/core";
import { declareLoss } from "./declareLoss.ts";
import { expectation, informationOf, possible } from "./information.ts";
import type { DistributionMeasure } from "./lossTypes.ts";
import { distribution } from "./operands.ts";
import { type UnitOptions, unitOption } from "./options.ts";

/**
 * The entropy of a distribution: `−Σ p_k log p_k`, the information content to be expected. Of m distributions it is the
 * mean, unless told.
 *
 * The gradient is `−log p_k − 1` (in bits, `−log₂ p_k − 1/ln 2`). Outcomes of probability 0 are left out, and get the
 * gradient 0, where that would be ∞.
 *
 * @param p - n ≥ 1 probabilities that add up to 1; or m rows. A Value outside [0, 1] makes the entropy NaN; whether
 *   Values add up to 1 is not asked
 * @param options - `unit`, and the `reduction` of m entropies
 * @returns one scalar, from 0 to log n, in nats unless told; an array of m with `{ reduction: "none" }`
 * @throws RangeError for numbers that are no probabilities or do not add up to 1, TypeError for anything but scalars
 * @example entropy([0.5, 0.25, 0.25, 0], { unit: "bits" }) // 1.5
 * @see Cover & Thomas (2006), "Elements of Information Theory", §2.1
 */
export const entropy: DistributionMeasure<UnitOptions> = declareLoss<[p: readonly Scalar[]], UnitOptions>({
  name: "entropy",
  operands: [distribution("p", "p")],
  options: unitOption,
  formula: (p, options) =>
    expectation(
      p.map(possible),
      p.map((outcome) => informationOf(outcome, options)),
    ),
}) as DistributionMeasure<UnitOptions>;
