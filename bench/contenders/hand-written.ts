import { DECAY, examples, labels, RATE, SIZES, start } from "../problem.ts";

/** The step as a programmer writes it by hand, over Float64Arrays: the yardstick in JavaScript. */
export const setup = () => {
  const layers = start.map((layer, l) => ({
    weights: Float64Array.from(layer.flatMap((neuron) => neuron.slice(0, -1))),
    biases: Float64Array.from(layer.map((neuron) => neuron.at(-1)!)),
    weightGradients: new Float64Array(layer.length * SIZES[l]!),
    biasGradients: new Float64Array(layer.length),
    inputs: SIZES[l]!,
    outputs: layer.length,
  }));
  const activations = SIZES.map((size) => new Float64Array(size));
  const deltas = SIZES.map((size) => new Float64Array(size));
  return () => {
    let total = 0;
    let squares = 0;
    for (let e = 0; e < examples.length; e++) {
      activations[0]!.set(examples[e]!);
      layers.forEach(({ weights, biases, inputs, outputs }, l) => {
        const from = activations[l]!;
        const to = activations[l + 1]!;
        for (let o = 0; o < outputs; o++) {
          let sum = biases[o]!;
          for (let i = 0; i < inputs; i++) sum += weights[o * inputs + i]! * from[i]!;
          to[o] = l < layers.length - 1 && sum < 0 ? 0 : sum;
        }
      });
      const margin = 1 - labels[e]! * activations[layers.length]![0]!;
      total += margin > 0 ? margin : 0;
      deltas[layers.length]![0] = margin > 0 ? -labels[e]! / examples.length : 0;
      for (let l = layers.length - 1; l >= 0; l--) {
        const { weights, weightGradients, biasGradients, inputs, outputs } = layers[l]!;
        const from = activations[l]!;
        const delta = deltas[l + 1]!;
        const below = deltas[l]!.fill(0);
        for (let o = 0; o < outputs; o++) {
          if (l < layers.length - 1 && activations[l + 1]![o] === 0) delta[o] = 0;
          const d = delta[o]!;
          biasGradients[o]! += d;
          for (let i = 0; i < inputs; i++) {
            weightGradients[o * inputs + i]! += d * from[i]!;
            below[i]! += d * weights[o * inputs + i]!;
          }
        }
      }
    }
    for (const { weights, biases, weightGradients, biasGradients } of layers) {
      squares += update(weights, weightGradients) + update(biases, biasGradients);
    }
    return total / examples.length + DECAY * squares;
  };
};

/** One step down for parameters with their decay; returns the sum of their squares before. */
function update(parameters: Float64Array, gradients: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < parameters.length; i++) {
    squares += parameters[i]! * parameters[i]!;
    parameters[i]! -= RATE * (gradients[i]! + 2 * DECAY * parameters[i]!);
  }
  gradients.fill(0);
  return squares;
}
