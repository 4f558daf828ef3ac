import { walk } from "../graph.ts";
import { add } from "../ops/arithmetic.ts";
import { localDerivatives, symbolicPartials } from "../partials.ts";
import type { Scalar, Value } from "../value.ts";
import { times } from "./pullback.ts";

/**
 * Forward mode: `Σⱼ ∂output/∂inputⱼ vⱼ` for each output, for tangents v of the inputs.
 *
 * With `asGraph` the derivatives are Values that can be differentiated again; without, they are numbers.
 *
 * @returns one entry per output; 0 for an output that no input reaches
 */
export function pushforward(
  outputs: readonly Scalar[],
  inputs: readonly Value[],
  tangentsOfInputs: readonly Scalar[],
  asGraph: boolean,
): Scalar[] {
  const tangents = new Map<Value, Scalar>();
  inputs.forEach((input, i) => {
    if (tangentsOfInputs[i] !== 0) tangents.set(input, tangentsOfInputs[i]!);
  });
  const nodes = outputs.filter((output) => typeof output === "object");
  for (const node of walk(nodes, { until: new Set(inputs) })) {
    if (tangents.has(node) || !node.operands.some((x) => typeof x === "object" && tangents.has(x))) continue;
    const partials = asGraph ? symbolicPartials(node) : localDerivatives(node);
    let sum: Scalar | undefined;
    node.operands.forEach((operand, slot) => {
      const tangent = typeof operand === "object" ? tangents.get(operand) : undefined;
      const partial = partials[slot]!;
      if (tangent === undefined || partial === null) return;
      // The factor nearer to the output goes first: a zero there wins, as in reverse mode.
      const contribution = times(partial, tangent, node.op!, partial);
      sum = sum === undefined ? contribution : add(sum, contribution);
    });
    if (sum !== undefined) tangents.set(node, sum);
  }
  return outputs.map((output) => (typeof output === "object" ? (tangents.get(output) ?? 0) : 0));
}
