import { sentAlong } from "../../graph/sentAlong.ts";
import type { StepEdge, StepGraph } from "./stepGraph.ts";

/** What one backward step does: `before + upstream × local = after`. */
export interface Sent {
  readonly edge: StepEdge;
  /** The gradient of the result at this moment. */
  readonly upstream: number;
  readonly contribution: number;
  /** The running sum at the operand. */
  readonly before: number;
  readonly after: number;
  /** Which of the contributions to the operand this is, from 1. */
  readonly arrival: number;
}

/** A backward pass, step by step. */
export interface Sweep {
  /** Whether contributions replace the sum, which is a mistake. */
  readonly assigns: boolean;
  readonly steps: readonly Sent[];
  /** For each node the steps that send to it. */
  readonly arrivals: readonly (readonly number[])[];
  /** For each edge the step that sends along it; `undefined` for none. */
  readonly ranks: readonly (number | undefined)[];
}

/**
 * The backward pass of `backward()`, to the last bit.
 *
 * @param order - the edges in another order than the right one, to see what comes of it
 * @param assigns - whether a contribution replaces the sum in place of adding to it, to see what comes of it
 */
export function sweep(
  graph: StepGraph,
  order: readonly StepEdge[] = graph.edges.slice(0, graph.flowing),
  assigns = false,
): Sweep {
  const grads = graph.nodes.map(({ id }) => graph.start(id));
  const arrivals: number[][] = graph.nodes.map(() => []);
  const ranks: (number | undefined)[] = graph.edges.map(() => undefined);
  grads[graph.root] = 1;
  const steps = order.map((edge, step): Sent => {
    const { id, from, to } = edge;
    ranks[id] = step;
    const upstream = grads[to]!;
    const contribution = sentAlong(upstream, edge.derivative ?? 0, graph.nodes[to]!.op!.selects);
    const before = grads[from]!;
    const arrival = arrivals[from]!.push(step);
    // A contribution of 0 is not added, but the first one counts: NaN and −0 come out as in the engine.
    const isAdded = contribution !== 0 || arrival === 1;
    const after = assigns ? contribution : isAdded ? before + contribution : before;
    grads[from] = after;
    return { edge, upstream, contribution, before: before + 0, after, arrival };
  });
  return { assigns, steps, arrivals, ranks };
}

/** The gradient of a node when this many edges have sent; `undefined` before the first contribution. */
export function gradientAt(graph: StepGraph, pass: Sweep, node: number, sent: number): number | undefined {
  if (node === graph.root) return 1;
  const count = arrivedAt(pass, node, sent);
  return count === 0 ? undefined : pass.steps[pass.arrivals[node]![count - 1]!]!.after;
}

/** How many contributions have reached a node when this many edges have sent. */
export function arrivedAt({ arrivals }: Sweep, node: number, sent: number): number {
  const steps = arrivals[node]!;
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < sent) low = middle + 1;
    else high = middle;
  }
  return low;
}
