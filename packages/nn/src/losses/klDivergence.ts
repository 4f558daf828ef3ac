import { type Scalar, sub } from "@chainrule/core";
import { declareLoss } from "./declareLoss.ts";
import { expectation, informationOf, possible } from "./information.ts";
import type { DivergenceLoss } from "./lossTypes.ts";
import { distribution, distributionAsLong } from "./operands.ts";
import { type UnitOptions, unitOption } from "./options.ts";

/**
 * The Kullback–Leibler divergence of q from p: `Σ p_k log(p_k/q_k)`, by how much the cross-entropy of q exceeds the
 * entropy of p. 0 where they are the same, ∞ where q excludes an outcome that p does not. Of m pairs it is the mean,
 * unless told.
 *
 * The gradient is `−p_k/q_k` for q and `log(p_k/q_k) + 1` for p (in bits, with 1/ln 2 in place of 1 and as a factor).
 * Outcomes with p_k = 0 are left out, and get the gradient 0.
 *
 * @param p - the true distribution: n ≥ 1 probabilities that add up to 1; or m rows. A Value outside [0, 1] makes the
 *   divergence NaN; whether Values add up to 1 is not asked
 * @param q - the estimate, of the same form
 * @param options - `unit`, and the `reduction` of m divergences
 * @returns one scalar, ≥ 0 up to rounding, in nats unless told; an array of m with `{ reduction: "none" }`
 * @throws RangeError for numbers that are no probabilities or do not add up to 1, or different lengths; TypeError for
 *   anything but scalars
 * @example klDivergence([1, 0], [0.25, 0.75], { unit: "bits" }) // 2
 * @see Cover & Thomas (2006), "Elements of Information Theory", §2.3
 */
export const klDivergence: DivergenceLoss<UnitOptions> = declareLoss<
  [p: readonly Scalar[], q: readonly Scalar[]],
  UnitOptions
>({
  name: "klDivergence",
  operands: [distribution("p", "p"), distributionAsLong("q", "q")],
  options: unitOption,
  formula: (p, q, options) =>
    expectation(
      p.map(possible),
      p.map((outcome, k) => sub(informationOf(q[k]!, options), informationOf(outcome, options))),
    ),
}) as DivergenceLoss<UnitOptions>;
