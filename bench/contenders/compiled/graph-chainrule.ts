import { add, compile, mul, type Scalar, sin, sum, tanh, valueAndGrad } from "@chainrule/core";
import type { Running } from "../../contender.ts";
import { ADD, type Graph, INPUTS, MUL, NODES, randomGraph, SIN } from "../../problems/graph.ts";

/** The graph as a function of its inputs. */
export const graphFunction =
  ({ ops, first, second, ends }: Graph) =>
  (inputs: readonly Scalar[]): Scalar => {
    const nodes: Scalar[] = [...inputs];
    for (let i = INPUTS; i < NODES; i++) {
      const a = nodes[first[i]!]!;
      const b = nodes[second[i]!]!;
      nodes.push(ops[i] === ADD ? add(a, b) : ops[i] === MUL ? mul(a, b) : ops[i] === SIN ? sin(a) : tanh(a));
    }
    return sum(ends.map((end) => nodes[end]!));
  };

const graph = randomGraph();

export function setup(): Running {
  const kernel = compile(valueAndGrad(graphFunction(graph)));
  const out = new Float64Array(1 + INPUTS);
  return {
    step: () => kernel.into(out, graph.inputs)[0]!,
    results: () => kernel.into(out, graph.inputs),
  };
}
