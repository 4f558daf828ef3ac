import type { Dataset, Target } from "../data/dataset.ts";
import type { Model } from "../model.ts";
import { classify, type ThresholdOptions } from "./classes.ts";

/**
 * The fraction of examples whose class the model predicts.
 *
 * With several outputs the predicted class is the index of the largest, the first of equals; a row of targets is of the
 * class of its largest, too. With one output the prediction is "positive" if it is > threshold, and targets are 0 and 1,
 * or −1 and 1, of which 1 is positive. Records no graph. An example with a NaN output counts as wrong.
 *
 * @param model - an `MLP`, or any function from one row of inputs to an array of Values
 * @returns from 0 to 1
 * @throws TypeError or RangeError if the data set is not valid, or an option is not known
 * @throws RangeError if a target is no class: with one output anything else, with several not the index of one; naming
 *   the row
 * @example accuracy(new MLP(2, [1]), { inputs: [[0, 0]], targets: [0] }) // 1
 */
export function accuracy(model: Model, dataset: Dataset<Target>, options: ThresholdOptions = {}): number {
  const { classified } = classify("accuracy", model, dataset, options);
  return classified.filter(({ target, predicted }) => target === predicted).length / classified.length;
}
