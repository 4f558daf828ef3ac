import { noGrad } from "@chainrule/core";
import { checkDataset, type Dataset } from "./data/dataset.ts";
import type { Model } from "./model.ts";

/**
 * The fraction of examples whose class the model predicts.
 *
 * With several outputs the predicted class is the index of the largest, the first of equals. With one output, a
 * logit or score, the prediction is "positive" if it is > 0, and targets > 0 are positive: 0 and 1, or −1 and 1.
 * Records no graph. An example with a NaN output counts as wrong.
 *
 * @returns from 0 to 1
 * @throws TypeError or RangeError if the data set is not valid
 * @example accuracy(new MLP(2, [1]), { inputs: [[0, 0]], targets: [0] }) // 1
 */
export function accuracy(model: Model, dataset: Dataset): number {
  checkDataset("accuracy", dataset);
  const correct = dataset.inputs.filter((row, i) => {
    const outputs = noGrad(() => model(row)).map((output) => output.data);
    const target = dataset.targets[i]!;
    if (outputs.some(Number.isNaN)) return false;
    if (outputs.length === 1) return outputs[0]! > 0 === target > 0;
    return outputs.indexOf(Math.max(...outputs)) === target;
  });
  return correct.length / dataset.inputs.length;
}
