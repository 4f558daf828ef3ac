import { noGrad } from "@chainrule/core";
import { checkNumber, checkOptions } from "../check.ts";
import { checkDataset, type Dataset, type Target } from "../data/dataset.ts";
import type { MLP } from "../mlp.ts";
import { type Model, outputsOf } from "../model.ts";

export interface ThresholdOptions {
  /**
   * The one output of a model is "positive" above this. Unless told, ½ if the model's last layer has the activation
   * sigmoid, which makes the output a probability, else 0, as suits logits and scores.
   */
  readonly threshold?: number;
}

/** The class of an example, and the one that a model predicts. */
export interface Classified {
  readonly target: number;
  /** NaN if an output is NaN. */
  readonly predicted: number;
}

/**
 * The class of each example and what the model predicts, without recording a graph. With one output the classes are 0,
 * and 1 for "positive": outputs above the threshold, targets above 0. With several, an output is of the class of its
 * index, a row of targets of the class of its largest.
 *
 * @throws RangeError if a target is no class, naming the row
 */
export function classify(
  caller: string,
  model: Model,
  dataset: Dataset<Target>,
  options: ThresholdOptions,
): { classified: Classified[]; classes: number } {
  checkDataset(caller, dataset);
  checkOptions(caller, options, ["threshold"]);
  const { threshold = thresholdOf(model) } = options;
  checkNumber(`${caller}: threshold`, threshold, "a finite number", Number.isFinite);
  let classes = 2;
  const classified = dataset.inputs.map((row, i): Classified => {
    const outputs = noGrad(() => outputsOf(caller, model, row)).map((output) => output.data);
    const target = dataset.targets[i]!;
    if (outputs.length > 1) classes = outputs.length;
    checkClass(`${caller}: targets[${i}]`, target, outputs.length);
    return {
      target: targetClass(target, outputs.length)!,
      predicted: predictedClass(outputs, threshold),
    };
  });
  return { classified, classes };
}

/** The class that outputs tell; NaN if one of them is. */
export function predictedClass(outputs: ArrayLike<number>, threshold: number): number {
  for (let k = 0; k < outputs.length; k++) if (Number.isNaN(outputs[k])) return Number.NaN;
  if (outputs.length === 1) return outputs[0]! > threshold ? 1 : 0;
  return indexOfLargest(outputs);
}

/** The class that a target tells to a model with so many outputs; `undefined` if it is none. */
export function targetClass(target: Target, outputs: number): number | undefined {
  if (typeof target !== "number") {
    if (target.length !== outputs) return undefined;
    return outputs === 1 ? targetClass(target[0]!, 1) : indexOfLargest(target);
  }
  if (outputs === 1) return target > 0 ? 1 : 0;
  return Number.isInteger(target) && target >= 0 && target < outputs ? target : undefined;
}

/** @throws RangeError if a target is no class */
function checkClass(what: string, target: Target, outputs: number): void {
  if (targetClass(target, outputs) !== undefined) return;
  if (typeof target !== "number") {
    checkNumber(`${what}.length`, target.length, `${outputs}, one for each output`, (n) => n === outputs);
  }
  const wanted = `the index of one of the ${outputs} outputs, from 0 to ${outputs - 1}`;
  checkNumber(what, target, wanted, () => false);
}

/** The first of equals. */
function indexOfLargest(xs: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 1; i < xs.length; i++) if (xs[i]! > xs[largest]!) largest = i;
  return largest;
}

/** What the one output of a model must be above to be positive. */
export function thresholdOf(model: Model & Partial<Pick<MLP, "layers">>): number {
  const last = Array.isArray(model.layers) ? (model as MLP).layers.at(-1) : undefined;
  return last?.neurons?.[0]?.activation?.name === "sigmoid" ? 0.5 : 0;
}
