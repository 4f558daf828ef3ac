import { walk } from "../graph.ts";
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
 * @returns one entry per input; `undefined` for an input that no gradient reaches
 */
export function pullback(
  outputs: readonly Value[],
  weights: readonly Scalar[],
  inputs: readonly Value[],
  asGraph: boolean,
): (Scalar | undefined)[] {
  const isInput = new Set(inputs);
  const order = walk(outputs, { until: isInput });
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
      accumulate(operand, times(adjoint, partial, node.op!, partial));
    });
    adjoints.delete(node);
  }
  return inputs.map((input) => adjoints.get(input));
}

/** The nodes that depend on an input, inputs included, of nodes in topological order. */
function activeNodes(order: readonly Value[], inputs: ReadonlySet<Value>): Set<Value> {
  const active = new Set<Value>();
  for (const node of order) {
    const isActive = inputs.has(node) || node.operands.some((x) => typeof x === "object" && active.has(x));
    if (isActive) active.add(node);
  }
  return active;
}

/**
 * upstream × downstream, where upstream is the factor nearer to the output. A zero there gives 0; so does a zero partial
 * of an operation that selects. A branch that was not taken has no derivatives of any order; a factor that is 0 has, so
 * products stay differentiable there.
 */
export function times(upstream: Scalar, downstream: Scalar, op: Op, partial: Scalar): Scalar {
  if (upstream === 1) return downstream;
  if (downstream === 1) return upstream;
  if (op === scale.op || op === scaleEither.op) return scaleEither(upstream, downstream);
  const product = scale(upstream, downstream);
  return op.selects ? where(partial, product, 0) : product;
}
