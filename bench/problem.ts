import { moons, Random } from "@chainrule/nn";

/** The moons step: an MLP 2-16-16-1 with ReLU, hinge loss plus 1e-4 L2, full batch of 100, one SGD update. */
export const SIZES = [2, 16, 16, 1] as const;
export const RATE = 1e-9; // so small that the work is the same in every step
export const DECAY = 1e-4;

const { inputs, targets } = moons({ examples: 100, noise: 0.1, seed: 1 });
const random = new Random(2);

export const examples: readonly (readonly [number, number])[] = inputs.map(([x, y]) => [x!, y!]);
/** −1 or 1. */
export const labels: readonly number[] = targets.map((target) => 2 * target - 1);
/** For each layer, for each neuron, its weights and then its bias. */
export const start: readonly (readonly (readonly number[])[])[] = SIZES.slice(1).map((size, layer) =>
  Array.from({ length: size }, () => [
    ...Array.from({ length: SIZES[layer]! }, () => random.uniform(-0.5, 0.5)),
    0,
  ]),
);

/** One contender: makes its parameters from `start` and returns a function that does one step and returns the loss. */
export type Setup = () => () => number;

/** The operations that a scalar engine brings to {@link scalarStep}. */
export interface ScalarEngine<V> {
  leaf(x: number): V;
  /** An input: data that need no gradient, as the engine wants them. */
  input(x: number): V | number;
  add(a: V, b: V): V;
  addNumber(a: V, b: number): V;
  mul(a: V, b: V | number): V;
  relu(a: V): V;
  backward(loss: V, parameters: V[]): void;
  data(x: V): number;
  /** Subtracts rate × gradient and clears the gradient. */
  update(parameter: V, rate: number): void;
}

/** The network built scalar by scalar, as micrograd builds it, for any engine. */
export function scalarNetwork<V>(engine: ScalarEngine<V>): {
  parameters: V[];
  output(example: readonly number[]): V;
} {
  const { add, mul, relu } = engine;
  const layers = start.map((layer) => layer.map((neuron) => neuron.map((x) => engine.leaf(x))));
  const output = (example: readonly number[]) => {
    let activations: (V | number)[] = example.map((x) => engine.input(x));
    let last: V | undefined;
    layers.forEach((layer, l) => {
      const next: V[] = [];
      for (const neuron of layer) {
        let sum: V = neuron[neuron.length - 1]!;
        for (let i = 0; i < activations.length; i++) sum = add(sum, mul(neuron[i]!, activations[i]!));
        next.push(l < layers.length - 1 ? relu(sum) : sum);
      }
      activations = next;
      last = next[0];
    });
    return last!;
  };
  return { parameters: layers.flat(2), output };
}

/** A step of it. @param rateAt - the rate of step 0, 1, … */
export function scalarStep<V>(
  engine: ScalarEngine<V>,
  { parameters, output } = scalarNetwork(engine),
  rateAt: (step: number) => number = () => RATE,
): () => number {
  const { add, addNumber, mul, relu } = engine;
  let steps = 0;
  return () => {
    let total: V | undefined;
    for (let e = 0; e < examples.length; e++) {
      const hinge = relu(addNumber(mul(output(examples[e]!), -labels[e]!), 1));
      total = total === undefined ? hinge : add(total, hinge);
    }
    let squares = mul(parameters[0]!, parameters[0]!);
    for (let i = 1; i < parameters.length; i++) squares = add(squares, mul(parameters[i]!, parameters[i]!));
    const loss = add(mul(total!, 1 / examples.length), mul(squares, DECAY));
    engine.backward(loss, parameters);
    const rate = rateAt(steps++);
    for (const parameter of parameters) engine.update(parameter, rate);
    return engine.data(loss);
  };
}
