import type { Dataset, Target } from "../data/dataset.ts";
import type { Model } from "../model.ts";
import { type Classified, classify, type ThresholdOptions } from "./classes.ts";

/** How well a model tells classes apart. */
export interface Evaluation {
  /** The fraction of examples whose class is predicted. */
  readonly accuracy: number;
  /** How many examples of class i (row) are predicted to be of class j (column). Examples with a NaN output are in none. */
  readonly confusion: readonly (readonly number[])[];
  readonly perClass: readonly ClassEvaluation[];
}

/** How well a model tells one class from the others. */
export interface ClassEvaluation {
  /** How many examples are of the class. */
  readonly examples: number;
  /** Of the examples predicted to be of the class, the fraction that is; NaN if there are none. */
  readonly precision: number;
  /** Of the examples of the class, the fraction predicted to be; NaN if there are none. */
  readonly recall: number;
  /** `2/(1/precision + 1/recall)`, the harmonic mean of both; NaN if there is no such example, nor such a prediction. */
  readonly f1: number;
}

/**
 * Accuracy, confusion matrix, and precision, recall and F₁ of each class. Predictions as in {@link accuracy}: with one
 * output, class 1 is "positive".
 *
 * @param model - an `MLP`, or any function from one row of inputs to an array of Values
 * @throws TypeError or RangeError as {@link accuracy}
 * @example evaluate(new MLP(2, [1]), { inputs: [[0, 0]], targets: [0] }).confusion // [[1, 0], [0, 0]]
 * @see Manning et al. (2008), "Introduction to Information Retrieval", §8.3
 */
export function evaluate(model: Model, dataset: Dataset<Target>, options: ThresholdOptions = {}): Evaluation {
  const { classified, classes } = classify("evaluate", model, dataset, options);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { target, predicted } of classified) {
    if (!Number.isNaN(predicted)) confusion[target]![predicted]!++;
  }
  const right = confusion.reduce((total, row, k) => total + row[k]!, 0);
  return {
    accuracy: right / classified.length,
    confusion,
    perClass: confusion.map((_, k) => evaluateClass(k, classified, confusion)),
  };
}

function evaluateClass(
  k: number,
  classified: readonly Classified[],
  confusion: readonly (readonly number[])[],
): ClassEvaluation {
  const right = confusion[k]![k]!;
  const examples = classified.filter(({ target }) => target === k).length;
  const predictions = confusion.reduce((total, row) => total + row[k]!, 0);
  return {
    examples,
    precision: right / predictions,
    recall: right / examples,
    f1: (2 * right) / (examples + predictions),
  };
}
