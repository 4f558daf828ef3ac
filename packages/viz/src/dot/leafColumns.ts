import { edgesByResult, type View, type ViewEdge } from "../graph/view.ts";

/** With more edges into it than this, a node needs the room beside it for its arrows. */
const NARROW = 2;

/** Nodes that many arrows go into. */
export function wideNodes(view: View): ReadonlySet<number> {
  return new Set(
    [...edgesByResult(view.edges)].filter(([, { length }]) => length > NARROW).map(([id]) => id),
  );
}

/**
 * Leaves that belong in one column: those of a node with many operands, and the leaves that join its result, as the
 * bias of a neuron does. Nearer to where they join they would stand in the way of the arrows.
 */
export function leafColumns(view: View): (readonly number[])[] {
  const into = edgesByResult(view.edges);
  const wide = wideNodes(view);
  const leaves = new Set(
    view.nodes.filter(({ id, kind }) => kind !== "operation" && !into.has(id)).map(({ id }) => id),
  );
  const leavesAmong = (edges: readonly ViewEdge[] = []) =>
    edges.map(({ from }) => from).filter((id) => leaves.has(id));
  return view.nodes.flatMap(({ id }) => {
    const edges = into.get(id) ?? [];
    const joining = leavesAmong(edges);
    const first = edges
      .filter(({ from }) => wide.has(from))
      .flatMap(({ from }) => leavesAmong(into.get(from)))[0];
    return joining.length === 0 || first === undefined ? [] : [[first, ...joining]];
  });
}
