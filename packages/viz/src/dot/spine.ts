import type { View } from "../graph/view.ts";
import { hasUnits } from "./columns.ts";
import { depthsOf } from "./depths.ts";

/** Columns up to which a graph fits on a page as it comes. */
const SHORT = 10;

/**
 * The edges of a long graph to draw straight: into each node the one that ends the longest way. Else every operand that
 * comes from the side makes a long chain go down a little, and its picture as high as it is wide.
 */
export function spineOf(view: View): ReadonlySet<number> {
  const depths = depthsOf(view);
  if (!isLong(view, depths)) return new Set();
  const ends = new Map<number, { readonly edge: number; readonly depth: number }>();
  for (const { id, from, to } of view.edges) {
    const depth = depths.get(from)!;
    if (depth > 0 && depth > (ends.get(to)?.depth ?? 0)) ends.set(to, { edge: id, depth });
  }
  return new Set([...ends.values()].map(({ edge }) => edge));
}

/**
 * The edges between operations in a long graph. An operation stands near what takes it, and its leaves with it: an edge
 * from a leaf as heavy would pull the operation back to the leaf.
 */
export function innerEdges(view: View): ReadonlySet<number> {
  if (!isLong(view, depthsOf(view))) return new Set();
  const operations = new Set(view.nodes.filter(({ kind }) => kind === "operation").map(({ id }) => id));
  return new Set(view.edges.filter(({ from }) => operations.has(from)).map(({ id }) => id));
}

function isLong(view: View, depths: ReadonlyMap<number, number>): boolean {
  return !hasUnits(view) && view.nodes.some(({ id }) => depths.get(id)! > SHORT);
}
