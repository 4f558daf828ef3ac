import type { Op, PartialN } from "./op.ts";
import type { Scalar, Value } from "./value.ts";

/** Whether a gradient can flow from a node made by op to its operand in this slot. */
export function passesGradient(op: Op, slot: number): boolean {
  return typeof op.partials === "function" || op.partials[slot] !== null;
}

export function numberOf(x: Scalar): number {
  return typeof x === "number" ? x : x.data;
}

/** ∂node/∂operand for a slot of a node with one or two operands, as a number. */
export function numericPartial(node: Value, slot: number): number {
  const partial = (node.op!.partials as readonly ((...scalars: number[]) => number)[])[slot]!;
  const first = numberOf(node.first as Scalar);
  if (node.second === undefined) return partial(first, node.data);
  return partial(first, numberOf(node.second as Scalar), node.data);
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
  return partials.map((partial) => partial && (partial as (...xs: Scalar[]) => Scalar)(...operands, result));
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

/**
 * Where the backward sweep reads the partials of an operation. Most rules only pick an operand (`mul`), the result
 * (`exp`) or a constant (`add`, `sum`); then the sweep need not call them.
 */
export interface PartialSources {
  /** Per slot: the index of an operand, or one of the codes below. */
  readonly from: Int32Array;
  /** Per slot: the partial where `from` is CONSTANT. */
  readonly constants: Float64Array;
}

/** The partial is the node's own result. */
export const RESULT = -1;
/** The partial is a constant. */
export const CONSTANT = -2;
/** The rule must be called. */
export const RULE = -3;
/** No gradient flows to the operand. */
export const NONE = -4;
