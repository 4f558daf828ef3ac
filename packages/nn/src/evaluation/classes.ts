import { noGrad } from "@chainrule/core";
import { checkNumber, checkOptions, describe } from "../check.ts";
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
 * and 1 for "positive": outputs above the threshold, targets that are 1. With several, an output is of the class of its
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
  if (typeof model !== "function") {
    throw new TypeError(`${caller}: model must be a function of a row of inputs, got ${describe(model)}.`);
  }
  checkDataset(caller, dataset);
  checkOptions(caller, options, ["threshold"]);
  const { threshold = thresholdOf(model) } = options;
  checkNumber(`${caller}: threshold`, threshold, "a finite number", Number.isFinite);
  const { inputs, targets } = dataset;
  const answers = inputs.map((row) => noGrad(() => outputsOf(caller, model, row)).map(({ data }) => data));
  const outputs = answers[0]!.length;
  const odd = answers.findIndex(({ length }) => length !== outputs);
  if (odd >= 0) throw oddAnswer(`${caller}: inputs[${odd}]`, answers[odd]!.length, outputs);
  const other = firstOfNoClass(targets, outputs);
  if (other >= 0) throw noClass(`${caller}: targets[${other}]`, targets[other]!, outputs);
  const classified = answers.map(
    (answer, i): Classified => ({
      target: targetClass(targets[i]!),
      predicted: predictedClass(answer, threshold),
    }),
  );
  return { classified, classes: Math.max(2, outputs) };
}

/** The class that outputs tell; NaN if one of them is. */
export function predictedClass(outputs: ArrayLike<number>, threshold: number): number {
  for (let k = 0; k < outputs.length; k++) if (Number.isNaN(outputs[k])) return Number.NaN;
  if (outputs.length === 1) return outputs[0]! > threshold ? 1 : 0;
  return indexOfLargest(outputs);
}

/**
 * Where the first target is that tells no class to a model with so many outputs, or −1. To a model with one output all
 * of them are 0 and 1, or all −1 and 1; to one with several, indices of outputs, or a number for each.
 */
export function firstOfNoClass(targets: readonly Target[], outputs: number): number {
  const width = (target: Target) => (typeof target === "number" ? 1 : target.length);
  if (outputs > 1) {
    return targets.findIndex((target) =>
      typeof target === "number"
        ? !(Number.isInteger(target) && target >= 0 && target < outputs)
        : width(target) !== outputs,
    );
  }
  const labelOf = (target: Target) => (typeof target === "number" ? target : target[0]!);
  const negative = targets.map(labelOf).find((label) => label === 0 || label === -1);
  return targets.findIndex(
    (target) => width(target) !== 1 || (labelOf(target) !== 1 && labelOf(target) !== negative),
  );
}

/** The class of a target that tells one. */
export function targetClass(target: Target): number {
  if (typeof target === "number") return Math.max(0, target);
  return target.length === 1 ? targetClass(target[0]!) : indexOfLargest(target);
}

/** @param what - the row that the model answers in another way than the first */
export function oddAnswer(what: string, got: number, outputs: number): RangeError {
  return new RangeError(
    `${what}: the model must have as many outputs as for the first row, ${outputs}, got ${got}.`,
  );
}

function noClass(what: string, target: Target, outputs: number): RangeError {
  if (typeof target !== "number" && target.length !== outputs) {
    return new RangeError(`${what}.length must be ${outputs}, one for each output, got ${target.length}.`);
  }
  if (outputs > 1) {
    const wanted = `the index of one of the ${outputs} outputs, from 0 to ${outputs - 1}`;
    return new RangeError(`${what} must be ${wanted}, got ${target}.`);
  }
  return new RangeError(
    `${what} must be 0 or 1 as all targets, or −1 or 1 as all, got ${target}. ` +
      "A model with one output tells two classes apart; for several give it one output for each.",
  );
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
