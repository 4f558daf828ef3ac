import { edgesByResult, type View } from "../graph/view.ts";

/** The length of the longest way to each node, by id. */
export type Depths = ReadonlyMap<number, number>;

/** Walks from operands to results; an edge back, as there may be between nodes that stand for several, does not count. */
export function depthsOf({ nodes, edges }: View): Depths {
  const into = edgesByResult(edges);
  const depths = new Map<number, number>();
  for (const { id } of nodes) {
    // Where nodes stand for several there may be edges back, from what comes later.
    const before = (into.get(id) ?? []).map(({ from }) => depths.get(from) ?? -1);
    depths.set(
      id,
      before.reduce((most, depth) => Math.max(most, depth + 1), 0),
    );
  }
  return depths;
}
