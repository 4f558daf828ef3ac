import { textWidth } from "../text.ts";
import { shortTitle } from "./page/names.ts";
import type { StepNode } from "./page/stepGraph.ts";
import type { Box } from "./positions.ts";

/** The size of a node's box in CSS pixels: a constant shows one line, others three. */
export function boxOf(node: StepNode): Box {
  const width = Math.round(13.5 * textWidth([shortTitle(node)]) + 22);
  return node.kind === "constant"
    ? { width: Math.max(width, 40), height: 28 }
    : { width: Math.max(width, 108), height: 62 };
}
