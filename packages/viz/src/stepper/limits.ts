import type { OptionKind } from "../check.ts";
import type { Graph } from "../graph/graph.ts";

const MOST_NODES = 600;
const MOST_EDGES = 1500;

/** What the option `timeout` of a page may be. */
export const layoutTime: OptionKind = {
  fits: (x) => typeof x === "number" && x >= 1,
  wanted: "a number of milliseconds, at least 1",
};

/**
 * @param advice - how to get less, as a sentence without its end
 * @throws RangeError if a graph has more than anybody can look at, one by one
 */
export function checkSize(caller: string, { nodes, edges }: Graph, advice: string): void {
  if (nodes.length <= MOST_NODES && edges.length <= MOST_EDGES) return;
  throw new RangeError(
    `${caller}: ${nodes.length} nodes and ${edges.length} edges are too many to look at one by one; the limits are ` +
      `${MOST_NODES} and ${MOST_EDGES}. ${advice}, or pass { force: true }.`,
  );
}
