import { type FlowScale, flowScale } from "../flowScale.ts";
import type { View, ViewEdge } from "../graph/view.ts";
import { shownNote } from "../graph/viewOf.ts";
import { type Palette, palettes } from "../palette.ts";
import { FONT } from "../style.ts";
import { clustered } from "./clusters.ts";
import { hasUnits, wideNodes } from "./columns.ts";
import { depthsOf } from "./depths.ts";
import { quote, statement } from "./dotStatement.ts";
import { edgeMagnitude, edgeStatement, type Lengths } from "./edgeDot.ts";
import { framed, frameOf } from "./frames.ts";
import { captionLabel } from "./legend.ts";
import { type Look, nodeMagnitude, nodeStatement, repetitionStatement } from "./nodeDot.ts";
import { type Repetitions, repetitionsOf } from "./repetitions.ts";
import { weightsOf } from "./weights.ts";

/** How to draw a view. */
export interface Drawing {
  readonly direction?: "LR" | "TB";
  readonly look?: Look;
  readonly theme?: "light" | "dark";
  readonly flow?: boolean;
  readonly legend?: boolean;
}

/** What is shown of a graph as DOT. */
export function viewToDot(given: View, drawing: Drawing): string {
  const view = framed(given);
  const { direction = "LR", look = "teaching", theme = "light", flow = true } = drawing;
  const palette = palettes[theme];
  const legend = drawing.legend ?? look === "flow";
  const scale = scaleOf(view, flow, palette);
  const isDense = isBundle(view);
  const isOfUnits = hasUnits(view);
  const hasGroups = view.nodes.some(({ group }) => group !== undefined);
  const isLarge = view.edges.length > MANY_EDGES;
  const showsCounts = view.edges.filter(({ count }) => count > 1).length <= MOST_COUNTS;
  const depths = depthsOf(view);
  const again = repetitionsOf(view, depths);
  const lengthsOf = edgeLengths(view, weightsOf(view, depths));
  const isRepeated = new Set(again.nodes.map(({ of }) => of.id));
  return [
    'digraph "computation graph" {',
    statement("graph", {
      rankdir: direction,
      // With frames, and where nodes stand for several, columns have an order, not operands; it is lost in a second try
      // to have fewer arrows cross.
      ordering: isOfUnits ? undefined : "in",
      remincross: isOfUnits ? "false" : undefined,
      nslimit: isLarge ? 2 : undefined,
      nslimit1: isLarge ? 2 : undefined,
      splines: isDense ? "line" : undefined,
      nodesep: 0.25,
      ranksep: isDense ? 1.8 : hasGroups ? 0.8 : 0.4,
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
    ...captionOf(view, again, legend && flow ? scale : undefined, palette),
    ...clustered(view, depths, { direction, palette }, (node) =>
      nodeStatement(node, scale, look, isRepeated.has(node.id)),
    ),
    ...again.nodes.map((node) => repetitionStatement(node, scale)),
    ...view.edges.map((edge) => {
      const start = again.starts.get(edge.id) ?? `n${edge.from}`;
      return edgeStatement(edge, start, scale, isDense ? "flow" : look, lengthsOf(edge), showsCounts);
    }),
    "}",
    "",
  ].join("\n");
}

/**
 * With more edges than this Graphviz does not look for the very best places: 4,400 edges between collapsed layers then
 * take 1.4 seconds in place of 4.7, and the picture is the same.
 */
const MANY_EDGES = 1000;

const nodeDefaults = {
  class: "named",
  shape: "box",
  style: '"rounded,filled"',
  fontsize: 11,
  margin: '"0.14,0.07"',
  height: 0.3,
};
const edgeDefaults = { class: "derivative", fontsize: 10, arrowsize: 0.6 };

/** With more arrows that stand for several edges than this, "32 edges" on each bends them around one another. */
const MOST_COUNTS = 12;

/** Whether arrows are so many that numbers on them would make the picture many times as high. */
function isBundle({ nodes, edges }: View): boolean {
  return edges.length > 3 * nodes.length && nodes.some(({ group }) => group !== undefined);
}

function edgeLengths(view: View, weights: ReadonlyMap<number, number>): (edge: ViewEdge) => Lengths {
  const wide = wideNodes(view);
  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  return ({ id, from, to }) => {
    const [source, target] = [nodes.get(from)!, nodes.get(to)!];
    const enters =
      target.group === undefined && target.parts.length > 0 && frameOf(source) !== frameOf(target);
    // What leads into a frame comes from before its parameters: beside them it would go around the frame.
    const weight = weights.get(id) ?? (wide.has(from) ? 2 : undefined);
    return { weight, minlen: enters ? 2 : undefined };
  };
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

function captionOf(view: View, again: Repetitions, scale: FlowScale | undefined, palette: Palette): string[] {
  const shown = shownNote(view);
  const notes = [
    ...(shown === undefined ? [] : [shown]),
    ...(again.nodes.length === 0 ? [] : ["· shown again, far from the node itself"]),
  ];
  if (notes.length === 0 && scale === undefined) return [];
  return [statement("graph", { label: captionLabel(notes, scale, palette), labelloc: "b", labeljust: "l" })];
}
