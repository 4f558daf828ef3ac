import type { Op } from "../op.ts";
import { TraceError } from "../traceError.ts";
import { type Scalar, Value } from "../value.ts";

/** A leaf that stands for a number of the arguments, or in the body of a loop for one that changes from row to row. */
export function placeholder(depth: number): Value {
  const leaf = new Value(Number.NaN);
  leaf.stamp = stampAt(depth);
  return leaf;
}

/** The stamp of nodes that depend on the body of a loop at this depth, and on none within it. */
export function stampAt(depth: number): number {
  return -1 - depth;
}

/** A node of a trace. It belongs to the innermost of the bodies that its operands belong to. */
export function tracedNode(op: Op, operands: readonly Scalar[]): Value {
  const node =
    op.arity === 1 || op.arity === 2
      ? new Value(Number.NaN, op, operands[0], operands[1])
      : new Value(Number.NaN, op, operands);
  let stamp = stampAt(0);
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i]!;
    if (typeof operand === "object" && operand.stamp < stamp) stamp = operand.stamp;
  }
  node.stamp = stamp;
  return node;
}

/** For a Value that belongs to a body, or a trace, in which it is not used. */
export function leakedValue(): TraceError {
  return new TraceError(
    "A Value made in the function of a row (of sum, mean, map or scan), or while another function was traced, is used " +
      "outside of that function. Return it instead.",
  );
}
