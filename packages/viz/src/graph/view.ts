import type { Graph, GraphEdge, GraphNode, NodeKind } from "./graph.ts";
import { ownersOf } from "./owners.ts";

/** What a picture shows of a graph: all of it, or a part with some nodes standing for many. */
export interface View {
  /** In the order of the graph; a node that stands for several comes where the last of them would. */
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
  /** The nodes that were asked for, or what stands for them, as far as they are shown. */
  readonly roots: readonly number[];
  /** How much the whole graph has. */
  readonly total: { readonly nodes: number; readonly edges: number };
  /** Why it shows less than all, in a few words each. */
  readonly reasons: readonly string[];
}

/** A node of the graph, or one that stands for several: a neuron, a layer, or another part. */
export interface ViewNode extends Omit<GraphNode, "kind" | "data"> {
  readonly kind: NodeKind | "neuron" | "layer" | "part";
  /** `null` where it stands for several and no single one of them is their result. */
  readonly data: number | null;
  /** How many other nodes of the graph it stands for. */
  readonly hidden: number;
  /** How many operands the graph has for it that the view leaves out. */
  readonly cut: number;
  /** The parts of the model that it is in, the outermost first. */
  readonly parts: readonly string[];
  /** Of what stands for several. */
  readonly group?: Group | undefined;
}

/** What is hidden in a node. */
export interface Group {
  readonly parameters: number;
  /** Mean of |grad| of the parameters, of all nodes where there are none; `null` if none has a gradient. */
  readonly meanGradient: number | null;
  /** Whether any number in it is NaN or ±∞. */
  readonly hasAlert: boolean;
}

/** An operand slot, or all that lead from one node to another where one of these stands for several. */
export interface ViewEdge extends GraphEdge {
  /** The place of the first in {@link Graph.edges}. */
  readonly id: number;
  /** How many edges of the graph it stands for. If several: no derivative, and the contribution is the largest. */
  readonly count: number;
  /** Whether a gradient can flow along any of them. */
  readonly flows: boolean;
}

/** The view that shows everything. */
export function wholeView(graph: Graph): View {
  const owners = ownersOf(graph);
  return {
    nodes: graph.nodes.map((node, id) => viewNode(node, owners[id]!)),
    edges: graph.edges.map(viewEdge),
    roots: graph.roots,
    total: { nodes: graph.nodes.length, edges: graph.edges.length },
    reasons: [],
  };
}

// Spelled out: spreading an object and adding to it takes ten times as long.
function viewNode(node: GraphNode, parts: readonly string[]): ViewNode {
  const { id, kind, label, op, symbol, data, isPlain, grad } = node;
  return { id, kind, label, op, symbol, data, isPlain, grad, hidden: 0, cut: 0, parts, group: undefined };
}

function viewEdge({ from, to, slot, derivative, contribution }: GraphEdge, id: number): ViewEdge {
  return { from, to, slot, derivative, contribution, id, count: 1, flows: derivative !== null };
}

/** The edges into each node, in slot order; nodes without any have no entry. */
export function edgesByResult(edges: readonly ViewEdge[]): ReadonlyMap<number, readonly ViewEdge[]> {
  return groupBy(edges, ({ to }) => to);
}

/** The edges out of each node. */
export function edgesByOperand(edges: readonly ViewEdge[]): ReadonlyMap<number, readonly ViewEdge[]> {
  return groupBy(edges, ({ from }) => from);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
