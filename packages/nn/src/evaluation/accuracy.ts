import { noGrad } from "@chainrule/core";
import { checkNumber, checkOptions } from "./check.ts";
import { checkDataset, type Dataset } from "./data/dataset.ts";
import type { MLP } from "./mlp.ts";
import { type Model, outputsOf } from "./model.ts";

export interface AccuracyOptions {
  /**
   * The one output of a model is "positive" above this. Unless told, ½ if the model's last layer has the activation
   * sigmoid, which makes the output a probability, else 0, as suits logits and scores.
   */
  readonly threshold?: number;
}

/**
 * The fraction of examples whose class the model predicts.
 *
 * With several outputs the predicted class is the index of the largest, the first of equals. With one output the
 * prediction is "positive" if it is > threshold, and targets > 0 are positive: 0 and 1, or −1 and 1. Records no graph.
 * An example with a NaN output counts as wrong.
 *
 * @param model - an `MLP`, or any function from one row of inputs to an array of Values
 * @returns from 0 to 1
 * @throws TypeError or RangeError if the data set is not valid, or an option is not known
 * @throws RangeError if a target is not the index of one of several outputs, naming the row
 * @example accuracy(new MLP(2, [1]), { inputs: [[0, 0]], targets: [0] }) // 1
 */
export function accuracy(model: Model, dataset: Dataset, options: AccuracyOptions = {}): number {
  checkDataset("accuracy", dataset);
  checkOptions("accuracy", options, ["threshold"]);
  const { threshold = endsInSigmoid(model) ? 0.5 : 0 } = options;
  checkNumber("accuracy: threshold", threshold, "a finite number", Number.isFinite);
  const correct = dataset.inputs.filter((row, i) => {
    const outputs = noGrad(() => outputsOf("accuracy", model, row)).map((output) => output.data);
    const target = dataset.targets[i]!;
    if (outputs.length > 1) checkClass(`accuracy: targets[${i}]`, target, outputs.length);
    if (outputs.some(Number.isNaN)) return false;
    if (outputs.length === 1) return outputs[0]! > threshold === target > 0;
    return outputs.indexOf(Math.max(...outputs)) === target;
  });
  return correct.length / dataset.inputs.length;
}

/** Whether a model made of layers, which another model need not be, ends in sigmoid neurons. */
function endsInSigmoid(model: Model & Partial<Pick<MLP, "layers">>): boolean {
  const last = Array.isArray(model.layers) ? (model as MLP).layers.at(-1) : undefined;
  return last?.neurons?.[0]?.activation?.name === "sigmoid";
}

function checkClass(what: string, target: number, classes: number): void {
  const wanted = `the index of one of the ${classes} outputs, from 0 to ${classes - 1}`;
  checkNumber(what, target, wanted, (k) => Number.isInteger(k) && k >= 0 && k < classes);
}
