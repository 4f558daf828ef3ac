import { walk } from "./graph.ts";
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

interface Sweep {
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
    if (Array.isArray(first)) sendToAll(node, first, sweep);
    else {
      const sources = sourcesOf(node.op!, second === undefined ? 1 : 2);
      if (typeof first === "object" && sources.from[0] !== NONE) {
        if (send(node, first as Value, partialAt(node, 0, sources), sweep)) next = first as Value;
      }
      if (typeof second === "object" && sources.from[1] !== NONE) {
        if (send(node, second as Value, partialAt(node, 1, sources), sweep)) {
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

function sendToAll(node: Value, operands: readonly Scalar[], sweep: Sweep): void {
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
    if (send(node, operand, partial, sweep)) sweep.ready.push(operand);
  }
}

/** Adds a node's contribution to an operand's grad; says whether the operand now has all it waits for. */
function send(node: Value, operand: Value, partial: number, sweep: Sweep): boolean {
  const adjoint = node.grad;
  const masked = adjoint === 0 || (partial === 0 && node.op!.selects);
  const contribution = masked ? 0 : adjoint * partial;
  if (operand.op === undefined) {
    operand.grad += contribution;
    return false;
  }
  if (operand.uses === 1) {
    operand.grad = contribution;
    return true;
  }
  if (operand.pending === 0) {
    operand.pending = operand.uses;
    operand.grad = contribution;
    sweep.shared.push(operand);
  } else {
    operand.grad += contribution;
  }
  operand.pending--;
  return operand.pending === 0;
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
