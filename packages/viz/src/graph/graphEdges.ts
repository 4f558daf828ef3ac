import { dot, localDerivatives, type Scalar, type Value } from "@chainrule/core";
import { sentAlong } from "./sentAlong.ts";

/** One operand slot of a node: `x.mul(x)` has two. */
export interface OperandEdge {
  readonly operand: Scalar;
  readonly result: Value;
  readonly slot: number;
  /** ∂result/∂operand; `null` where no gradient flows. */
  readonly derivative: number | null;
}

/** The edges into a node, in operand order; those of a dot pair by pair, x₁, y₁, x₂, y₂, … */
export function edgesInto(result: Value): OperandEdge[] {
  const derivatives = localDerivatives(result);
  const edges = result.operands.map((operand, slot) => {
    const derivative = derivatives[slot]!;
    return { operand, result, slot, derivative };
  });
  if (result.op !== dot.op) return edges;
  const half = edges.length / 2;
  return edges.slice(0, half).flatMap((edge, i) => [edge, edges[half + i]!]);
}

/** What `backward()` sent along an edge; `null` if nothing. */
export function sent({ operand, result, derivative }: OperandEdge): number | null {
  const { grad, hasGrad, op } = result;
  if (typeof operand === "number" || derivative === null || !hasGrad) return null;
  return sentAlong(grad, derivative, op!.selects);
}
