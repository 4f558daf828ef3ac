import { Random } from "@chainrule/nn";
import { DECAY, examples, labels, RATE, start } from "../problem.ts";

/** One row of weights for each neuron. */
export type Layer = { readonly weights: number[][]; readonly biases: number[] };
export type Row = { readonly input: readonly number[]; readonly target: readonly number[] };

/** A network, its data, and what one step is. */
export interface NetworkProblem {
  readonly layers: readonly Layer[];
  readonly hidden: "relu" | "tanh";
  readonly rows: readonly Row[];
  /** The loss of one row; the loss is their mean. */
  readonly loss: "hinge" | "squared error" | "cross-entropy";
  /** Times the sum of squares of all parameters, added to the loss. */
  readonly decay: number;
  /** Of the update by gradient descent after each gradient; 0 for none. */
  readonly rate: number;
}

const random = new Random(3);

/** The moons step. */
export const moons: NetworkProblem = {
  layers: start.map((layer) => ({
    weights: layer.map((neuron) => neuron.slice(0, -1)),
    biases: layer.map((neuron) => neuron.at(-1)!),
  })),
  hidden: "relu",
  rows: examples.map((input, e) => ({ input, target: [labels[e]!] })),
  loss: "hinge",
  decay: DECAY,
  rate: RATE,
};

export const networks: Readonly<Record<string, NetworkProblem>> = {
  moons,
  "moons-tanh": { ...moons, hidden: "tanh" },
  regression: {
    layers: layersOf(16, 64, 32, 1),
    hidden: "relu",
    rows: Array.from({ length: 100 }, () => {
      const input = uniform(16, -1, 1);
      return { input, target: [Math.sin(input[0]! + 2 * input[1]!) + input[2]! * input[3]!] };
    }),
    loss: "squared error",
    decay: 0,
    rate: 0,
  },
  digits: {
    layers: layersOf(784, 32, 10),
    hidden: "tanh",
    rows: Array.from({ length: 64 }, (_, e) => ({
      input: uniform(784, 0, 1),
      target: Array.from({ length: 10 }, (_, digit) => (digit === e % 10 ? 1 : 0)),
    })),
    loss: "cross-entropy",
    decay: 0,
    rate: 0,
  },
};

/** As the contenders in C read it. */
export function networkInput({ layers, rows }: NetworkProblem): number[] {
  return [
    ...layers.flatMap(({ weights, biases }) => [...weights.flat(), ...biases]),
    ...rows.flatMap(({ input, target }) => [...input, ...target]),
  ];
}

function layersOf(...sizes: readonly number[]): Layer[] {
  return sizes.slice(1).map((size, l) => {
    const bound = 1 / Math.sqrt(sizes[l]!);
    return {
      weights: Array.from({ length: size }, () => uniform(sizes[l]!, -bound, bound)),
      biases: uniform(size, -bound, bound),
    };
  });
}

function uniform(count: number, from: number, to: number): number[] {
  return Array.from({ length: count }, () => random.uniform(from, to));
}
