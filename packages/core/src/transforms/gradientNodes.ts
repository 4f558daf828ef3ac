import { topologicalOrder } from "../graph.ts";
import { add } from "../ops/arithmetic.ts";
import { Value } from "../value.ts";
import { pullback } from "./pullback.ts";

/** Adds ∂root/∂leaf, as a graph, to the `gradNode` of every leaf below root. */
export function attachGradientNodes(root: Value): void {
  const leaves = topologicalOrder(root).filter((node) => node.op === undefined);
  pullback([root], [1], leaves, true).forEach((derivative, i) => {
    if (derivative === undefined) return;
    const leaf = leaves[i]!;
    const total = leaf.gradNode === undefined ? derivative : add(leaf.gradNode, derivative);
    leaf.gradNode = total instanceof Value ? total : new Value(total);
  });
}
