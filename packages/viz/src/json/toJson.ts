import type { Value } from "@chainrule/core";
import { checkOptions } from "../check.ts";
import type { View, ViewEdge, ViewNode } from "../graph/view.ts";
import { shownNote, type ViewOptions, viewOf, viewOptionKinds } from "../graph/viewOf.ts";
import { pageJson } from "./pageJson.ts";

/** A number as JSON holds it: NaN, ∞, −∞ and −0 by their names in JavaScript, which `Number` reads. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity" | "-0";

/** What `JSON.parse(toJson(root))` gives. Fields may be added in a version; what is here stays. */
export interface GraphJson {
  readonly format: "chainrule graph";
  readonly version: 1;
  /** How much the whole graph has. */
  readonly total: { readonly nodes: number; readonly edges: number };
  /** Why less than that is here; `null` if all is. */
  readonly note: string | null;
  /** The ids of the nodes that were asked for. */
  readonly roots: readonly number[];
  /** Operands before results. */
  readonly nodes: readonly NodeJson[];
  /** One for each operand slot: `x.mul(x)` has two. */
  readonly edges: readonly EdgeJson[];
}

/** A Value, a plain number that is an operand, or what stands for several. */
export interface NodeJson {
  /** Its place in the topological order of the whole graph; beyond that for what stands for several. */
  readonly id: number;
  readonly kind: "operation" | "parameter" | "input" | "constant" | "neuron" | "layer" | "part";
  /** Whether it is a number written in a formula, such as the 2 of `x.mul(2)`, and no Value. */
  readonly plain: boolean;
  /** "" where it has none. */
  readonly label: string;
  /** The name and the symbol of the operation, such as `mul` and `×`. */
  readonly op: string | null;
  readonly symbol: string | null;
  /** `null` where the node stands for several with more than one result. */
  readonly data: JsonNumber | null;
  /** `null` if no `backward()` has reached it. */
  readonly grad: JsonNumber | null;
  /** The parts of the model that it is in, the outermost first, such as `["layers.0", "layers.0.neurons.2"]`. */
  readonly parts: readonly string[];
  /** How many other nodes it stands for, and how many of its operands are left out. */
  readonly hidden: number;
  readonly cut: number;
}

/** An operand slot. */
export interface EdgeJson {
  readonly from: number;
  readonly to: number;
  readonly slot: number;
  /** ∂to/∂from by this slot alone; `null` where no gradient flows, and of several edges as one. */
  readonly derivative: JsonNumber | null;
  /** What `backward()` sent along; `null` if nothing. Of several edges as one, the largest. */
  readonly contribution: JsonNumber | null;
  /** How many edges it stands for. */
  readonly count: number;
}

/**
 * The computation graph below a root as JSON, of the form {@link GraphJson}, with every number in full. It can be put
 * into a page: what could end a script is escaped.
 *
 * @param root - one Value, or several
 * @param options - what to show; everything unless told
 * @returns JSON text, one line for each node and each edge
 * @throws TypeError if root is not a Value or an option is not one of those allowed
 * @throws RangeError if root is an empty array or the focus is not in the graph
 */
export function toJson(root: Value | readonly Value[], options: ViewOptions = {}): string {
  checkOptions("toJson", options, viewOptionKinds);
  return viewToJson(viewOf("toJson", root, options, "none"));
}

/** What is shown of a graph as such JSON. */
export function viewToJson(view: View): string {
  const { total, roots, nodes, edges } = view;
  const head = { format: "chainrule graph", version: 1, total, note: shownNote(view) ?? null, roots };
  return [
    `${pageJson(head).slice(0, -1)},`,
    `"nodes":[`,
    nodes.map((node) => pageJson(nodeJson(node))).join(",\n"),
    `],`,
    `"edges":[`,
    edges.map((edge) => pageJson(edgeJson(edge))).join(",\n"),
    "]}\n",
  ].join("\n");
}

function nodeJson(node: ViewNode): NodeJson {
  const { id, kind, isPlain, label, op, symbol, data, grad, parts, hidden, cut } = node;
  return {
    id,
    kind,
    plain: isPlain,
    label,
    op: op ?? null,
    symbol: symbol ?? null,
    data: jsonNumber(data),
    grad: jsonNumber(grad),
    parts,
    hidden,
    cut,
  };
}

function edgeJson({ from, to, slot, derivative, contribution, count }: ViewEdge): EdgeJson {
  return {
    from,
    to,
    slot,
    derivative: jsonNumber(derivative),
    contribution: jsonNumber(contribution),
    count,
  };
}

/** A number in full: JSON.stringify would write NaN and ±∞ as null, and −0 as 0. */
export function jsonNumber(x: number | null): JsonNumber | null {
  if (Object.is(x, -0)) return "-0";
  return x === null || Number.isFinite(x) ? x : (String(x) as JsonNumber);
}
