import { topologicalOrder } from "../graph.ts";
import { type Value, value } from "../value.ts";
import { pullback } from "./pullback.ts";

/** Sets the `gradNode` of every leaf below root to ∂root/∂leaf, as a graph. */
export function attachGradientNodes(root: Value): void {
  const leaves = topologicalOrder(root).filter((node) => node.op === undefined);
  pullback([root], [1], leaves, true).forEach((derivative, i) => {
    if (derivative !== undefined)
      leaves[i]!.gradNode = typeof derivative === "number" ? value(derivative) : derivative;
  });
}
