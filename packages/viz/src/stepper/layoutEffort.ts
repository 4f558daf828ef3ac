import type { Link } from "./positions.ts";

/**
 * Above so many ranks that edges pass in all, curves around the boxes take Graphviz minutes: at 7,000 seconds, at 20,000
 * more than anybody waits, at 1,500 edges of the tightest graphs hours.
 */
const MOST_RANKS = 6000;

/**
 * The attributes of a layout by how long it may take, which depends on the graph alone: so does the picture. What is too
 * tangled gets straight edges, and few rounds of the search for good places.
 *
 * @param links - in a graph whose nodes are numbered operands first
 */
export function layoutEffort(nodes: number, links: readonly Link[]): string {
  return ranksPassed(nodes, links) > MOST_RANKS
    ? "splines=line, nslimit=0.01, mclimit=0.01"
    : // The limit is on the last touches to long edges, which take minutes and show little.
      "ordering=in, nslimit=1";
}

/** How many ranks the edges pass in all: each node stands one rank above the highest of its operands. */
function ranksPassed(nodes: number, links: readonly Link[]): number {
  const ranks = new Int32Array(nodes);
  const lowest = new Int32Array(nodes).fill(nodes);
  const sorted = links.toSorted((a, b) => a.to - b.to);
  for (const { from, to } of sorted) ranks[to] = Math.max(ranks[to]!, ranks[from]! + 1);
  for (const { from, to } of sorted) lowest[from] = Math.min(lowest[from]!, ranks[to]!);
  // A leaf is put right before the first that needs it.
  const isLeaf = new Uint8Array(nodes).fill(1);
  for (const { to } of links) isLeaf[to] = 0;
  return links.reduce(
    (sum, { from, to }) => sum + ranks[to]! - (isLeaf[from] === 1 ? lowest[from]! - 1 : ranks[from]!),
    0,
  );
}
