import { dot, localDerivatives, type Scalar, type Value } from "@chainrule/core";

/** One operand slot of a node: `x.mul(x)` has two. */
export interface GraphEdge {
  readonly operand: Scalar;
  readonly result: Value;
  readonly slot: number;
  /** ∂result/∂operand; `null` where no gradient flows. */
  readonly derivative: number | null;
  /** |∂root/∂result × ∂result/∂operand|, the gradient that came this way; 0 if none did. */
  readonly magnitude: number;
}

/** The edges into a node, in operand order; those of a dot pair by pair, x₁, y₁, x₂, y₂, … */
export function edgesInto(result: Value): GraphEdge[] {
  const derivatives = localDerivatives(result);
  const edges = result.operands.map((operand, slot) => {
    const derivative = derivatives[slot]!;
    const magnitude = typeof operand === "number" ? 0 : contribution(result, derivative);
    return { operand, result, slot, derivative, magnitude };
  });
  if (result.op !== dot.op) return edges;
  const half = edges.length / 2;
  return edges.slice(0, half).flatMap((edge, i) => [edge, edges[half + i]!]);
}

/** As `backward()` has it: a zero adjoint sends nothing, nor does a branch not taken, whatever the other factor. */
function contribution({ grad, hasGrad, op }: Value, derivative: number | null): number {
  if (!hasGrad || derivative === null || grad === 0 || (derivative === 0 && op!.selects)) return 0;
  return Math.abs(grad * derivative);
}
