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
  if (hasUnits(view)) return new Set();
  const depths = depthsOf(view);
  const ends = new Map<number, { readonly edge: number; readonly depth: number }>();
  for (const { id, from, to } of view.edges) {
    const depth = depths.get(from)!;
    if (depth > 0 && depth > (ends.get(to)?.depth ?? 0)) ends.set(to, { edge: id, depth });
  }
  const longest = view.nodes.reduce((most, { id }) => Math.max(most, depths.get(id)!), 0);
  return new Set(longest > SHORT ? [...ends.values()].map(({ edge }) => edge) : []);
}
