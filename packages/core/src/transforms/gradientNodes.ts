import { checkUpToDate } from "../checks.ts";
import { topologicalOrder } from "../graph.ts";
import { type Value, value } from "../value.ts";
import { pullback } from "./pullback.ts";

/** ∂root/∂leaf as a graph, for every leaf below root. */
export function gradientNodes(root: Value): Map<Value, Value> {
  checkUpToDate([root]);
  const leaves = topologicalOrder(root).filter((node) => node.op === undefined);
  const nodes = new Map<Value, Value>();
  pullback([root], [1], leaves, true).forEach((derivative, i) => {
    if (derivative === undefined) return;
    nodes.set(leaves[i]!, typeof derivative === "number" ? value(derivative) : derivative);
  });
  return nodes;
}
