import type { Op } from "@chainrule/core";
import { formatNumber } from "../formatNumber.ts";
import type { Graph, GraphNode } from "../graph/graph.ts";
import { oneLine } from "../text.ts";

/** More operands than this are cut, with their number. */
const MOST_OPERANDS = 6;

/** The label of a node, or else the symbol of its operation, or its number. */
export function nameOf({ label, symbol, data }: GraphNode): string {
  return oneLine(label || (symbol ?? formatNumber(data)));
}

/** A node with its operands, such as `loss = log(p = 0)`. */
export function calculationOf({ nodes, edges }: Graph, id: number): string {
  const node = nodes[id]!;
  const label = node.label === "" ? "" : `${oneLine(node.label)} = `;
  if (node.op === undefined) return `${label}${formatNumber(node.data)}`;
  const operands = edges
    .filter(({ to }) => to === id)
    .sort((a, b) => a.slot - b.slot)
    .map(({ from }) => labelled(nodes[from]!));
  return `${label}${oneLine(node.op)}(${shortened(operands)})`;
}

function labelled({ label, data }: GraphNode): string {
  return label === "" ? formatNumber(data) : `${oneLine(label)} = ${formatNumber(data)}`;
}

/** An operation on numbers as one writes it: `log(-1)`, `0 ÷ 0`. */
export function expressionOf(op: Op, operands: readonly number[]): string {
  const numbers = operands.map((x) => formatNumber(x));
  const isInfix = operands.length === 2 && /^[^\p{L}\d]$/u.test(op.symbol);
  return isInfix ? numbers.join(` ${op.symbol} `) : `${oneLine(op.name)}(${shortened(numbers)})`;
}

function shortened(items: readonly string[]): string {
  if (items.length <= MOST_OPERANDS) return items.join(", ");
  return `${items.slice(0, MOST_OPERANDS).join(", ")}, … ${items.length} in all`;
}
