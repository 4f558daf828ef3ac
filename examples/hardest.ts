import { noGrad } from "@chainrule/core";
import { crossEntropyWithLogits, type Dataset, type MLP } from "@chainrule/nn";

/** The example with the largest loss. */
export function hardest(
  model: MLP,
  { inputs, targets }: Dataset,
): { inputs: readonly number[]; target: number } {
  const losses = noGrad(() => inputs.map((row, i) => crossEntropyWithLogits(model(row), targets[i]!).data));
  const at = losses.indexOf(Math.max(...losses));
  return { inputs: inputs[at]!, target: targets[at]! };
}
