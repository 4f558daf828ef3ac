import type { Op, PartialN } from "./op.ts";
import { describe, isScalar, type Scalar, type Value } from "./value.ts";

/** Whether a gradient can flow from a node made by op to its operand in this slot. */
export function passesGradient(op: Op, slot: number): boolean {
  return typeof op.partials === "function" || op.partials[slot] !== null;
}

export function numberOf(x: Scalar): number {
  return typeof x === "number" ? x : x.data;
}

/**
 * What a node with this adjoint sends to an operand: adjoint × partial; 0 for a zero adjoint, and for a zero partial of
 * an operation that selects.
 */
export function contribution(adjoint: number, partial: number, op: Op): number {
  return adjoint === 0 || (partial === 0 && op.selects) ? 0 : adjoint * partial;
}

/** ∂node/∂operand for a slot of a node with one or two operands, by calling its rule. */
export function numericPartial(node: Value, slot: number): number {
  const rule = (node.op!.partials as readonly ((...scalars: number[]) => number)[])[slot]!;
  const a = numberOf(node.first as Scalar);
  const partial =
    node.second === undefined ? rule(a, node.data) : rule(a, numberOf(node.second as Scalar), node.data);
  if (typeof partial !== "number") throw wrongPartial(node.op!, slot, partial);
  return partial;
}

function wrongPartial(op: Op, slot: number, partial: unknown): TypeError {
  return new TypeError(
    `${op.name}: its partial for operand ${slot + 1} must return a number for numbers, got ${describe(partial)}. ` +
      "Write it in operations of its operands, such as mul(2, a), and return it.",
  );
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
function partialsAt(op: Op, operands: readonly Scalar[], result: Scalar): readonly (Scalar | null)[] {
  const { partials } = op;
  const all =
    typeof partials === "function"
      ? (partials as PartialN)(operands, result)
      : partials.map((partial) =>
          typeof partial === "function"
            ? (partial as (...xs: Scalar[]) => Scalar)(...operands, result)
            : partial,
        );
  for (let slot = 0; slot < operands.length; slot++) {
    const partial: unknown = all[slot];
    if (partial !== null && typeof partial !== "number" && !isScalar(partial))
      throw wrongPartial(op, slot, partial);
  }
  return all;
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
