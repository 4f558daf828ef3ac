import { walk } from "./graph.ts";
import { numericPartial, numericPartials, passesGradient } from "./partials.ts";
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
  for (let node = sweep.ready.pop(); node !== undefined; node = sweep.ready.pop()) {
    const { first, second } = node;
    if (Array.isArray(first)) {
      const partials = numericPartials(node);
      for (let i = 0; i < first.length; i++) send(node, first[i], partials[i]!, sweep);
    } else {
      if (isReached(node, first as Scalar, 0)) send(node, first as Value, numericPartial(node, 0), sweep);
      if (isReached(node, second as Scalar, 1)) send(node, second as Value, numericPartial(node, 1), sweep);
    }
  }
}

function isReached(node: Value, operand: Scalar | undefined, slot: number): boolean {
  return typeof operand === "object" && passesGradient(node.op!, slot);
}

/** Adds a node's contribution to an operand, and puts the operand in line once all it waits for has arrived. */
function send(node: Value, operand: Scalar, partial: number | null, sweep: Sweep): void {
  if (typeof operand === "number" || partial === null) return;
  const adjoint = node.grad;
  const masked = adjoint === 0 || (partial === 0 && node.op!.selects);
  const contribution = masked ? 0 : adjoint * partial;
  if (operand.op === undefined) {
    operand.grad += contribution;
    return;
  }
  if (operand.pending === 0) {
    operand.pending = operand.uses;
    operand.grad = contribution;
    if (operand.uses > 1) sweep.shared.push(operand);
  } else {
    operand.grad += contribution;
  }
  operand.pending--;
  if (operand.pending === 0) sweep.ready.push(operand);
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
