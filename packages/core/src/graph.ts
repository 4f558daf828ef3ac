import type { Op } from "./op.ts";
import type { Scalar, Value } from "./value.ts";

/** Calls visit on each operand of a node, last slot first. */
function eachOperandReversed(node: Value, visit: (operand: Scalar, slot: number) => void): void {
  const { first, second } = node;
  if (first === undefined) return;
  if (Array.isArray(first)) for (let i = first.length - 1; i >= 0; i--) visit(first[i], i);
  else {
    if (second !== undefined) visit(second as Scalar, 1);
    visit(first as Scalar, 0);
  }
}

const ENTERED = -1;
const LEFT = -2;

/**
 * Every Value that the roots depend on, roots included, operands before results.
 *
 * Depth first without recursion, so depth is bounded by memory only. The order depends on the graph alone:
 * first operands come first.
 *
 * @param roots - one Value or several
 * @example topologicalOrder(value(2).add(value(3))).map((v) => v.data) // [2, 3, 5]
 */
export function topologicalOrder(roots: Value | readonly Value[]): Value[] {
  return walk(Array.isArray(roots) ? roots : [roots as Value], () => true);
}

/** As {@link topologicalOrder}, along those operand slots only that `follows` accepts. */
export function walk(roots: readonly Value[], follows: (op: Op, slot: number) => boolean): Value[] {
  const order: Value[] = [];
  const stack: Value[] = [];
  for (let i = roots.length - 1; i >= 0; i--) stack.push(roots[i]!);
  while (stack.length > 0) {
    const node = stack[stack.length - 1]!;
    if (node.pending >= 0) {
      node.pending = ENTERED;
      eachOperandReversed(node, (operand, slot) => {
        if (typeof operand === "object" && operand.pending >= 0 && follows(node.op!, slot))
          stack.push(operand);
      });
    } else {
      stack.pop();
      if (node.pending === LEFT) continue;
      node.pending = LEFT;
      order.push(node);
    }
  }
  for (const node of order) node.pending = 0;
  return order;
}

/**
 * Sets `grad` to 0, and drops `gradNode`, on the given Values and on everything they were computed from.
 *
 * @param roots - one Value, or several such as a model's parameters
 */
export function zeroGrad(roots: Value | readonly Value[]): void {
  for (const node of topologicalOrder(roots)) {
    node.grad = 0;
    node.gradNode = undefined;
  }
}
