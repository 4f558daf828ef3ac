import { Value } from "../value.ts";

/** A leaf that stands for a number of the arguments, or in the body of a loop for one that changes from row to row. */
export function placeholder(depth: number): Value {
  const leaf = new Value(Number.NaN);
  leaf.stamp = stampAt(depth);
  return leaf;
}

/** The stamp of nodes that depend on the body of a loop at this depth, and on none within it. */
export function stampAt(depth: number): number {
  return -1 - depth;
}
