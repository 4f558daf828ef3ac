import { walk } from "../graph.ts";
import { mode } from "../mode.ts";
import { add } from "../ops/arithmetic.ts";
import { numericPartials, symbolicPartials } from "../partials.ts";
import type { Scalar, Value } from "../value.ts";
import { times } from "./pullback.ts";

/** What a loop needs to find the tangents of its results. */
export interface Push {
  readonly tangentOf: (node: Value) => Scalar | undefined;
  readonly give: (node: Value, tangent: Scalar) => void;
}

/**
 * Forward mode: `Σⱼ ∂output/∂inputⱼ vⱼ` for each output, for tangents v of the inputs.
 *
 * With `asGraph` the derivatives are Values that can be differentiated again; without, they are numbers.
 *
 * @param outside - nodes that no input can be reached from
 * @returns one entry per output; 0 for an output that no input reaches
 */
export function pushforward(
  outputs: readonly Scalar[],
  inputs: readonly Value[],
  tangentsOfInputs: readonly Scalar[],
  asGraph: boolean,
  outside: { has(node: Value): boolean } = new Set(),
): Scalar[] {
  const { checks } = mode;
  if (checks === undefined) return sweep(outputs, inputs, tangentsOfInputs, asGraph, outside);
  return checks.deriving(() => sweep(outputs, inputs, tangentsOfInputs, asGraph, outside));
}

function sweep(
  outputs: readonly Scalar[],
  inputs: readonly Value[],
  tangentsOfInputs: readonly Scalar[],
  asGraph: boolean,
  outside: { has(node: Value): boolean },
): Scalar[] {
  const tangents = new Map<Value, Scalar>();
  const loopTangents: Push = {
    tangentOf: (node) => tangents.get(node),
    give: (node, tangent) => {
      if (tangent !== 0) tangents.set(node, tangent);
    },
  };
  inputs.forEach((input, i) => {
    if (tangentsOfInputs[i] !== 0) tangents.set(input, tangentsOfInputs[i]!);
  });
  const nodes = outputs.filter((output) => typeof output === "object");
  const isInput = new Set(inputs);
  const until = { has: (x: Value) => isInput.has(x) || outside.has(x) };
  const hasTangent = (x: Scalar) => typeof x === "object" && tangents.has(x);
  for (const node of walk(nodes, { until })) {
    if (node.op?.loop?.kind === "loop") node.op.loop.loop.push(loopTangents);
    if (node.op?.loop !== undefined || isInput.has(node)) continue;
    if (tangents.has(node) || !node.operands.some(hasTangent)) continue;
    const partials = (asGraph ? symbolicPartials : numericPartials)(node, hasTangent);
    let sum: Scalar | undefined;
    node.operands.forEach((operand, slot) => {
      const tangent = typeof operand === "object" ? tangents.get(operand) : undefined;
      const partial = partials[slot]!;
      if (tangent === undefined || partial === null) return;
      // The factor nearer to the output goes first: a zero there wins, as in reverse mode.
      const contribution = times(partial, tangent, node.op!, partial);
      sum = sum === undefined ? contribution : add(sum, contribution);
      mode.checks?.pushed(node, slot, tangent, partial, sum);
    });
    if (sum !== undefined) tangents.set(node, sum);
  }
  for (const output of nodes) mode.checks?.arrived(output, tangents.get(output) ?? 0);
  return outputs.map((output) => (typeof output === "object" ? (tangents.get(output) ?? 0) : 0));
}
