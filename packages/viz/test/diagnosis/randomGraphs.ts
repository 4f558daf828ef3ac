import {
  add,
  div,
  exp,
  log,
  mul,
  type Scalar,
  sqrt,
  stopGradient,
  sub,
  tanh,
  Value,
  value,
} from "@chainrule/core";
import fc from "fast-check";

const unary = [tanh, (x: Scalar) => mul(x, 0.5), exp, sqrt, log, stopGradient];
const binary = [add, mul, sub, div];

/** How to make a node of those before it. */
interface Step {
  readonly operation: number;
  readonly first: number;
  readonly second: number;
}

/** A random graph: two leaves, then one operation after the other, of any nodes before. The last is the root. */
export interface RandomGraph {
  readonly leaves: readonly [Value, Value];
  readonly root: Value;
}

/**
 * @param numbers - of the leaves
 * @param operations - how many of the list to use, those that are smooth and finite first
 */
export function randomGraphs(
  numbers: fc.Arbitrary<number>,
  operations: "smooth" | "all",
): fc.Arbitrary<RandomGraph> {
  const list =
    operations === "smooth" ? [...binary.slice(0, 3), ...unary.slice(0, 2)] : [...binary, ...unary];
  const step: fc.Arbitrary<Step> = fc.record({
    operation: fc.nat(list.length - 1),
    first: fc.nat(20),
    second: fc.nat(20),
  });
  return fc.tuple(numbers, numbers, fc.array(step, { minLength: 1, maxLength: 10 })).map(([a, b, steps]) => {
    const leaves = [value(a, "a"), value(b, "b")] as const;
    const nodes: Value[] = [...leaves];
    for (const { operation, first, second } of steps) {
      // From the latest, so that graphs are deep.
      const [x, y] = [first, second].map((back) => nodes.at(-1 - (back % nodes.length))!);
      nodes.push((list[operation] as (x: Value, y: Value) => Value)(x!, y!));
    }
    return { leaves, root: nodes.at(-1)! };
  });
}

/** The options of every property: to shrink pairs of doubles can take minutes. */
export const runs = { numRuns: 300, endOnFailure: true, seed: 1 } as const;

/** The operands of a node that are Values. */
export function valuesBelow(node: Value): Value[] {
  return node.operands.filter((operand): operand is Value => operand instanceof Value);
}
