import { topologicalOrder, type Value } from "@chainrule/core";
import { type Graph, graphOf } from "../graph/graph.ts";

/** The graph below one root, with the Values that its nodes stand for. */
export interface ValueGraph extends Graph {
  /** The Value of each node; `undefined` for a plain number. */
  readonly values: readonly (Value | undefined)[];
  /** The edges into each node, in the order of {@link Graph.edges}. */
  readonly into: readonly (readonly number[])[];
  readonly root: number;
}

export function valueGraph(root: Value): ValueGraph {
  const graph = graphOf([root]);
  const values: (Value | undefined)[] = [];
  for (const value of topologicalOrder(root)) {
    // Plain numbers come right before the operation that they are operands of.
    for (const operand of value.operands) if (typeof operand === "number") values.push(undefined);
    values.push(value);
  }
  const into: number[][] = graph.nodes.map(() => []);
  graph.edges.forEach(({ to }, edge) => {
    into[to]!.push(edge);
  });
  return { ...graph, values, into, root: graph.roots[0]! };
}
