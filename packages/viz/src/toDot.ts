import { topologicalOrder, type Value } from "@chainrule/core";
import { checkOptions, checkRoots, flag, type OptionKind, oneOf } from "./check.ts";
import { quote, statement } from "./dotStatement.ts";
import { type FlowScale, flowScale, noFlow } from "./flowScale.ts";
import { formatNumber } from "./formatNumber.ts";
import { edgesInto, type GraphEdge } from "./graphEdges.ts";
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
 * flows. Inputs and parameters have sharp corners, operations round ones, constants a dashed border. While no
 * root has a gradient, `grad —` says that there was no `backward()` yet. The text depends on the graph alone.
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
  const hasGradients = roots.some((node) => node.grad !== 0);
  const scale = flow && hasGradients ? flowScale(magnitudes(nodes, edges)) : noFlow;
  const ids = new Map(nodes.map((node, i) => [node, `n${i}`]));
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
      ? [statement("graph", { label: legendLabel(scale), labelloc: "b", labeljust: "l" })]
      : []),
    ...nodes.map((node) => nodeStatement(ids.get(node)!, node, hasGradients, scale)),
    ...edges.flatMap((edge) => edgeStatements(edge, ids, scale)),
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

function* magnitudes(nodes: readonly Value[], edges: readonly GraphEdge[]): Iterable<number> {
  for (const node of nodes) yield Math.abs(node.grad);
  for (const edge of edges) yield edge.magnitude;
}

function nodeStatement(id: string, node: Value, hasGradients: boolean, scale: FlowScale): string {
  const { color, fill, width } = scale.style(Math.abs(node.grad));
  const name = nameOf(node);
  const data = `data ${formatNumber(node.data)}`;
  const grad = `grad ${hasGradients ? formatNumber(node.grad) : "—"}`;
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
function edgeStatements(edge: GraphEdge, ids: ReadonlyMap<Value, string>, scale: FlowScale): string[] {
  const { operand, result, slot, derivative, magnitude } = edge;
  const to = ids.get(result)!;
  const from = typeof operand === "number" ? `${to}_${slot}` : ids.get(operand)!;
  const { color, width } = scale.style(magnitude);
  const arrow = statement(`${from} -> ${to}`, {
    label: derivative === null ? undefined : quote(formatNumber(derivative)),
    style: derivative === null ? "dashed" : undefined,
    color: quote(color),
    penwidth: width,
  });
  return typeof operand === "number" ? [numberStatement(from, operand, scale), arrow] : [arrow];
}

function numberStatement(id: string, x: number, scale: FlowScale): string {
  const { color, fill, width } = scale.style(0);
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
