import type { GraphEdge } from "../graph/graph.ts";
import { contributionOf, type Recording } from "./recording.ts";

/** All paths from a node to the root in numbers, of which there may be more than any computer could list. */
export interface PathTotals {
  /** How many there are, exactly. */
  readonly count: bigint;
  /**
   * `Σ Π ∂ᵢ`: the sum over all paths of the product of local derivatives. NaN where there is no such sum: some products
   * are ∞ and others −∞, or one is NaN, as of ∞ × 0.
   */
  readonly sum: number;
  /** `Σ |Π ∂ᵢ|`. */
  readonly absoluteSum: number;
}

/**
 * Sums over all paths by dynamic programming, from the root down as `backward()` goes: the sum over the paths to an
 * operand is that of the sums over the paths to its uses, each times a local derivative. Products begin at the root, by the
 * rule of {@link contributionOf}: once 0, a product stays 0.
 *
 * Positive products are summed apart from negative ones, so that ∞ and −∞ are told from paths that cancel.
 */
export function pathTotals(recording: Recording, from: number, root: number): PathTotals {
  const { nodes, edges } = recording.graph;
  const { isAbove, count } = pathCounts(recording, from, root);
  const positive = new Float64Array(nodes.length);
  const negative = new Float64Array(nodes.length);
  positive[root] = 1;
  // Edges stand in the order of their results: backwards, all uses of a node come before its operands.
  for (const edge of edges.toReversed()) {
    if (isAbove[edge.from] === 0) continue;
    const plus = contributionOf(recording, edge, positive[edge.to]!);
    const minus = contributionOf(recording, edge, negative[edge.to]!);
    if (plus === null || minus === null) continue;
    const isSwapped = edge.derivative! < 0;
    positive[edge.from]! += Math.abs(isSwapped ? minus : plus);
    negative[edge.from]! += Math.abs(isSwapped ? plus : minus);
  }
  const [above, below] = [positive[from]!, negative[from]!];
  return { count, sum: above - below, absoluteSum: above + below };
}

/** How many paths there are, and by id whether a path from the node leads there. */
function pathCounts(recording: Recording, from: number, root: number) {
  const { nodes, edges } = recording.graph;
  const isAbove = new Uint8Array(nodes.length);
  const counts: (bigint | undefined)[] = new Array(nodes.length);
  isAbove[from] = 1;
  counts[from] = 1n;
  const lastUses = new Map(edges.map((edge) => [edge.from, edge]));
  for (const edge of edges) {
    const counted = counts[edge.from];
    if (counted !== undefined && contributionOf(recording, edge, 1) !== null) {
      isAbove[edge.to] = 1;
      counts[edge.to] = (counts[edge.to] ?? 0n) + counted;
    }
    // A count of a deep graph has thousands of digits: too many to keep for every node.
    if (lastUses.get(edge.from) === edge && edge.from !== root) counts[edge.from] = undefined;
  }
  return { isAbove, count: counts[root] ?? 0n };
}

/** The end of one of the best paths to a node: the last edge, and which of the best paths to its operand it goes on from. */
interface Arrival {
  /** `Σ ln |∂ᵢ|`: products of thousands of derivatives leave the range of a number. */
  readonly size: number;
  /** Whether the product is 0 whatever comes above: it goes through a branch not taken. */
  readonly isCut: boolean;
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
  best[from] = [{ size: 0, isCut: false, edge: undefined, rank: 0 }];
  for (let start = 0, end = 0; start < edges.length; start = end) {
    const { to } = edges[start]!;
    const arrivals: Arrival[] = [];
    for (; edges[end]?.to === to; end++) {
      const edge = edges[end]!;
      if (contributionOf(recording, edge, 1) === null) continue;
      best[edge.from]?.forEach((below, rank) => {
        const isCut = below.isCut || isStopped(recording, edge);
        const size = isCut ? Number.NEGATIVE_INFINITY : sizeOver(edge.derivative!, below.size);
        arrivals.push({ size, isCut, edge, rank });
      });
    }
    if (arrivals.length === 0 || to === from) continue;
    // Stable: of equals, those by the first operand come first.
    best[to] = arrivals.sort((a, b) => (a.size === b.size ? 0 : b.size - a.size)).slice(0, k);
  }
  return (best[root] ?? []).map((arrival) => edgesBefore(arrival, best));
}

/** Whether nothing goes along an edge, not even NaN. */
function isStopped(recording: Recording, edge: GraphEdge): boolean {
  return contributionOf(recording, edge, Number.NaN) === 0;
}

/**
 * Zero stops a gradient, whatever comes below. What is not finite comes first, for it decides the sum: even where the
 * product has become 0 by underflow above it.
 */
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
