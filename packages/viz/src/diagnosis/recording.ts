import type { Value } from "@chainrule/core";
import { type Graph, type GraphEdge, numberedGraph } from "../graph/graph.ts";
import { sentAlong } from "../graph/sentAlong.ts";

/** A graph as plain data, with the Values that it came from. */
export interface Recording {
  readonly graph: Graph;
  /** By id; `undefined` for a plain number. */
  readonly values: readonly (Value | undefined)[];
}

/** The graph below Values, and which Value each of its nodes is. */
export function recordingOf(roots: readonly Value[]): Recording {
  const { graph, ids } = numberedGraph(roots);
  const values = new Array<Value | undefined>(graph.nodes.length).fill(undefined);
  for (const [value, id] of ids) values[id] = value;
  return { graph, values };
}

/** What `backward()` sends along an edge; `null` where no gradient can flow: plain numbers and conditions. */
export function contributionOf({ values }: Recording, edge: GraphEdge, adjoint: number): number | null {
  const { from, to, derivative } = edge;
  if (derivative === null || values[from] === undefined) return null;
  return sentAlong(adjoint, derivative, values[to]!.op!.selects);
}

/** One edge of a backward sweep: what it sends, and what the gradient of its operand comes to. */
export interface Sent {
  readonly edge: GraphEdge;
  readonly adjoint: number;
  readonly contribution: number;
  /** The gradient of the operand before, and with the contribution. */
  readonly before: number;
  readonly total: number;
}

/**
 * The gradient of root at each node, by a backward sweep that leaves every `grad` as it is.
 *
 * @param visit - told of each edge, in the order of the sweep
 * @returns by id; 0 where no gradient arrives
 */
export function adjointsOf(
  recording: Recording,
  root: number,
  visit?: (sent: Sent) => void,
): Float64Array<ArrayBuffer> {
  const { nodes, edges } = recording.graph;
  const adjoints = new Float64Array(nodes.length);
  adjoints[root] = 1;
  // Edges stand in the order of their results: those of one node are side by side, and go in operand order.
  for (let end = edges.length; end > 0; ) {
    const { to } = edges[end - 1]!;
    let start = end - 1;
    while (start > 0 && edges[start - 1]!.to === to) start--;
    const adjoint = adjoints[to]!;
    for (let i = start; i < end; i++) {
      const edge = edges[i]!;
      const contribution = contributionOf(recording, edge, adjoint);
      if (contribution === null) continue;
      const before = adjoints[edge.from]!;
      const total = before + contribution;
      adjoints[edge.from] = total;
      visit?.({ edge, adjoint, contribution, before, total });
    }
    end = start;
  }
  return adjoints;
}

/** The operands of a node, by slot. */
export function operandsOf({ values }: Recording, id: number): readonly number[] {
  return values[id]!.operands.map((operand) => (typeof operand === "number" ? operand : operand.data));
}
