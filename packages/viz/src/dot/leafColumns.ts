import type { Scalar, Value } from "@chainrule/core";

/** An operand slot: what is in it, and of which node. */
export interface OperandSlot {
  readonly operand: Scalar;
  readonly result: Value;
  readonly slot: number;
}

/** Whether so many arrows go into a node that they need the room beside it. */
export function isWide(operand: Scalar): operand is Value {
  return typeof operand === "object" && operand.operands.length > 2;
}

/**
 * Leaves that belong in one column: those of a node with many operands, and the leaves that join its result, as the
 * bias of a neuron does. Nearer to where they join they would stand in the way of the arrows.
 */
export function leafColumns(nodes: readonly Value[]): (readonly OperandSlot[])[] {
  return nodes.flatMap((node) => {
    const joining = leavesOf(node);
    const first = node.operands.filter(isWide).flatMap(leavesOf)[0];
    return joining.length === 0 || first === undefined ? [] : [[first, ...joining]];
  });
}

function leavesOf(result: Value): OperandSlot[] {
  return result.operands
    .map((operand, slot) => ({ operand, result, slot }))
    .filter(({ operand }) => typeof operand === "number" || operand.op === undefined);
}
