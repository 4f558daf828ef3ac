import { walk } from "./graph.ts";
import { mode } from "./mode.ts";
import type { Op } from "./op.ts";
import {
  CONSTANT,
  NONE,
  numberOf,
  numericPartial,
  numericPartials,
  type PartialSources,
  passesGradient,
  RESULT,
  RULE,
} from "./partials.ts";
import type { Scalar, Value } from "./value.ts";

/**
 * Adds ∂root/∂leaf to the grad of every leaf below root, and sets the grad of the nodes between.
 *
 * A node is finished when a contribution has arrived for each of its uses; then it sends `adjoint × partial` on to
 * its operands. That visits the graph in reverse topological order without sorting it first: uses were counted when
 * the graph was built.
 */
export function backward(root: Value): void {
  mode.checks?.beforeBackward(root);
  if (root.op === undefined) {
    root.grad += 1;
    return;
  }
  const sweep: Sweep = { ready: [root], shared: [] };
  root.grad = 1;
  run(sweep);
  const waiting = sweep.shared.filter((node) => node.pending > 0);
  if (waiting.length > 0) {
    expectOnly(waiting, sweep);
    run(sweep);
  }
}

/** The state of one backward sweep. */
export interface Sweep {
  /** Nodes whose gradient is complete, not yet sent on. */
  readonly ready: Value[];
  /** Nodes with several uses that got a contribution. */
  readonly shared: Value[];
}

function run(sweep: Sweep): void {
  let node = sweep.ready.pop();
  while (node !== undefined) {
    const { first, second } = node;
    let next: Value | undefined;
    if (Array.isArray(first)) (node.op!.sendAll ?? sendToAll)(first, node, sweep);
    else {
      const sources = sourcesOf(node.op!, second === undefined ? 1 : 2);
      if (typeof first === "object" && sources.from[0] !== NONE) {
        const contribution = contributionOf(node, partialAt(node, 0, sources));
        if (receive(first as Value, contribution, sweep)) next = first as Value;
      }
      if (typeof second === "object" && sources.from[1] !== NONE) {
        const contribution = contributionOf(node, partialAt(node, 1, sources));
        if (receive(second as Value, contribution, sweep)) {
          if (next !== undefined) sweep.ready.push(next);
          next = second as Value;
        }
      }
    }
    node = next ?? sweep.ready.pop();
  }
}

function sourcesOf(op: Op, count: number): PartialSources {
  return op.sources[count] ?? op.findSources(count);
}

/** The partial for a slot of a node with one or two operands. */
function partialAt(node: Value, slot: number, { from, constants }: PartialSources): number {
  const source = from[slot]!;
  if (source === CONSTANT) return constants[slot]!;
  if (source === RESULT) return node.data;
  if (source === RULE) return numericPartial(node, slot);
  return numberOf((source === 0 ? node.first : node.second) as Scalar);
}

function sendToAll(operands: readonly Scalar[], node: Value, sweep: Sweep): void {
  const { from, constants } = sourcesOf(node.op!, operands.length);
  let called: readonly (number | null)[] | undefined;
  for (let slot = 0; slot < operands.length; slot++) {
    const operand = operands[slot]!;
    const source = from[slot]!;
    if (typeof operand === "number" || source === NONE) continue;
    let partial = constants[slot]!;
    if (source >= 0) partial = numberOf(operands[source]!);
    else if (source === RESULT) partial = node.data;
    else if (source === RULE) {
      called ??= numericPartials(node);
      partial = called[slot]!;
    }
    if (receive(operand, contributionOf(node, partial), sweep)) sweep.ready.push(operand);
  }
}

/** adjoint × partial: 0 for a zero adjoint, and for a zero partial of an operation that selects. */
function contributionOf(node: Value, partial: number): number {
  const adjoint = node.grad;
  return adjoint === 0 || (partial === 0 && node.op!.selects) ? 0 : adjoint * partial;
}

/** Adds a contribution to a node's grad; says whether an inner node now has all it waits for. */
export function receive(node: Value, contribution: number, sweep: Sweep): boolean {
  if (node.op === undefined) {
    node.grad += contribution;
    return false;
  }
  if (node.uses === 1) {
    node.grad = contribution;
    return true;
  }
  if (node.pending === 0) {
    node.pending = node.uses;
    node.grad = contribution;
    sweep.shared.push(node);
  } else {
    node.grad += contribution;
  }
  node.pending--;
  return node.pending === 0;
}

/**
 * Some nodes wait for uses that the root does not depend on: a second output, a metric, a dropped expression.
 * Counts again, among what the waiting nodes depend on, and puts those in line that have all they will get.
 */
function expectOnly(waiting: readonly Value[], sweep: Sweep): void {
  const arrived = waiting.map((node) => node.grad);
  const unfinished = walk(waiting, passesGradient).filter((node) => node.op !== undefined);
  for (const node of unfinished) node.grad = 0;
  waiting.forEach((node, i) => {
    node.grad = arrived[i]!;
  });
  for (const node of unfinished) {
    node.operands.forEach((operand, slot) => {
      if (typeof operand === "object" && operand.op !== undefined && passesGradient(node.op!, slot)) {
        operand.pending++;
      }
    });
  }
  sweep.ready.push(...waiting.filter((node) => node.pending === 0));
}
