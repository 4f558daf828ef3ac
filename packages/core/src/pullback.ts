import { topologicalOrder } from "./graph.ts";
import { add, scale } from "./ops/arithmetic.ts";
import { where } from "./ops/selection.ts";
import { localDerivatives, symbolicPartials } from "./partials.ts";
import type { Scalar, Value } from "./value.ts";

/**
 * ∂root/∂input for each input, without touching any `grad`.
 *
 * With `asGraph` the derivatives are Values that can be differentiated again; without, they are numbers.
 * A product with a zero adjoint is 0 whatever the partial; in a graph it still has a derivative of its own.
 *
 * @returns one entry per input; `undefined` for an input that the root does not depend on
 */
export function pullback(root: Value, inputs: readonly Value[], asGraph: boolean): (Scalar | undefined)[] {
  const isInput = new Set(inputs);
  const order = topologicalOrder(root);
  const active = new Set<Value>();
  for (const node of order) {
    if (isInput.has(node) || node.operands.some((x) => typeof x === "object" && active.has(x)))
      active.add(node);
  }
  const adjoints = new Map<Value, Scalar>();
  if (active.has(root)) adjoints.set(root, 1);
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!;
    const adjoint = adjoints.get(node);
    if (adjoint === undefined || isInput.has(node)) continue;
    const partials = asGraph ? symbolicPartials(node) : localDerivatives(node);
    node.operands.forEach((operand, slot) => {
      const partial = partials[slot]!;
      if (typeof operand === "number" || partial === null || !active.has(operand)) return;
      const contribution = times(adjoint, partial, node.op!.selects);
      const sofar = adjoints.get(operand);
      adjoints.set(operand, sofar === undefined ? contribution : add(sofar, contribution));
    });
  }
  return inputs.map((input) => adjoints.get(input));
}

/** adjoint × partial. A zero adjoint gives 0; so does a zero partial of an operation that selects. */
function times(adjoint: Scalar, partial: Scalar, selects: boolean): Scalar {
  if (partial === 1) return adjoint;
  if (adjoint === 1) return partial;
  const product = scale(adjoint, partial);
  return selects ? where(partial, product, 0) : product;
}
