import { formatNumber } from "../../formatNumber.ts";
import type { StepGraph, StepNode } from "./stepGraph.ts";
import type { Sent } from "./sweep.ts";

/** A number as text, or what stands where there is none. */
export function numberOr(none: string, x: number | undefined): string {
  return x === undefined ? none : formatNumber(x);
}

/** What a node is called: its label, the number of a constant, or v and its place for an operation. */
export function nameOf({ id, label, op, data }: StepNode): string {
  if (label) return label.replace(/\s*[\r\n]+\s*/g, " ");
  return op ? `v${id}` : formatNumber(data);
}

/** What stands in the box of a node: `h = ×` for an operation. */
export function titleOf(node: StepNode): string {
  return node.op ? `${nameOf(node)} = ${node.op.symbol}` : nameOf(node);
}

/** The same, cut where it is long. */
export function shortTitle(node: StepNode): string {
  const characters = [...titleOf(node)];
  return characters.length > 24 ? `${characters.slice(0, 23).join("")}…` : characters.join("");
}

/** An operation applied to its operands, in letters and in numbers: `x × w` and `2 × (-3)`. */
export function formulaOf({ nodes }: StepGraph, node: StepNode): { letters: string; numbers: string } {
  const operands = node.operands.map(({ from }) => nodes[from]!);
  return {
    letters: applied(node, operands.map(nameOf)),
    numbers: applied(
      node,
      operands.map(({ data }) => formatNumber(data)),
    ),
  };
}

const LONGEST = 8;

function applied({ op }: StepNode, operands: readonly string[]): string {
  const { name, symbol } = op!;
  const isInfix = operands.length === 2 && /^[^\p{L}\p{N}]$/u.test(symbol);
  if (isInfix) return `${operands[0]} ${symbol} ${inBrackets(operands[1]!)}`;
  const shown =
    operands.length > LONGEST
      ? [...operands.slice(0, LONGEST - 2), `… (${operands.length} operands)`, operands.at(-1)]
      : operands;
  return `${name}(${shown.join(", ")})`;
}

/** A negative factor in brackets. */
export function inBrackets(number: string): string {
  return /^-[\d∞]/.test(number) ? `(${number})` : number;
}

/** The local derivative of an operand slot: `∂×/∂arg₂`. */
export function slotName(symbol: string, slot: number): string {
  const index = String(slot + 1).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]!);
  return `∂${symbol}/∂arg${index}`;
}

/** `upstream × local = contribution`. */
export function productOf({ upstream, edge, contribution }: Sent): string {
  return `${formatNumber(upstream)} × ${inBrackets(formatNumber(edge.derivative ?? 0))} = ${formatNumber(contribution)}`;
}
