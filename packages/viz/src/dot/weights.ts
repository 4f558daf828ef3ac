import type { View } from "../graph/view.ts";
import { hasUnits } from "./columns.ts";
import type { Depths } from "./depths.ts";

/** Columns up to which a graph fits on a page as it comes. */
const SHORT = 10;

/** How straight to draw an edge that ends the longest way into a node, and any other between operations. */
const [ON_SPINE, INNER] = [8, 3];

/**
 * The weights of edges in a long graph. Straightest is the edge into each node that ends the longest way: else every
 * operand that comes from the side makes a long chain go down a little, and its picture as high as it is wide. An
 * operation stands near what takes it, and its leaves with it: an edge from a leaf as heavy would pull it back to the leaf.
 */
export function weightsOf(view: View, depths: Depths): ReadonlyMap<number, number> {
  if (hasUnits(view)) return new Map();
  if (!view.nodes.some(({ id }) => depths.get(id)! > SHORT)) return new Map();
  const ends = new Map<number, { readonly edge: number; readonly depth: number }>();
  for (const { id, from, to } of view.edges) {
    const depth = depths.get(from)!;
    if (depth > 0 && depth > (ends.get(to)?.depth ?? 0)) ends.set(to, { edge: id, depth });
  }
  const operations = new Set(view.nodes.filter(({ kind }) => kind === "operation").map(({ id }) => id));
  const inner = view.edges.filter(({ from }) => operations.has(from));
  return new Map([
    ...inner.map(({ id }) => [id, INNER] as const),
    ...[...ends.values()].map(({ edge }) => [edge, ON_SPINE] as const),
  ]);
}
