import type { Activation } from "./activation.ts";
import type { Random } from "./random.ts";

/**
 * The bound b of uniform weights in [−b, b) that keep the size of signals and gradients from layer to layer where the
 * activation is about linear: `√(6/(inputs + outputs))`.
 *
 * @param inputs - how many inputs each neuron of the layer has
 * @param outputs - how many neurons the layer has
 * @example glorotBound(4, 2) // 1
 * @see Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward neural networks", eq. 16
 */
export function glorotBound(inputs: number, outputs: number): number {
  return Math.sqrt(6 / (inputs + outputs));
}

/**
 * The bound b of uniform weights in [−b, b) that keep the size of signals where the activation drops one half of
 * them, as relu does: `√(6/inputs)`.
 *
 * @param inputs - how many inputs each neuron of the layer has
 * @example heBound(6) // 1
 * @see He et al. (2015), "Delving deep into rectifiers", eq. 10, as a uniform distribution of the same variance
 */
export function heBound(inputs: number): number {
  return Math.sqrt(6 / inputs);
}

/** The first weights of one neuron among `layerSize` that share the inputs, drawn as its activation wants them. */
export function initialWeights(
  random: Random,
  activation: Activation,
  inputs: number,
  layerSize: number,
): number[] {
  const bound = activation.weightBound(inputs, layerSize);
  return Array.from({ length: inputs }, () => random.uniform(-bound, bound));
}
