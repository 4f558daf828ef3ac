import { topologicalOrder, type Value } from "@chainrule/core";
import { checkOptions, checkRoots, flag, type OptionKind, oneOf } from "./check.ts";
import { quote, statement } from "./dotStatement.ts";
import { type FlowScale, flowScale, magnitudeOf, noFlow } from "./flowScale.ts";
import { formatNumber } from "./formatNumber.ts";
import { edgesInto, type OperandEdge, sent } from "./graph/graphEdges.ts";
import { isWide, leafColumns, type OperandSlot } from "./leafColumns.ts";
import { legendLabel } from "./legend.ts";
import { FONT, INK, MUTED } from "./style.ts";
import { linesOf, textWidth } from "./text.ts";

/** How to draw a computation graph. */
export interface DotOptions {
  /** From operands to results: left to right, `"LR"` (unless told), or top to bottom, `"TB"`. */
  readonly direction?: "LR" | "TB";
  /** Whether colours and line widths show how large the gradients are; true unless told. */
  readonly flow?: boolean;
  /** Whether a strip below the graph explains the colours, if they show the flow; false unless told. */
  readonly legend?: boolean;
}

export const dotOptionKinds: Readonly<Record<keyof DotOptions, OptionKind>> = {
  direction: oneOf("LR", "TB"),
  flow: flag,
  legend: flag,
};

/**
 * The computation graph below a root as DOT, the language of Graphviz: one node per Value, one edge per operand.
 *
 * Nodes show label or operation, data and grad; edges show the local derivative, and are dashed where no gradient
 * flows. Inputs and parameters have sharp corners, operations round ones, constants a dashed border. `grad —` says
 * that no `backward()` has reached the node. The text depends on the graph alone.
 *
 * @param root - one Value, or several
 * @throws TypeError if root is not a Value or an option is not one of those allowed
 * @throws RangeError if root is an empty array
 * @example toDot(value(2, "x")).includes("data 2") // true
 */
export function toDot(root: Value | readonly Value[], options: DotOptions = {}): string {
  const roots = checkRoots("toDot", root);
  checkOptions("toDot", options, dotOptionKinds);
  const { direction = "LR", flow = true, legend = false } = options;
  const nodes = topologicalOrder(roots);
  const edges = nodes.flatMap(edgesInto);
  const hasGradients = nodes.some((node) => node.hasGrad);
  const scale = flow ? flowScale(magnitudes(nodes, edges), hasGradients) : noFlow;
  const ids: Ids = new Map(nodes.map((node, i) => [node, `n${i}`]));
  return [
    'digraph "computation graph" {',
    statement("graph", {
      rankdir: direction,
      ordering: "in",
      nodesep: 0.25,
      ranksep: 0.4,
      fontname: quote(FONT),
    }),
    statement("node", { ...nodeDefaults, fontname: quote(FONT) }),
    statement("edge", { ...edgeDefaults, fontname: quote(FONT) }),
    ...(legend && flow
      ? [statement("graph", { label: legendLabel(scale, 12), labelloc: "b", labeljust: "l" })]
      : []),
    ...nodes.map((node) => nodeStatement(ids.get(node)!, node, scale)),
    ...edges.flatMap((edge) => edgeStatements(edge, ids, scale)),
    ...leafColumns(nodes).map(
      (column) => `  {rank=same; ${column.map((leaf) => idOf(leaf, ids)).join("; ")}}`,
    ),
    "}",
    "",
  ].join("\n");
}

const nodeDefaults = {
  class: "named",
  shape: "box",
  style: '"rounded,filled"',
  fontsize: 11,
  fontcolor: quote(INK),
  margin: '"0.14,0.07"',
  height: 0.3,
};
const edgeDefaults = { class: "derivative", fontsize: 10, fontcolor: quote(MUTED), arrowsize: 0.6 };

type Ids = ReadonlyMap<Value, string>;

/** The name of an operand; a plain number is a node of its own. */
function idOf({ operand, result, slot }: OperandSlot, ids: Ids): string {
  return typeof operand === "number" ? `${ids.get(result)}_${slot}` : ids.get(operand)!;
}

function* magnitudes(nodes: readonly Value[], edges: readonly OperandEdge[]): Iterable<number> {
  for (const node of nodes) yield magnitudeOf(node);
  for (const edge of edges) {
    yield magnitudeSent(edge);
    const { operand } = edge;
    if (typeof operand === "number") yield magnitudeOfNumber(operand);
  }
}

function magnitudeSent(edge: OperandEdge): number {
  return Math.abs(sent(edge) ?? 0);
}

/** A number gets no gradient, but is red where it is NaN or ±∞. */
function magnitudeOfNumber(x: number): number {
  return Number.isFinite(x) ? 0 : Number.NaN;
}

function nodeStatement(id: string, node: Value, scale: FlowScale): string {
  const { color, fill, width } = scale.style(magnitudeOf(node));
  const name = nameOf(node);
  const data = `data ${formatNumber(node.data)}`;
  const grad = `grad ${node.hasGrad ? formatNumber(node.grad) : "—"}`;
  return statement(id, {
    label: quote(...name, data, grad),
    class: name.length > 0 ? undefined : '""',
    style: node.op !== undefined ? undefined : name.length > 0 ? "filled" : '"dashed,filled"',
    width: widthFor(name),
    color: quote(color),
    fillcolor: quote(fill),
    penwidth: width,
  });
}

/** The lines above data and grad: the label, the operation, or both; none for a constant. */
function nameOf({ label = "", op }: Value): string[] {
  if (op === undefined) return label === "" ? [] : linesOf(label);
  return linesOf(label === "" ? op.symbol : `${label} = ${op.symbol}`);
}

/** Inches, where the name may need more than the numbers below it. */
function widthFor(name: readonly string[]): string | undefined {
  const inches = (11 * textWidth(name) + 20) / 72;
  return inches > 1.1 ? inches.toFixed(2) : undefined;
}

/** An edge, after the node of its own that a plain number gets. */
function edgeStatements(edge: OperandEdge, ids: Ids, scale: FlowScale): string[] {
  const { operand, result, derivative } = edge;
  const to = ids.get(result)!;
  const from = idOf(edge, ids);
  const { color, width } = scale.style(magnitudeSent(edge));
  const arrow = statement(`${from} -> ${to}`, {
    label: derivative === null ? undefined : quote(formatNumber(derivative)),
    style: derivative === null ? "dashed" : undefined,
    color: quote(color),
    penwidth: width,
    weight: isWide(operand) ? 2 : undefined,
  });
  return typeof operand === "number" ? [numberStatement(from, operand, scale), arrow] : [arrow];
}

function numberStatement(id: string, x: number, scale: FlowScale): string {
  const { color, fill, width } = scale.style(magnitudeOfNumber(x));
  return statement(id, {
    label: quote(formatNumber(x)),
    class: '""',
    style: '"dashed,filled"',
    fontsize: 10,
    width: 0.3,
    margin: '"0.08,0.04"',
    color: quote(color),
    fillcolor: quote(fill),
    penwidth: width,
  });
}
