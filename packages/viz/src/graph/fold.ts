import { add, dot, mul, sum } from "@chainrule/core";
import { edgesByOperand, edgesByResult, type View, type ViewEdge, type ViewNode } from "./view.ts";

const SUMS: readonly (string | undefined)[] = [add.op.name, sum.op.name];
const PRODUCTS: readonly (string | undefined)[] = [mul.op.name, dot.op.name];

/**
 * Sums of products as one Σ node each, such as w₁·x₁ + w₂·x₂ + b: additions whose operands are products, or such
 * additions, that nothing else uses. An edge then has the derivative along the whole way, and carries what its first
 * edge did.
 */
export function fold(view: View): View {
  const into = edgesByResult(view.edges);
  const outOf = edgesByOperand(view.edges);
  const roots = new Set(view.roots);
  const byId = new Map(view.nodes.map((node) => [node.id, node]));
  const isInner = (id: number) => outOf.get(id)?.length === 1 && !roots.has(id);
  const isProduct = (id: number) => {
    const { op, cut } = byId.get(id)!;
    return PRODUCTS.includes(op) && cut === 0 && isInner(id);
  };
  const isSum = ({ op, cut }: ViewNode) => SUMS.includes(op) && cut === 0;

  const hasProduct = new Set<number>();
  for (const node of view.nodes) {
    const isFolded = (id: number) => isProduct(id) || (hasProduct.has(id) && isInner(id));
    if (isSum(node) && into.get(node.id)?.some(({ from }) => isFolded(from))) hasProduct.add(node.id);
  }

  const inside = new Set<number>();
  const folded = new Map<number, { edges: ViewEdge[]; hidden: number }>();
  for (const { id: top } of view.nodes.toReversed()) {
    if (!hasProduct.has(top) || inside.has(top)) continue;
    const edges: ViewEdge[] = [];
    let hidden = 0;
    // Last operand first, so that they come off the stack in order.
    const stack = into.get(top)!.toReversed();
    for (let edge = stack.pop(); edge !== undefined; edge = stack.pop()) {
      const { from } = edge;
      if (isProduct(from) || (hasProduct.has(from) && isInner(from))) {
        inside.add(from);
        hidden++;
        for (const below of into.get(from)!.toReversed()) stack.push(below);
      } else edges.push(edge);
    }
    folded.set(top, { edges, hidden });
  }
  if (folded.size === 0) return view;

  const derivatives = derivativesToTop(view, inside);
  const nodes = view.nodes.filter(({ id }) => !inside.has(id));
  return {
    ...view,
    nodes: nodes.map((node) => {
      const hidden = folded.get(node.id)?.hidden;
      return hidden === undefined ? node : { ...node, symbol: "Σ", hidden: node.hidden + hidden };
    }),
    edges: nodes.flatMap(({ id }) => {
      const { edges } = folded.get(id) ?? {};
      if (edges === undefined) return into.get(id) ?? [];
      return edges.map((edge, slot) => ({ ...edge, to: id, slot, derivative: derivatives(edge) }));
    }),
    reasons: [...view.reasons, "w·x + b folded"],
  };
}

/** The derivative of the Σ by the operand of an edge into it: the product along the way. */
function derivativesToTop(
  { nodes, edges }: View,
  inside: ReadonlySet<number>,
): (edge: ViewEdge) => number | null {
  const onward = new Map<number, number>();
  const outOf = edgesByOperand(edges);
  for (const { id } of nodes.toReversed()) {
    if (!inside.has(id)) continue;
    const [edge] = outOf.get(id)!;
    onward.set(id, edge!.derivative! * (onward.get(edge!.to) ?? 1));
  }
  return ({ to, derivative }) => (derivative === null ? null : derivative * (onward.get(to) ?? 1));
}
