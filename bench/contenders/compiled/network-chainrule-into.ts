import { compile, valueAndGrad } from "@chainrule/core";
import type { Running } from "../../contender.ts";
import { networks } from "../../problems/networks.ts";
import { lossOf } from "./network-chainrule.ts";

/** The same function on Float64Arrays, one for each neuron's weights and each row, and results written to another. */
export function setup(work: string): Running {
  const problem = networks[work]!;
  const layers = problem.layers.map(({ weights, biases }) => ({
    weights: weights.map((row) => Float64Array.from(row)),
    biases: Float64Array.from(biases),
  }));
  const rows = problem.rows.map(({ input, target }) => ({
    input: Float64Array.from(input),
    target: Float64Array.from(target),
  }));
  const blocks = layers.flatMap(({ weights, biases }) => [...weights, biases]);
  const out = new Float64Array(1 + blocks.reduce((count, block) => count + block.length, 0));
  const kernel = compile(valueAndGrad(lossOf(problem)));
  return {
    step() {
      kernel.into(out, layers, rows);
      if (problem.rate > 0) {
        let at = 1;
        for (const block of blocks) {
          for (let i = 0; i < block.length; i++) block[i]! -= problem.rate * out[at++]!;
        }
      }
      return out[0]!;
    },
    results: () => kernel.into(out, layers, rows),
  };
}
