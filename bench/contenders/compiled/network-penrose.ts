import { addN, max, mul, squared, sub, tanh } from "@penrose/core/dist/engine/AutodiffFunctions";
import { flatten, type Running } from "../../contender.ts";
import { networks } from "../../problems/networks.ts";
import { descend } from "./descend.ts";
import { gradientOf, type Num } from "./penrose.ts";

const relu = (x: Num): Num => max(x, 0);

/** The moons step: an objective for each row, whose numbers are constants there, and one for the decay. */
export function setup(work: string): Promise<Running> {
  const { layers, rows, hidden, decay, rate } = networks[work]!;
  const activate = hidden === "relu" ? relu : tanh;
  function objectives(parameters: Num[]): Num[] {
    const unread = parameters.values();
    const read = (): Num => unread.next().value!;
    const variables = layers.map(({ weights, biases }) => ({
      weights: weights.map((row) => row.map(read)),
      biases: biases.map(read),
    }));
    const network = (input: readonly number[]) =>
      variables.reduce<Num[]>(
        (xs, { weights, biases }, l) => {
          const sums = weights.map((row, o) => addN([...row.map((w, i) => mul(w, xs[i]!)), biases[o]!]));
          return l < layers.length - 1 ? sums.map(activate) : sums;
        },
        [...input],
      );
    const fits = rows.map(({ input, target }) => {
      const hinge = relu(sub(1, mul(target[0]!, network(input)[0]!)));
      return mul(1 / rows.length, hinge);
    });
    return [...fits, mul(decay, addN(parameters.map(squared)))];
  }
  return gradientOf(objectives, flatten(layers), (at, gradient) => descend(at, gradient, rate));
}
