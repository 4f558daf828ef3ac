import { textWidth } from "../text.ts";
import { shortTitle } from "./page/names.ts";
import { heightOf } from "./page/places.ts";
import type { StepNode } from "./page/stepGraph.ts";
import type { Box } from "./positions.ts";

/** The size of a node's box in CSS pixels: a constant shows one line, others three. */
export function boxOf(node: StepNode): Box {
  const width = Math.round(14 * textWidth([shortTitle(node)]) + 20);
  const height = heightOf(node);
  return { width: Math.max(width, node.kind === "constant" ? 40 : 114), height };
}
