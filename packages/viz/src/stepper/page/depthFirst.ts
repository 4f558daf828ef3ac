import type { StepEdge, StepGraph } from "./stepGraph.ts";

/** The edges as a recursion finds them that never sorted the graph. */
export function depthFirst(graph: StepGraph): StepEdge[] {
  const found: StepEdge[] = [];
  const isFound = new Set([graph.root]);
  const stack = outOf(graph, graph.root);
  for (let edge = stack.pop(); edge; edge = stack.pop()) {
    found.push(edge);
    if (isFound.has(edge.from)) continue;
    isFound.add(edge.from);
    stack.push(...outOf(graph, edge.from));
  }
  return found;
}

/** What a node sends along, last slot first. */
export function outOf({ nodes, flowing }: StepGraph, node: number): StepEdge[] {
  return nodes[node]!.operands.filter(({ id }) => id < flowing).reverse();
}
