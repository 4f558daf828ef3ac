import { describe, Value } from "./value.ts";

/**
 * For how many contributions a node waits in `backward()`: the operand slots that took it and pass a gradient, in any
 * graph, also outside that of the root. A leaf waits for none, and neither does a node of a function that is being traced.
 *
 * @returns a whole number, 0 or more
 * @throws TypeError if given anything but a Value
 * @example const h = value(3).exp(); h.mul(h).add(1); useCount(h) // 2
 */
export function useCount(node: Value): number {
  if (!(node instanceof Value)) throw new TypeError(`useCount: needs a Value, got ${describe(node)}.`);
  // In a trace the field serves for something else.
  return node.stamp < 0 ? 0 : node.uses;
}
