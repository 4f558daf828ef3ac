import { dot, useCount } from "@chainrule/core";
import type { Recording } from "../diagnosis/recording.ts";
import type { GraphEdge } from "../graph/graph.ts";
import { sentAlong } from "../graph/sentAlong.ts";

/** The way of a gradient through a graph, as `backward()` goes it. */
export interface EngineOrder {
  /** The edges that a gradient is sent along, in order: indices of the edges of the graph. */
  readonly edges: readonly number[];
  /** Operations that add their first contribution to 0; others take it as it is. It matters to −0 alone. */
  readonly fromZero: readonly number[];
}

/**
 * Finds in which order `backward()` of core sends, by sending as it does. Sums of three and more depend on that order in
 * their last digits, and the order depends on uses outside the graph too, which only the Values know.
 */
export function engineOrder(recording: Recording): EngineOrder {
  const { values } = recording;
  const { nodes, edges, roots } = recording.graph;
  const into: number[][] = nodes.map(() => []);
  edges.forEach((edge, id) => {
    if (flows(recording, edge)) into[edge.to]!.push(id);
  });
  const grads = new Float64Array(nodes.length);
  const pending = new Int32Array(nodes.length);
  const ready: number[] = [];
  const shared: number[] = [];
  const order: number[] = [];
  let fromZero: number[] = [];

  const receive = (id: number, sent: number): void => {
    const node = values[id]!;
    if (node.op === undefined) {
      if (sent !== 0) grads[id]! += sent;
      return;
    }
    const uses = useCount(node);
    if (uses === 1) {
      grads[id] = sent;
      ready.push(id);
      return;
    }
    if (pending[id]! <= 0) {
      pending[id] = uses;
      grads[id] = sent;
      shared.push(id);
    } else if (sent !== 0) grads[id]! += sent;
    pending[id]!--;
    if (pending[id] === 0) ready.push(id);
  };
  const run = (): void => {
    for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
      const { op } = values[id]!;
      const sending = into[id]!.slice();
      // A dot sends pair by pair, but for an adjoint of 0.
      if (op === dot.op && grads[id] === 0) sending.sort((a, b) => edges[a]!.slot - edges[b]!.slot);
      for (const edge of sending) {
        order.push(edge);
        const { from, derivative } = edges[edge]!;
        receive(from, sentAlong(grads[id]!, derivative ?? 0, op!.selects));
      }
    }
  };

  const [root] = roots;
  ready.push(root!);
  grads[root!] = 1;
  run();
  const waiting = shared.filter((id) => pending[id]! > 0);
  if (waiting.length > 0) {
    const unfinished = operationsBelow(waiting);
    const arrived = waiting.map((id) => grads[id]!);
    for (const id of unfinished) {
      pending[id] = 0;
      grads[id] = 0;
    }
    waiting.forEach((id, i) => {
      grads[id] = arrived[i]!;
    });
    for (const id of unfinished) {
      for (const edge of into[id]!) {
        const { from } = edges[edge]!;
        if (values[from]!.op !== undefined) pending[from]!++;
      }
    }
    const isWaiting = new Set(waiting);
    fromZero = unfinished.filter((id) => useCount(values[id]!) > 1 && pending[id]! > 0 && !isWaiting.has(id));
    for (const id of waiting) if (pending[id] === 0) ready.push(id);
    run();
  }
  return { edges: order, fromZero };

  function operationsBelow(ids: readonly number[]): number[] {
    const found = new Set(ids);
    for (const id of found) {
      for (const edge of into[id]!) {
        const { from } = edges[edge]!;
        if (values[from]!.op !== undefined) found.add(from);
      }
    }
    return [...found];
  }
}

/** Whether `backward()` sends along an edge. An operation on an array sends to all its Values, even where its rule says null. */
function flows({ values }: Recording, { from, to, derivative }: GraphEdge): boolean {
  if (values[from] === undefined) return false;
  return derivative !== null || typeof values[to]!.op!.partials === "function";
}
