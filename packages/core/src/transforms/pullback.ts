import { walk } from "../graph.ts";
import { mode } from "../mode.ts";
import { type NodeNumbers, PassingNumbers } from "../nodeNumbers.ts";
import type { Op } from "../op.ts";
import { add, scale, scaleEither } from "../ops/arithmetic.ts";
import { equal, identity, where } from "../ops/selection.ts";
import { numericPartials, symbolicPartials } from "../partials.ts";
import type { Scalar, Slot, Value } from "../value.ts";

/** What a loop needs to send adjoints on. */
export interface Pull {
  readonly adjointOf: (node: Value) => Scalar | undefined;
  /** The place of a scalar among those that get a gradient, in topological order; `undefined` for any other. */
  readonly placeOf: (x: Scalar) => number | undefined;
  readonly send: (place: number, contribution: Scalar) => void;
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
  const places = new PassingNumbers();
  const pull = () => sweep(outputs, weights, inputs, asGraph, outside, places);
  try {
    return mode.checks === undefined ? pull() : mode.checks.deriving(pull);
  } finally {
    places.end();
  }
}

function sweep(
  outputs: readonly Value[],
  weights: readonly Scalar[],
  inputs: readonly Value[],
  asGraph: boolean,
  outside: { has(node: Value): boolean },
  places: NodeNumbers,
): (Scalar | undefined)[] {
  // An active node's place in the order is from 1 on; that of an input which no output depends on is 0.
  for (const input of inputs) places.set(input, 0);
  // A captured input may depend on another: what reaches it goes on, and arrives there too.
  const order = walk(outputs, { until: { has: (x) => outside.has(x) || (isEnd(x) && places.has(x)) } });
  numberActive(order, places);
  const isInput = new Uint8Array(order.length + 1);
  for (const input of inputs) isInput[places.get(input)!] = 1;
  const adjoints = new Array<Scalar | undefined>(order.length + 1);
  const accumulate = (place: number, contribution: Scalar) => {
    const sofar = adjoints[place];
    adjoints[place] = sofar === undefined ? contribution : add(sofar, contribution);
  };
  const isActive = (x: Scalar) => typeof x === "object" && places.has(x);
  const adjointOf = (node: Value) => {
    const place = places.get(node);
    return place === undefined ? undefined : adjoints[place];
  };
  const placeOf = (x: Scalar) => (typeof x === "object" ? places.get(x) : undefined);
  const loopAdjoints: Pull = { adjointOf, placeOf, send: accumulate };
  outputs.forEach((output, i) => {
    const place = places.get(output);
    if (place !== undefined) accumulate(place, weights[i]!);
  });
  for (let place = order.length; place > 0; place--) {
    const node = order[place - 1]!;
    if (!places.has(node)) continue;
    loopAdjoints.settle?.(node);
    const adjoint = adjoints[place];
    if (isInput[place] === 1 && (isEnd(node) || outside.has(node))) continue;
    const part = node.op?.loop;
    if (part !== undefined) {
      // Results of a loop wait for it: it needs the adjoints of all of them.
      if (part.kind === "loop") part.loop.pull(loopAdjoints);
      continue;
    }
    if (adjoint === undefined) continue;
    const { operands } = node;
    const partials = (asGraph ? symbolicPartials : numericPartials)(node, isActive);
    for (let slot = 0; slot < operands.length; slot++) {
      const operand = operands[slot]!;
      const partial = partials[slot]!;
      if (typeof operand === "number" || partial === null) continue;
      const to = places.get(operand);
      if (to === undefined) continue;
      accumulate(to, times(adjoint, partial, node.op!, partial));
      mode.checks?.sent(node, slot, adjoint, partial, adjoints[to]!);
    }
    if (isInput[place] === 0) adjoints[place] = undefined;
  }
  return inputs.map(adjointOf);
}

/** Whether no input lies below an input: it is a leaf, or what a transform passed to its function. */
export function isEnd(input: Value): boolean {
  return input.op === undefined || input.op === identity.op;
}

/** Numbers the nodes that are numbered or depend on one that is by their places in topological order, from 1 on. */
export function numberActive(order: readonly Value[], numbers: NodeNumbers): void {
  const isActive = (x: Slot) => typeof x === "object" && numbers.has(x as Value);
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    const { first, second } = node;
    const depends = Array.isArray(first) ? first.some(isActive) : isActive(first) || isActive(second);
    if (depends || numbers.has(node)) numbers.set(node, i + 1);
  }
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
