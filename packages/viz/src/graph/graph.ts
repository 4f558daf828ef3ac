import { topologicalOrder, type Value } from "@chainrule/core";
import { edgesInto, sent } from "./graphEdges.ts";
import { isParameterPath, isWeight } from "./parameterPath.ts";

/** A computation graph as plain data, which every picture is drawn from. The order depends on the graph alone. */
export interface Graph {
  /** Operands before results; a plain number comes right before the operation that it is an operand of. */
  readonly nodes: readonly GraphNode[];
  /** Operand slots, by the order of their results. */
  readonly edges: readonly GraphEdge[];
  /** The nodes that were asked for. */
  readonly roots: readonly number[];
}

/** What a node is. A parameter is what a model learns, an input any other leaf with a name. */
export type NodeKind = "operation" | "parameter" | "input" | "constant";

/** A Value, or a plain number that is an operand. */
export interface GraphNode {
  /** Its place in {@link Graph.nodes}. */
  readonly id: number;
  readonly kind: NodeKind;
  /** "" where it has none. */
  readonly label: string;
  /** The name and the symbol of the operation, such as `mul` and `×`; `undefined` for what is none. */
  readonly op: string | undefined;
  readonly symbol: string | undefined;
  readonly data: number;
  /** Whether it is a plain number, which can get no gradient, and no Value. */
  readonly isPlain: boolean;
  /** ∂root/∂node of the latest `backward()`; `null` if none has reached it, and for plain numbers. */
  readonly grad: number | null;
}

/** One operand slot of an operation: `x.mul(x)` has two edges. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** Which operand, from 0. */
  readonly slot: number;
  /** ∂to/∂from by this slot alone; `null` where no gradient can flow. */
  readonly derivative: number | null;
  /** `grad × derivative`: what `backward()` sent along; `null` if nothing was sent. */
  readonly contribution: number | null;
}

/**
 * The computation graph below Values as plain data.
 *
 * @param roots - at least one Value
 * @param parameters - which leaves a model learns; unless told, those whose label is the path of a parameter, such as
 *   `layers.1.neurons.0.w2`
 */
export function graphOf(roots: readonly Value[], parameters?: ReadonlySet<Value>): Graph {
  return numberedGraph(roots, parameters).graph;
}

/** As {@link graphOf}, with the node of each Value. */
export function numberedGraph(
  roots: readonly Value[],
  parameters?: ReadonlySet<Value>,
): { readonly graph: Graph; readonly ids: ReadonlyMap<Value, number> } {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const ids = new Map<Value, number>();
  const push = (node: Omit<GraphNode, "id">): number => nodes.push({ id: nodes.length, ...node }) - 1;
  const values = topologicalOrder(roots);
  const hasWeights = values.some(({ op, label }) => op === undefined && isWeight(label ?? ""));
  const isParameter = (leaf: Value) => parameters?.has(leaf) ?? isParameterPath(leaf.label ?? "", hasWeights);
  for (const value of values) {
    const into = edgesInto(value);
    const sources = into.map(({ operand }) =>
      typeof operand === "number" ? push(constant(operand)) : ids.get(operand)!,
    );
    const { label = "", op, data, grad, hasGrad } = value;
    const kind = op === undefined ? leafKind(label, isParameter(value)) : "operation";
    const gradient = hasGrad ? grad : null;
    const id = push({ kind, label, op: op?.name, symbol: op?.symbol, data, isPlain: false, grad: gradient });
    ids.set(value, id);
    into.forEach((edge, i) => {
      const { slot, derivative } = edge;
      edges.push({ from: sources[i]!, to: id, slot, derivative, contribution: sent(edge) });
    });
  }
  return { graph: { nodes, edges, roots: roots.map((root) => ids.get(root)!) }, ids };
}

function constant(data: number): Omit<GraphNode, "id"> {
  return { kind: "constant", label: "", op: undefined, symbol: undefined, data, isPlain: true, grad: null };
}

function leafKind(label: string, isParameter: boolean): NodeKind {
  if (isParameter) return "parameter";
  return label === "" ? "constant" : "input";
}
