import { flag, type OptionKind, oneOf, text } from "../check.ts";
import type { Graph } from "../graph/graph.ts";
import { timeoutKind } from "../svg/renderSvg.ts";

/** What every page can be told. */
export interface PageOptions {
  /** The heading. */
  readonly title?: string;
  /** From operands to results: left to right, `"LR"` (unless told), or top to bottom, `"TB"`. */
  readonly direction?: "LR" | "TB";
  /** Whether to go above 600 nodes or 1,500 edges, which may take minutes or fail; false unless told. */
  readonly force?: boolean;
  /** How long the layout may take, in milliseconds; 10,000 unless told. No limit where no thread can be had. */
  readonly timeout?: number;
}

export const pageOptionKinds: Readonly<Record<keyof PageOptions, OptionKind>> = {
  title: text,
  direction: oneOf("LR", "TB"),
  force: flag,
  timeout: timeoutKind,
};

const MOST_NODES = 600;
const MOST_EDGES = 1500;

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
