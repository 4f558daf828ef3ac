import type { Op } from "./op.ts";
import { describe, type Scalar, UNREACHED, Value } from "./value.ts";

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

// A walk marks nodes by offsets on `pending`, which it takes back: a field of its own would be 8 bytes more a node.
const MARK = 2 ** 28;
const isNew = (node: Value): boolean => node.pending > -MARK / 2;
const isEntered = (node: Value): boolean => node.pending > -1.5 * MARK;

/**
 * Every Value that the roots depend on, roots included, operands before results.
 *
 * Depth first without recursion, so depth is bounded by memory only. The order depends on the graph alone:
 * first operands come first.
 *
 * @param roots - one Value or several
 * @throws TypeError if given anything else
 * @example topologicalOrder(value(2).add(value(3))).map((v) => v.data) // [2, 3, 5]
 */
export function topologicalOrder(roots: Value | Iterable<Value>): Value[] {
  return walk(rootsOf("topologicalOrder", roots));
}

/** Where a walk does not go on. */
export interface WalkLimits {
  /** Only along these operand slots. */
  readonly along?: (op: Op, slot: number) => boolean;
  /** Not below these nodes. */
  readonly until?: { has(node: Value): boolean };
}

/** As {@link topologicalOrder}, within limits. */
export function walk(roots: readonly Value[], { along, until }: WalkLimits = {}): Value[] {
  const order: Value[] = [];
  const stack: Value[] = [];
  for (let i = roots.length - 1; i >= 0; i--) stack.push(roots[i]!);
  let op: Op | undefined;
  const enter = (operand: Scalar, slot: number) => {
    if (typeof operand !== "object" || !isNew(operand)) return;
    if (along === undefined || along(op!, slot)) stack.push(operand);
  };
  try {
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      if (isNew(node)) {
        node.pending -= MARK;
        op = node.op;
        if (op !== undefined && !until?.has(node)) {
          eachOperandReversed(node, enter);
          continue;
        }
      }
      stack.pop();
      if (!isEntered(node)) continue;
      node.pending -= MARK;
      order.push(node);
    }
  } catch (error) {
    throw refusal(error, stack);
  } finally {
    for (const node of order) node.pending += 2 * MARK;
    // Nodes are left here only where the walk was interrupted.
    for (const node of stack) if (!isNew(node)) node.pending += MARK;
  }
  return order;
}

/** Names a frozen Value, which takes no mark and no gradient, in place of JavaScript's error. */
function refusal(error: unknown, nodes: readonly Value[]): unknown {
  const frozen = nodes.find((node) => Object.isFrozen(node));
  return frozen === undefined
    ? error
    : new TypeError(`A frozen Value (${frozen.toString()}) cannot be part of a walk: do not freeze Values.`);
}

/**
 * Sets `grad` to 0 on the given Values and on everything they were computed from.
 *
 * @param roots - one Value, or several such as a model's parameters
 * @throws TypeError if given anything else
 * @example const x = value(3); x.mul(x).backward(); zeroGrad([x]); x.grad // 0
 */
export function zeroGrad(roots: Value | Iterable<Value>, ...others: readonly never[]): void {
  if (others.length > 0) throw new TypeError("zeroGrad: give several Values as one array, zeroGrad([a, b]).");
  for (const node of walk(rootsOf("zeroGrad", roots))) {
    node.grad = 0;
    node.pending = UNREACHED;
  }
}

function rootsOf(caller: string, roots: Value | Iterable<Value>): readonly Value[] {
  if (roots instanceof Value) return [roots];
  const isIterable = typeof roots === "object" && roots !== null && Symbol.iterator in roots;
  const all: readonly unknown[] = isIterable ? [...roots] : [roots];
  const wrong = all.findIndex((root) => !(root instanceof Value));
  if (wrong >= 0) {
    throw new TypeError(
      `${caller}: needs a Value, or an array of Values such as model.parameters(), got ` +
        `${isIterable ? `${describe(all[wrong])} at index ${wrong}` : describe(roots)}.`,
    );
  }
  return all as readonly Value[];
}
