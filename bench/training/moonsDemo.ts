import { type Dataset, type FitOptions, hinge, MLP, SGD } from "@chainrule/nn";
import { DECAY, examples, labels, SIZES } from "../problem.ts";

/** The demo of micrograd: hinge loss and L2 penalty, 100 examples, 100 steps with a rate that falls to a tenth. */
export const STEPS = 100;
export const rateAt = (step: number): number => 0.1 - (0.09 * Math.min(step, STEPS)) / STEPS;

export const data: Dataset = { inputs: examples, targets: labels };

export function moonsModel(): MLP {
  return new MLP(SIZES[0], SIZES.slice(1), { activation: "relu", seed: 0 });
}

export function moonsOptions(): FitOptions {
  return {
    loss: hinge,
    optimiser: new SGD({ learningRate: rateAt, weightDecay: 2 * DECAY }),
    epochs: STEPS,
    progress: false,
  };
}

/** Where the decision boundary is looked for: a grid over the data. */
export const grid: readonly (readonly [number, number])[] = Array.from({ length: 40 * 40 }, (_, i) => [
  -1.5 + (4 * (i % 40)) / 39,
  -1 + (2.5 * Math.floor(i / 40)) / 39,
]);
