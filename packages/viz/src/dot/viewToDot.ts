import { type FlowScale, flowScale } from "../flowScale.ts";
import type { View, ViewEdge } from "../graph/view.ts";
import { shownNote } from "../graph/viewOf.ts";
import { type Palette, palettes } from "../palette.ts";
import { FONT } from "../style.ts";
import { clustered } from "./clusters.ts";
import { quote, statement } from "./dotStatement.ts";
import { edgeMagnitude, edgeStatement, type Lengths } from "./edgeDot.ts";
import { leafColumns, wideNodes } from "./leafColumns.ts";
import { captionLabel } from "./legend.ts";
import { type Look, nodeMagnitude, nodeStatement } from "./nodeDot.ts";

/** How to draw a view. */
export interface Drawing {
  readonly direction?: "LR" | "TB";
  readonly look?: Look;
  readonly theme?: "light" | "dark";
  readonly flow?: boolean;
  readonly legend?: boolean;
}

/** What is shown of a graph as DOT. */
export function viewToDot(view: View, drawing: Drawing): string {
  const { direction = "LR", look = "teaching", theme = "light", flow = true } = drawing;
  const palette = palettes[theme];
  const legend = drawing.legend ?? look === "flow";
  const scale = scaleOf(view, flow, palette);
  const lengthsOf = edgeLengths(view);
  const isDense = isBundle(view);
  return [
    'digraph "computation graph" {',
    statement("graph", {
      rankdir: direction,
      // In frames, and where nodes stand for several, fewer arrows cross without an order of operands.
      ordering: view.nodes.some(({ group, parts }) => group ?? parts.length > 0) ? undefined : "in",
      splines: isDense ? "line" : undefined,
      nodesep: 0.25,
      ranksep: isDense ? 1.8 : 0.4,
      bgcolor: theme === "light" ? undefined : quote(palette.background),
      fontname: quote(FONT),
    }),
    statement("node", { ...nodeDefaults, fontcolor: quote(palette.ink), fontname: quote(FONT) }),
    statement("edge", {
      ...edgeDefaults,
      fontcolor: quote(palette.muted),
      ...(isDense ? straight[direction] : {}),
      fontname: quote(FONT),
    }),
    ...captionOf(view, legend && flow ? scale : undefined, palette),
    ...clustered(view.nodes, leafColumns(view), palette, (node) => nodeStatement(node, scale, look)),
    ...view.edges.map((edge) => edgeStatement(edge, scale, isDense ? "flow" : look, lengthsOf(edge))),
    "}",
    "",
  ].join("\n");
}

const nodeDefaults = {
  class: "named",
  shape: "box",
  style: '"rounded,filled"',
  fontsize: 11,
  margin: '"0.14,0.07"',
  height: 0.3,
};
const edgeDefaults = { class: "derivative", fontsize: 10, arrowsize: 0.6 };

/** Whether arrows are so many that numbers on them would make the picture many times as high. */
function isBundle({ nodes, edges }: View): boolean {
  return edges.length > 3 * nodes.length && nodes.some(({ group }) => group !== undefined);
}

function edgeLengths(view: View): (edge: ViewEdge) => Lengths {
  const wide = wideNodes(view);
  const parts = new Map(view.nodes.map((node) => [node.id, node.parts]));
  return ({ from, to }) => ({
    weight: wide.has(from) ? 2 : undefined,
    // An input beside the weights would send its arrow through the frame from below.
    minlen: parts.get(from)!.length < parts.get(to)!.length ? 2 : undefined,
  });
}

/** From the middle of one side to the middle of the other, past the nodes between them. */
const straight = { LR: { tailport: "e", headport: "w" }, TB: { tailport: "s", headport: "n" } };

/** The scale for all gradients in the view. */
function scaleOf({ nodes, edges }: View, flow: boolean, palette: Palette): FlowScale {
  if (!flow) return flowScale([], false, palette);
  const hasGradients = nodes.some(
    ({ grad, group }) => grad !== null || (group?.meanGradient ?? null) !== null,
  );
  return flowScale([...nodes.map(nodeMagnitude), ...edges.map(edgeMagnitude)], hasGradients, palette);
}

function captionOf(view: View, scale: FlowScale | undefined, palette: Palette): string[] {
  const note = shownNote(view);
  if (note === undefined && scale === undefined) return [];
  const label = captionLabel(note?.replaceAll("&", "&amp;"), scale, palette);
  return [statement("graph", { label, labelloc: "b", labeljust: "l" })];
}
