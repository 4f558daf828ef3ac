import type { Op, PartialN } from "./op.ts";
import type { Scalar, Value } from "./value.ts";

/** Whether a gradient can flow from a node made by op to its operand in this slot. */
export function passesGradient(op: Op, slot: number): boolean {
  return typeof op.partials === "function" || op.partials[slot] !== null;
}

export function numberOf(x: Scalar): number {
  return typeof x === "number" ? x : x.data;
}

/** ∂node/∂operand for a slot of a node with one or two operands, by calling its rule. */
export function numericPartial(node: Value, slot: number): number {
  const rule = (node.op!.partials as readonly ((...scalars: number[]) => number)[])[slot]!;
  const a = numberOf(node.first as Scalar);
  if (node.second === undefined) return rule(a, node.data);
  return rule(a, numberOf(node.second as Scalar), node.data);
}

/** ∂node/∂operand for every slot, as numbers; `null` where no gradient flows. */
export function numericPartials(node: Value): readonly (number | null)[] {
  return partialsAt(node.op!, node.operands.map(numberOf), node.data) as readonly (number | null)[];
}

/** ∂node/∂operand for every slot as scalars of the graph, which can be differentiated again. */
export function symbolicPartials(node: Value): readonly (Scalar | null)[] {
  return partialsAt(node.op!, node.operands, node);
}

/** What the rules of an operation say for these operands and this result. */
export function partialsAt(
  { partials }: Op,
  operands: readonly Scalar[],
  result: Scalar,
): readonly (Scalar | null)[] {
  if (typeof partials === "function") return (partials as PartialN)(operands, result);
  return partials.map((partial) =>
    typeof partial === "function" ? (partial as (...xs: Scalar[]) => Scalar)(...operands, result) : partial,
  );
}

/**
 * The local derivatives of a node: ∂node/∂operand for each operand slot, at the numbers the graph holds.
 *
 * @returns one entry per slot; `null` where no gradient flows (a condition, a comparison). Empty for a leaf
 * @example localDerivatives(value(3).mul(value(4))) // [4, 3]
 */
export function localDerivatives(node: Value): readonly (number | null)[] {
  return node.op === undefined ? [] : numericPartials(node);
}
