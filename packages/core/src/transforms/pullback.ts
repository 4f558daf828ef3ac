import { walk } from "../graph.ts";
import { mode } from "../mode.ts";
import type { Op } from "../op.ts";
import { add, scale, scaleEither } from "../ops/arithmetic.ts";
import { equal, identity, where } from "../ops/selection.ts";
import { numericPartials, symbolicPartials } from "../partials.ts";
import type { Scalar, Value } from "../value.ts";

/** What a loop needs to send adjoints on. */
export interface Pull {
  readonly adjointOf: (node: Value) => Scalar | undefined;
  readonly isActive: (x: Scalar) => boolean;
  readonly send: (node: Value, contribution: Scalar) => void;
  /** Set by loops that hold contributions back: told of each node before its adjoint is read. */
  settle?: (node: Value) => void;
}

/**
 * Reverse mode: `Σᵢ uᵢ ∂outputᵢ/∂input` for each input, for weights u, without touching any `grad`.
 *
 * With `asGraph` the derivatives are Values that can be differentiated again; without, they are numbers.
 * A product with a zero adjoint is 0 whatever the partial; in a graph it still has a derivative of its own.
 *
 * @param outside - nodes that no input can be reached from
 * @returns one entry per input; `undefined` for an input that no gradient reaches
 */
export function pullback(
  outputs: readonly Value[],
  weights: readonly Scalar[],
  inputs: readonly Value[],
  asGraph: boolean,
  outside: { has(node: Value): boolean } = new Set(),
): (Scalar | undefined)[] {
  const { checks } = mode;
  if (checks === undefined) return sweep(outputs, weights, inputs, asGraph, outside);
  return checks.deriving(() => sweep(outputs, weights, inputs, asGraph, outside));
}

function sweep(
  outputs: readonly Value[],
  weights: readonly Scalar[],
  inputs: readonly Value[],
  asGraph: boolean,
  outside: { has(node: Value): boolean },
): (Scalar | undefined)[] {
  const isInput = new Set(inputs);
  // A captured input may depend on another: what reaches it goes on, and arrives there too.
  const until = { has: (x: Value) => (isInput.has(x) && isEnd(x)) || outside.has(x) };
  const order = walk(outputs, { until });
  const active = activeNodes(order, isInput);
  const adjoints = new Map<Value, Scalar>();
  const accumulate = (node: Value, contribution: Scalar) => {
    const sofar = adjoints.get(node);
    adjoints.set(node, sofar === undefined ? contribution : add(sofar, contribution));
  };
  const isActive = (x: Scalar) => typeof x === "object" && active.has(x);
  const loopAdjoints: Pull = { adjointOf: (node) => adjoints.get(node), isActive, send: accumulate };
  outputs.forEach((output, i) => {
    if (active.has(output)) accumulate(output, weights[i]!);
  });
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!;
    loopAdjoints.settle?.(node);
    const adjoint = adjoints.get(node);
    if (until.has(node)) continue;
    const part = node.op?.loop;
    if (part !== undefined) {
      // Results of a loop wait for it: it needs the adjoints of all of them.
      if (part.kind === "loop" && active.has(node)) part.loop.pull(loopAdjoints);
      continue;
    }
    if (adjoint === undefined) continue;
    const partials = (asGraph ? symbolicPartials : numericPartials)(node, isActive);
    node.operands.forEach((operand, slot) => {
      const partial = partials[slot]!;
      if (typeof operand === "number" || partial === null || !active.has(operand)) return;
      accumulate(operand, times(adjoint, partial, node.op!, partial));
      mode.checks?.sent(node, slot, adjoint, partial, adjoints.get(operand)!);
    });
    if (!isInput.has(node)) adjoints.delete(node);
  }
  return inputs.map((input) => adjoints.get(input));
}

/** Whether no input lies below an input: it is a leaf, or what a transform passed to its function. */
export function isEnd(input: Value): boolean {
  return input.op === undefined || input.op === identity.op;
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
 * upstream × downstream, where upstream is the factor nearer to the output. A zero there gives 0; so does a zero partial
 * of an operation that selects. A branch that was not taken has no derivatives of any order; a factor that is 0 has, so
 * products stay differentiable there.
 */
export function times(upstream: Scalar, downstream: Scalar, op: Op, partial: Scalar): Scalar {
  if (upstream === 1) return downstream;
  if (downstream === 1) return upstream;
  if (op === scale.op || op === scaleEither.op) return scaleEither(upstream, downstream);
  const product = scale(upstream, downstream);
  return op.selects ? where(equal(partial, 0), 0, product) : product;
}
