import { add, relu, type Scalar, sub, sum } from "@chainrule/core";
import { exceptLabel, nothing } from "./classes.ts";
import { declareLoss } from "./declareLoss.ts";
import type { ClassLoss } from "./lossTypes.ts";
import { label, row } from "./operands.ts";
import { entryAt } from "./operations.ts";
import { numberThatIs } from "./options.ts";

export interface MulticlassHingeOptions {
  /** By how much the score of the label is to be above each other: a positive finite number, 1 unless told. */
  readonly margin?: number;
}

/**
 * The hinge loss of several classes, in the form of Weston and Watkins: `Σⱼ max(0, sⱼ − s_label + margin)` over the
 * classes j other than the label. 0 once the label's score is above each other by the margin. Of m rows of scores it is
 * the mean, unless told.
 *
 * The gradient is 1 for each other class that comes too near, minus their number for the label; 0 at the kinks. The loss
 * of the only class is 0.
 *
 * @param scores - s, n ≥ 1 scalars, one for each class; or m rows
 * @param label - the class, an integer from 0 to n − 1; or m. A Value that is none makes the loss NaN
 * @param options - `margin`, and the `reduction` of m losses
 * @returns one scalar, ≥ 0; an array of m with `{ reduction: "none" }`
 * @throws RangeError if there are no scores, the label is out of range or the lengths differ; TypeError for anything but
 *   scalars
 * @example multiclassHinge([3, 4, 1], 0) // 2
 * @see Weston & Watkins (1999), "Support Vector Machines for Multi-Class Pattern Recognition", ESANN (with margin 2);
 * Stanford CS231n, "Linear Classification", Multiclass Support Vector Machine loss
 */
export const multiclassHinge: ClassLoss<MulticlassHingeOptions> = declareLoss<
  [scores: readonly Scalar[], label: Scalar],
  MulticlassHingeOptions
>({
  name: "multiclassHinge",
  operands: [row("scores", "scores"), label],
  options: { margin: numberThatIs("a positive finite number", (x) => x > 0 && Number.isFinite(x)) },
  formula: (scores, k, { margin = 1 }) => {
    const own = entryAt([k, ...scores]);
    if (scores.length === 1) return nothing(own);
    return sum(exceptLabel(k, scores, 0, (score) => relu(add(sub(score, own), margin))));
  },
}) as ClassLoss<MulticlassHingeOptions>;
