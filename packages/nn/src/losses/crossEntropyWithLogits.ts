import { logsumexp, max, type Scalar, softplus, stopGradient, sub } from "@chainrule/core";
import { exceptLabel, isRow, nothing } from "./classes.ts";
import { declareLoss } from "./declareLoss.ts";
import { expectation, inUnit } from "./information.ts";
import type { DistributionLoss } from "./lossTypes.ts";
import { classOrDistribution, row } from "./operands.ts";
import { entryAt } from "./operations.ts";
import { type UnitOptions, unitOption } from "./options.ts";

/**
 * Cross-entropy of softmax probabilities against one class, `−ln softmax(x)_class = ln Σⱼ e^(xⱼ − x_class)`, or against a
 * distribution t, `−Σ t_k ln softmax(x)_k`. Of m rows of logits it is the mean, unless told.
 *
 * Exact for all logits, also where probabilities underflow: for a class it is ∞ if only its logit, or some others too,
 * are −∞, and 0 if only its logit is ∞. Terms with t_k = 0 are dropped.
 *
 * The gradient is `softmax(x) − e(class)`, or `softmax(x) − t`; a distribution of Values gets `−ln softmax(x)`.
 *
 * @param logits - x, n ≥ 1 scalars, one for each class; or m rows
 * @param target - the class, an integer from 0 to n − 1, or t, n probabilities that add up to 1; or m of either. A Value
 *   that is no class makes the loss NaN
 * @param options - `unit`, and the `reduction` of m losses
 * @returns one scalar, ≥ 0, in nats unless told; an array of m with `{ reduction: "none" }`
 * @throws RangeError if there are no logits, the class is out of range, numbers in t are no probabilities or do not add
 *   up to 1, or the lengths differ; TypeError for anything but scalars
 * @example crossEntropyWithLogits([1000, 0], 1) // 1000
 * @see Goodfellow et al. (2016), "Deep Learning", §6.2.2.3
 */
export const crossEntropyWithLogits: DistributionLoss<UnitOptions> = declareLoss<
  [logits: readonly Scalar[], target: Scalar | readonly Scalar[]],
  UnitOptions
>({
  name: "crossEntropyWithLogits",
  operands: [row("logits", "logits"), classOrDistribution],
  options: unitOption,
  formula: (logits, target, options) =>
    inUnit(isRow(target) ? ofDistribution(logits, target) : ofClass(logits, target), options),
}) as DistributionLoss<UnitOptions>;

/** `softplus(ln Σ e^xⱼ over the others − x_class)`, in which nothing cancels, and no infinity meets its like. */
function ofClass(logits: readonly Scalar[], label: Scalar): Scalar {
  const own = entryAt([label, ...logits]);
  if (logits.length === 1) return nothing(own);
  const others = exceptLabel(label, logits, Number.NEGATIVE_INFINITY, (logit) => logit);
  return softplus(sub(logsumexp(others), own));
}

/** `Σ t_k (ln Σⱼ e^xⱼ − x_k)`, from the largest logit on down, so that what is left of it does not drown. */
function ofDistribution(logits: readonly Scalar[], weights: readonly Scalar[]): Scalar {
  const largest = stopGradient(max(logits));
  const below = logits.map((logit) => sub(logit, largest));
  const whole = logsumexp(below);
  return expectation(
    weights,
    below.map((x) => sub(whole, x)),
  );
}
