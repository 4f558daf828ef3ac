import { valueAndGrad } from "@chainrule/core";
import type { Running } from "../../contender.ts";
import { randomGraph } from "../../problems/graph.ts";
import { graphFunction } from "./graph-chainrule.ts";

const graph = randomGraph();

/** Builds the graph and sweeps it in every step, as the tape in C++ does. */
export function setup(): Running {
  const both = valueAndGrad(graphFunction(graph));
  return {
    step: () => both(graph.inputs)[0],
    results() {
      const [value, gradient] = both(graph.inputs);
      return [value, ...gradient];
    },
  };
}
