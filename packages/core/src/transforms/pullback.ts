import { topologicalOrder } from "../graph.ts";
import type { Op } from "../op.ts";
import { add, scale, scaleEither } from "../ops/arithmetic.ts";
import { where } from "../ops/selection.ts";
import { localDerivatives, symbolicPartials } from "../partials.ts";
import type { Scalar, Value } from "../value.ts";

/**
 * Reverse mode: `Σᵢ uᵢ ∂outputᵢ/∂input` for each input, for weights u, without touching any `grad`.
 *
 * With `asGraph` the derivatives are Values that can be differentiated again; without, they are numbers.
 * A product with a zero adjoint is 0 whatever the partial; in a graph it still has a derivative of its own.
 *
 * @returns one entry per input; `undefined` for an input that no output depends on
 */
export function pullback(
  outputs: readonly Value[],
  weights: readonly Scalar[],
  inputs: readonly Value[],
  asGraph: boolean,
): (Scalar | undefined)[] {
  const isInput = new Set(inputs);
  const order = topologicalOrder(outputs);
  const active = activeNodes(order, isInput);
  const adjoints = new Map<Value, Scalar>();
  const accumulate = (node: Value, contribution: Scalar) => {
    const sofar = adjoints.get(node);
    adjoints.set(node, sofar === undefined ? contribution : add(sofar, contribution));
  };
  outputs.forEach((output, i) => {
    if (active.has(output)) accumulate(output, weights[i]!);
  });
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!;
    const adjoint = adjoints.get(node);
    if (adjoint === undefined || isInput.has(node)) continue;
    const partials = asGraph ? symbolicPartials(node) : localDerivatives(node);
    node.operands.forEach((operand, slot) => {
      const partial = partials[slot]!;
      if (typeof operand === "number" || partial === null || !active.has(operand)) return;
      accumulate(operand, times(adjoint, partial, node.op!));
    });
    adjoints.delete(node);
  }
  return inputs.map((input) => adjoints.get(input));
}

/** The nodes that depend on an input, inputs included, of nodes in topological order. */
export function activeNodes(order: readonly Value[], inputs: ReadonlySet<Value>): Set<Value> {
  const active = new Set<Value>();
  for (const node of order) {
    const isActive = inputs.has(node) || node.operands.some((x) => typeof x === "object" && active.has(x));
    if (isActive) active.add(node);
  }
  return active;
}

/**
 * derivative × partial. A zero derivative gives 0; so does a zero partial of an operation that selects. A branch that
 * was not taken has no derivatives of any order; a factor that is 0 has, so products stay differentiable there.
 */
export function times(derivative: Scalar, partial: Scalar, op: Op): Scalar {
  if (partial === 1) return derivative;
  if (derivative === 1) return partial;
  if (op === scale.op || op === scaleEither.op) return scaleEither(derivative, partial);
  const product = scale(derivative, partial);
  return op.selects ? where(partial, product, 0) : product;
}
