import type { Scalar } from "@chainrule/core";
import {
  absoluteError,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  crossEntropyWithLogits,
  hinge,
  huberLoss,
  klDivergence,
  multiclassHinge,
  negativeLogLikelihood,
  type Random,
  squaredError,
} from "../../src/index.ts";

type Tree = Scalar | readonly Tree[];
type Options = { readonly reduction?: "mean" | "sum" | "none"; readonly unit?: "nats" | "bits" };

/** A loss of a prediction and a target, with numbers from its domain, away from kinks. */
export interface LossCase {
  readonly name: string;
  readonly loss: (prediction: Tree, target: Tree, options?: Options) => Scalar;
  readonly hasUnit: boolean;
  readonly draw: (random: Random) => { readonly prediction: Tree; readonly target: Tree };
}

const CLASSES = 4;

const numbers = (random: Random) => Array.from({ length: CLASSES }, () => random.uniform(-3, 3));
const label = (random: Random) => random.integer(CLASSES);
const probability = (random: Random) => random.uniform(0.05, 0.95);

/** Probabilities that add up to 1, none of them tiny. */
export function distribution(random: Random): number[] {
  const weights = Array.from({ length: CLASSES }, () => random.uniform(0.1, 1));
  const total = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / total);
}

function lossCase(
  name: string,
  loss: unknown,
  prediction: (random: Random) => Tree,
  target: (random: Random) => Tree,
  hasUnit = false,
): LossCase {
  const draw = (random: Random) => ({ prediction: prediction(random), target: target(random) });
  return { name, loss: loss as LossCase["loss"], hasUnit, draw };
}

const score = (random: Random) => random.uniform(-3, 3);
const sign = (random: Random) => 2 * random.integer(2) - 1;
const bit = (random: Random) => random.integer(2);
const logs = (random: Random) => distribution(random).map(Math.log);

export const lossCases: readonly LossCase[] = [
  lossCase("squaredError", squaredError, score, score),
  lossCase("absoluteError", absoluteError, score, score),
  lossCase("huberLoss", huberLoss, score, score),
  lossCase("hinge", hinge, score, sign),
  lossCase("binaryCrossEntropy", binaryCrossEntropy, probability, bit, true),
  lossCase("binaryCrossEntropy, soft", binaryCrossEntropy, probability, probability, true),
  lossCase("binaryCrossEntropyWithLogits", binaryCrossEntropyWithLogits, score, bit, true),
  lossCase("binaryCrossEntropyWithLogits, soft", binaryCrossEntropyWithLogits, score, probability, true),
  lossCase("negativeLogLikelihood", negativeLogLikelihood, logs, label, true),
  lossCase("crossEntropy", crossEntropy, distribution, label, true),
  lossCase("crossEntropy, soft", crossEntropy, distribution, distribution, true),
  lossCase("crossEntropyWithLogits", crossEntropyWithLogits, numbers, label, true),
  lossCase("crossEntropyWithLogits, soft", crossEntropyWithLogits, numbers, distribution, true),
  lossCase("multiclassHinge", multiclassHinge, numbers, label),
  lossCase("klDivergence", klDivergence, distribution, distribution, true),
];
