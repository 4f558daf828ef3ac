import type { Value } from "@chainrule/core";
import { checkOptions } from "../check.ts";
import { formatNumber } from "../formatNumber.ts";
import { edgesByResult, type View, type ViewEdge, type ViewNode } from "../graph/view.ts";
import { shownNote, type ViewOptions, viewOf, viewOptionKinds } from "../graph/viewOf.ts";
import { count } from "../text.ts";
import { table, terminalText } from "./listing.ts";

/**
 * The computation graph below a root as a table for terminals: each result above its operands, which are indented.
 * Operands of what was shown before are not listed again: a · stands before its name.
 *
 * Columns: what a node is, data, `grad` (— where no `backward()` has reached it), and the local derivative ∂↑: of the
 * result that the row stands under, by this operand (— where no gradient flows).
 *
 * @param root - one Value, or several
 * @param options - what to show; everything unless told
 * @throws TypeError if root is not a Value or an option is not one of those allowed
 * @throws RangeError if root is an empty array or the focus is not in the graph
 * @example toText(value(2, "x").mul(3)).split("\n").length // 5
 */
export function toText(root: Value | readonly Value[], options: ViewOptions = {}): string {
  checkOptions("toText", options, viewOptionKinds);
  return viewToText(viewOf("toText", root, options, "none"));
}

/** What is shown of a graph as such a table. */
export function viewToText(view: View): string {
  const text = table([["", "", "data", "grad", "∂↑"], ...rowsOf(view)].map(kindLast), WIDEST);
  const note = shownNote(view);
  return note === undefined ? `${text}\n` : `${text}\n${note}\n`;
}

/** Columns for the names; longer ones push the numbers to the right. */
const WIDEST = 60;
/** Deeper than this the indentation starts anew, after the depth in numbers: a chain would leave the page. */
const DEEPEST = 16;

/** Where it is read after the numbers. */
function kindLast([name, kind, ...numbers]: readonly string[]): string[] {
  return [name!, ...numbers, kind!];
}

function rowsOf(view: View): string[][] {
  const into = edgesByResult(view.edges);
  const byId = new Map(view.nodes.map((node) => [node.id, node]));
  const shown = new Set<number>();
  const rows: string[][] = [];
  const tops = topsOf(view);
  const stack: { id: number; depth: number; edge?: ViewEdge }[] = tops
    .map((id) => ({ id, depth: 0 }))
    .toReversed();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { id, depth, edge } = next;
    const node = byId.get(id)!;
    const operands = into.get(id) ?? [];
    const isRepeated = shown.has(id);
    // A root that stands under another root as well needs no line of its own.
    if (isRepeated && edge === undefined) continue;
    const mark = isRepeated ? "· " : "";
    rows.push([indent(depth) + mark + nameOf(node), kindOf(node), ...numbersOf(node), derivativeOf(edge)]);
    if (isRepeated) continue;
    shown.add(id);
    for (const below of operands.toReversed()) stack.push({ id: below.from, depth: depth + 1, edge: below });
  }
  return rows;
}

/** The roots, and what no result is shown of. */
function topsOf({ nodes, edges, roots }: View): number[] {
  const used = new Set(edges.map(({ from }) => from));
  const others = nodes.filter(({ id }) => !used.has(id)).map(({ id }) => id);
  return [...new Set([...roots, ...others.toReversed()])];
}

function indent(depth: number): string {
  const whole = depth - (depth % DEEPEST);
  return (whole > 0 ? `${whole}› ` : "") + "  ".repeat(depth - whole);
}

/** As in pictures: the label, the operation, or both. A plain number has its name in the column of its data. */
function nameOf({ label, symbol, hidden, cut }: ViewNode): string {
  const name = symbol === undefined ? label : label === "" ? symbol : `${label} = ${symbol}`;
  const hides = hidden > 0 ? ` (${count(hidden + 1, "node")})` : "";
  const cuts = cut > 0 ? ` ⋯ ${count(cut, "operand")} not shown` : "";
  return (name === "" ? "number" : terminalText(name)) + hides + cuts;
}

function kindOf({ kind, op }: ViewNode): string {
  return op ?? kind;
}

function numbersOf({ data, grad, isPlain, group }: ViewNode): [data: string, grad: string] {
  const gradient = grad === null ? "—" : formatNumber(grad);
  const mean = group === undefined || data !== null ? gradient : "";
  return [data === null ? "" : formatNumber(data), isPlain ? "" : mean];
}

function derivativeOf(edge: ViewEdge | undefined): string {
  if (edge === undefined) return "";
  if (edge.count > 1) return `${edge.count} edges`;
  return edge.derivative === null ? "—" : formatNumber(edge.derivative);
}
