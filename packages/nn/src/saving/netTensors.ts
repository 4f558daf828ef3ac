import { Layer } from "../layer.ts";
import { MLP } from "../mlp.ts";
import { Neuron } from "../neuron.ts";
import type { ParameterTensor } from "./parameterTensors.ts";

/**
 * The tensors of an MLP or a layer, without a name for each of its weights, which takes seconds for 10⁶.
 *
 * @returns `undefined` for any other model, such as a class that extends one of them and has parameters of its own
 */
export function tensorsOfNet(model: unknown): ParameterTensor[] | undefined {
  if (!(model instanceof MLP || model instanceof Layer) || !isPlain(model)) return undefined;
  const tensors =
    model instanceof MLP
      ? model.layers.flatMap((layer, l) => tensorsOfLayer(`layers.${l}.`, layer))
      : tensorsOfLayer("", model);
  const all = new Set(tensors.flatMap(({ parameters }) => parameters));
  for (const parameter of all) if (parameter.op !== undefined) return undefined;
  return all.size === model.parameters().length ? tensors : undefined;
}

function tensorsOfLayer(prefix: string, { inputs, neurons }: Layer): ParameterTensor[] {
  return [
    {
      name: `${prefix}weight`,
      shape: [neurons.length, inputs],
      parameters: neurons.flatMap(({ weights }) => weights),
    },
    { name: `${prefix}bias`, shape: [neurons.length], parameters: neurons.map(({ bias }) => bias) },
  ];
}

/** Whether all parts name their parameters as this package does. */
function isPlain(part: MLP | Layer | Neuron): boolean {
  const { namedParameters } = part;
  if (part instanceof Neuron) return namedParameters === Neuron.prototype.namedParameters;
  if (part instanceof Layer) {
    return namedParameters === Layer.prototype.namedParameters && part.neurons.every(isPlain);
  }
  return namedParameters === MLP.prototype.namedParameters && part.layers.every(isPlain);
}
