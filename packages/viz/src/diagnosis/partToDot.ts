import { quote, statement } from "../dot/dotStatement.ts";
import { formatNumber } from "../formatNumber.ts";
import type { Graph, GraphEdge, GraphNode } from "../graph/graph.ts";
import { mix } from "../mix.ts";
import { palettes } from "../palette.ts";
import { FONT } from "../style.ts";
import { count, linesOf } from "../text.ts";

/** How a node or an edge stands out from the others. */
export type Emphasis = "plain" | "dim" | "strong" | "alert";

/** How to draw a node or an edge. */
export interface Look {
  readonly emphasis: Emphasis;
  /** Lines below the name and the number of a node; in place of the derivative of an edge. */
  readonly notes?: readonly string[];
}

/** A part of a graph, and how to draw it. */
export interface Part {
  readonly graph: Graph;
  /** The ids of the nodes to draw. */
  readonly shown: ReadonlySet<number>;
  readonly node: (node: GraphNode) => Look;
  readonly edge: (edge: GraphEdge) => Look;
  /** Edges that stand for several, such as a stretch of a path that is left out. */
  readonly shortcuts?: readonly { readonly from: number; readonly to: number; readonly note: string }[];
  /** Lines below the picture. */
  readonly caption: readonly string[];
}

const { alert, background, ink, muted, neutral, rule, series } = palettes.light;
const STRONG = series[0]!;
const looks: Readonly<Record<Emphasis, { color: string; width: number; text: string; fill: string }>> = {
  plain: { color: neutral, width: 1, text: ink, fill: background },
  dim: { color: rule, width: 0.75, text: muted, fill: background },
  strong: { color: STRONG, width: 2, text: ink, fill: mix(background, STRONG, 0.12) },
  alert: { color: alert, width: 2.5, text: ink, fill: mix(background, alert, 0.1) },
};

/** A part of a graph as DOT. What is left out is counted: at the nodes it belongs to, and below the picture. */
export function partToDot(part: Part): string {
  const { graph, shown, caption, shortcuts = [] } = part;
  const edges = graph.edges.filter(({ from, to }) => shown.has(from) && shown.has(to));
  const hidden = hiddenCounts(part);
  const isWhole = shown.size === graph.nodes.length;
  const size = isWhole ? [] : [`showing ${shown.size} of ${count(graph.nodes.length, "node")}`];
  return [
    "digraph diagnosis {",
    statement("graph", {
      rankdir: "LR",
      ordering: "in",
      nodesep: 0.25,
      ranksep: 0.45,
      fontname: quote(FONT),
      fontsize: 11,
      fontcolor: quote(muted),
      labelloc: "b",
      label: quote(" ", ...[...caption, ...size].flatMap(linesOf)),
    }),
    statement("node", { shape: "box", fontname: quote(FONT), fontsize: 11, margin: '"0.12,0.06"' }),
    statement("edge", { class: "derivative", fontname: quote(FONT), fontsize: 10, arrowsize: 0.6 }),
    ...[...shown].sort((a, b) => a - b).map((id) => nodeStatement(part, id, hidden.get(id) ?? [])),
    ...edges.map((edge) => edgeStatement(edge, part.edge(edge))),
    ...shortcuts.map(({ from, to, note }) =>
      statement(`n${from} -> n${to}`, {
        label: quote(...linesOf(note)),
        style: "dotted",
        color: quote(STRONG),
        fontcolor: quote(ink),
        penwidth: 2,
      }),
    ),
    "}",
    "",
  ].join("\n");
}

/** For nodes with operands or uses that are not shown: how many. */
function hiddenCounts({ graph, shown }: Part): Map<number, string[]> {
  const operands = new Map<number, number>();
  const uses = new Map<number, number>();
  const add = (counts: Map<number, number>, id: number) => counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { from, to } of graph.edges) {
    if (shown.has(to) && !shown.has(from)) add(operands, to);
    if (shown.has(from) && !shown.has(to)) add(uses, from);
  }
  const lines = (id: number) => [
    ...(operands.has(id) ? [`… ${count(operands.get(id)!, "operand")} not shown`] : []),
    ...(uses.has(id) ? [`… ${count(uses.get(id)!, "use")} not shown`] : []),
  ];
  return new Map([...shown].map((id) => [id, lines(id)]));
}

function nodeStatement({ graph, node: lookOf }: Part, id: number, hidden: readonly string[]): string {
  const node = graph.nodes[id]!;
  const { emphasis, notes = [] } = lookOf(node);
  const { color, width, text, fill } = looks[emphasis];
  const name = [node.label, node.symbol ?? ""].filter((part) => part !== "").join(" = ");
  const lines = [...(name === "" ? [] : linesOf(name)), formatNumber(node.data)];
  const corners = node.op === undefined ? "filled" : "rounded,filled";
  return statement(`n${id}`, {
    label: quote(...lines, ...notes.flatMap(linesOf), ...hidden),
    style: quote(node.kind === "constant" ? "dashed,filled" : corners),
    color: quote(color),
    fillcolor: quote(fill),
    fontcolor: quote(text),
    penwidth: width,
  });
}

function edgeStatement({ from, to, derivative }: GraphEdge, { emphasis, notes }: Look): string {
  const { color, width } = looks[emphasis];
  const lines = notes?.flatMap(linesOf) ?? (derivative === null ? [] : [formatNumber(derivative)]);
  return statement(`n${from} -> n${to}`, {
    label: lines.length === 0 ? undefined : quote(...lines),
    style: derivative === null ? "dashed" : undefined,
    color: quote(color),
    fontcolor: quote(emphasis === "alert" ? alert : emphasis === "strong" ? ink : muted),
    penwidth: width,
  });
}
