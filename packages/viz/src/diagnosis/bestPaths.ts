import type { GraphEdge } from "../graph/graph.ts";
import { contributionOf, type Recording } from "./recording.ts";

/** All paths from a node to the root in numbers, of which there may be more than any computer could list. */
export interface PathTotals {
  /** How many there are, exactly. */
  readonly count: bigint;
  /** `Σ Π ∂ᵢ`: the sum over all paths of the product of local derivatives. */
  readonly sum: number;
  /** `Σ |Π ∂ᵢ|`. */
  readonly absoluteSum: number;
}

/**
 * Sums over all paths by dynamic programming: the sum over the paths to a node is that of the sums over the paths to its
 * operands, each times a local derivative.
 */
export function pathTotals(recording: Recording, from: number, root: number): PathTotals {
  const { nodes, edges } = recording.graph;
  const sums = new Float64Array(nodes.length);
  const absoluteSums = new Float64Array(nodes.length);
  const counts: (bigint | undefined)[] = new Array(nodes.length);
  sums[from] = 1;
  absoluteSums[from] = 1;
  counts[from] = 1n;
  const lastUses = new Map(edges.map((edge) => [edge.from, edge]));
  for (const edge of edges) {
    const counted = counts[edge.from];
    const sum = contributionOf(recording, edge, sums[edge.from]!);
    if (counted !== undefined && sum !== null && edge.to !== from) {
      sums[edge.to]! += sum;
      absoluteSums[edge.to]! += Math.abs(contributionOf(recording, edge, absoluteSums[edge.from]!)!);
      counts[edge.to] = (counts[edge.to] ?? 0n) + counted;
    }
    // A count of a deep graph has thousands of digits: too many to keep for every node.
    if (lastUses.get(edge.from) === edge) counts[edge.from] = undefined;
  }
  return { count: counts[root] ?? 0n, sum: sums[root]!, absoluteSum: absoluteSums[root]! };
}

/** The end of one of the best paths to a node: the last edge, and which of the best paths to its operand it goes on from. */
interface Arrival {
  /** `Σ ln |∂ᵢ|`: products of thousands of derivatives leave the range of a number. */
  readonly size: number;
  readonly edge: GraphEdge | undefined;
  readonly rank: number;
}

/**
 * The k paths with the largest |product of local derivatives|, as edges from the node to the root, largest first.
 *
 * The k best paths to a node go on from the k best to one of its operands: at most k are kept at each node.
 */
export function bestPaths(recording: Recording, from: number, root: number, k: number): GraphEdge[][] {
  const { nodes, edges } = recording.graph;
  const best: (Arrival[] | undefined)[] = new Array(nodes.length);
  best[from] = [{ size: 0, edge: undefined, rank: 0 }];
  for (let start = 0, end = 0; start < edges.length; start = end) {
    const { to } = edges[start]!;
    const arrivals: Arrival[] = [];
    for (; edges[end]?.to === to; end++) {
      const edge = edges[end]!;
      if (contributionOf(recording, edge, 1) === null) continue;
      best[edge.from]?.forEach((below, rank) => {
        arrivals.push({ size: sizeOver(edge.derivative!, below.size), edge, rank });
      });
    }
    if (arrivals.length === 0 || to === from) continue;
    // Stable: of equals, those by the first operand come first.
    best[to] = arrivals.sort((a, b) => (a.size === b.size ? 0 : b.size - a.size)).slice(0, k);
  }
  return (best[root] ?? []).map((arrival) => edgesBefore(arrival, best));
}

/** Zero stops a gradient, whatever comes below. What is not finite comes first, for it decides the sum. */
function sizeOver(derivative: number, below: number): number {
  if (derivative === 0) return Number.NEGATIVE_INFINITY;
  return Number.isFinite(derivative) ? Math.log(Math.abs(derivative)) + below : Number.POSITIVE_INFINITY;
}

function edgesBefore(last: Arrival, best: readonly (Arrival[] | undefined)[]): GraphEdge[] {
  const path: GraphEdge[] = [];
  let arrival = last;
  while (arrival.edge !== undefined) {
    path.push(arrival.edge);
    arrival = best[arrival.edge.from]![arrival.rank]!;
  }
  return path.reverse();
}
