import { checkUpToDate } from "./checks.ts";
import { walk } from "./graph.ts";
import { mode } from "./mode.ts";
import { CONSTANT, FIRST, NONE, RESULT, RULE } from "./partialSources.ts";
import {
  contribution,
  isValue,
  numberOf,
  numericPartial,
  numericPartials,
  passesGradient,
} from "./partials.ts";
import { checkReadable, numberIn, type Scalar, type Value } from "./value.ts";

/**
 * Adds ∂root/∂leaf to the grad of every leaf below root, and sets the grad of the nodes between.
 *
 * A node is finished when a contribution has arrived for each of its uses; then it sends `adjoint × partial` on to
 * its operands. That visits the graph in reverse topological order without sorting it first: uses were counted when
 * the graph was built.
 */
export function backward(root: Value): void {
  checkReadable(root);
  checkUpToDate([root]);
  mode.checks?.beforeBackward(root);
  if (root.op === undefined) {
    accumulate(root, 1);
    return;
  }
  if (isSweeping) throw new Error("backward: the rule of an operation must not call backward().");
  const sweep: Sweep = { ready: [root], shared: [] };
  isSweeping = true;
  try {
    root.grad = 1;
    root.pending = 0;
    run(sweep);
    const waiting = sweep.shared.filter((node) => node.pending > 0);
    if (waiting.length > 0) {
      expectOnly(waiting, sweep);
      run(sweep);
    }
  } catch (error) {
    walk([root]); // A frozen Value is refused here by name.
    throw error;
  } finally {
    // Only the rule of an operation that throws leaves nodes waiting.
    for (const node of sweep.shared) if (node.pending > 0) node.pending = 0;
    isSweeping = false;
  }
}

let isSweeping = false;

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
      const { from } = node.op!.sources;
      if (typeof first === "object" && from[0] !== NONE) {
        if (receive(first as Value, contribution(node.grad, partialAt(node, 0), node.op!), sweep))
          next = first as Value;
      }
      if (typeof second === "object" && from[1] !== NONE) {
        if (receive(second as Value, contribution(node.grad, partialAt(node, 1), node.op!), sweep)) {
          if (next !== undefined) sweep.ready.push(next);
          next = second as Value;
        }
      }
    }
    node = next ?? sweep.ready.pop();
  }
}

/** The partial for a slot of a node with one or two operands. */
function partialAt(node: Value, slot: number): number {
  const { from, constants } = node.op!.sources;
  const source = from[slot]!;
  if (source === CONSTANT) return constants[slot]!;
  if (source === RULE) return numericPartial(node, slot);
  if (source === RESULT) return numberIn(node);
  return numberOf((source === FIRST ? node.first : node.second) as Scalar);
}

function sendToAll(operands: readonly Scalar[], node: Value, sweep: Sweep): void {
  const partials = numericPartials(node, isValue);
  for (let slot = 0; slot < operands.length; slot++) {
    const operand = operands[slot]!;
    if (typeof operand === "number" || !passesGradient(node.op!, slot)) continue;
    // An operation on an array may say null for an operand that was counted: it gets 0.
    const sent = contribution(node.grad, partials[slot] ?? 0, node.op!);
    if (receive(operand, sent, sweep)) sweep.ready.push(operand);
  }
}

/** Adds a contribution to a node's grad; says whether an inner node now has all it waits for. */
export function receive(node: Value, sent: number, sweep: Sweep): boolean {
  if (node.op === undefined) {
    accumulate(node, sent);
    return false;
  }
  if (node.uses === 1) {
    node.grad = sent;
    node.pending = 0;
    return true;
  }
  if (node.pending <= 0) {
    node.pending = node.uses;
    node.grad = sent;
    sweep.shared.push(node);
  } else if (sent !== 0) {
    node.grad += sent;
  }
  node.pending--;
  return node.pending === 0;
}

/** Adds to the grad of a leaf, which a gradient has reached then. */
export function accumulate(leaf: Value, gradient: number): void {
  if (gradient !== 0) leaf.grad += gradient;
  leaf.pending = 0;
}

/**
 * Some nodes wait for uses that the root does not depend on: a second output, a metric, a dropped expression.
 * Counts again, among what the waiting nodes depend on, and puts those in line that have all they will get.
 */
function expectOnly(waiting: readonly Value[], sweep: Sweep): void {
  const unfinished = walk(waiting, { along: passesGradient }).filter((node) => node.op !== undefined);
  const arrived = waiting.map((node) => node.grad);
  for (const node of unfinished) {
    node.pending = 0;
    node.grad = 0;
  }
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
  for (const node of unfinished) if (node.pending > 0) sweep.shared.push(node);
  for (const node of waiting) if (node.pending === 0) sweep.ready.push(node);
}
