import { Value } from "@chainrule/core";
import { describe } from "../check.ts";
import { formatNumber } from "../formatNumber.ts";
import { count, linesOf } from "../text.ts";

/** A multilayer perceptron as far as its picture needs it; `MLP` of @chainrule/nn is one. */
export interface NetworkLike {
  readonly layers: readonly LayerLike[];
}

/** A layer of neurons that share their inputs. */
export interface LayerLike {
  readonly neurons: readonly NeuronLike[];
  /** What it does to all its neurons' numbers, such as softmax; that of the neurons unless told. */
  readonly activation?: { readonly name: string };
}

/** A neuron: one weight per input, and a bias. */
export interface NeuronLike {
  readonly weights: readonly Value[];
  readonly bias: Value;
  readonly activation: { readonly name: string };
}

/**
 * How many inputs a network has, then how many neurons each layer has.
 *
 * @throws TypeError if network is not of the form of {@link NetworkLike}
 * @throws RangeError if a neuron has not one weight for each number that the layer before gives
 */
export function sizesOf(network: NetworkLike): readonly number[] {
  const layers = expectArray("network", network, "layers");
  const sizes: number[] = [];
  layers.forEach((layer, l) => {
    const neurons = expectArray(`layers[${l}]`, layer, "neurons");
    neurons.forEach((neuron, n) => {
      const path = `layers[${l}].neurons[${n}]`;
      const weights = expectArray(path, neuron, "weights");
      if (![...weights, (neuron as NeuronLike).bias].every((x) => x instanceof Value)) {
        throw new TypeError(`networkToDot: the weights and the bias of ${path} must be Values.`);
      }
      sizes[l] ??= weights.length;
      if (weights.length === sizes[l]) return;
      throw new RangeError(`networkToDot: ${path} has ${weights.length} weights for ${sizes[l]} inputs.`);
    });
    sizes.push(neurons.length);
  });
  return sizes;
}

function expectArray(path: string, owner: unknown, property: string): readonly unknown[] {
  const array = (owner as Record<string, unknown> | null | undefined)?.[property];
  if (Array.isArray(array) && array.length > 0) return array;
  throw new TypeError(`networkToDot: ${path} must have an array of ${property}, got ${describe(owner)}.`);
}

/** All weights and biases of a layer. */
export function parametersOf({ neurons }: LayerLike): Value[] {
  return neurons.flatMap(({ weights, bias }) => [...weights, bias]);
}

/** Whether a `backward()` has reached any parameter of these layers. */
export function haveGradients(...layers: readonly LayerLike[]): boolean {
  return layers.some((layer) => parametersOf(layer).some(({ hasGrad }) => hasGrad));
}

/** Mean of |grad| over all weights and biases of a layer; those that no `backward()` has reached count as 0. */
export function meanGradient(layer: LayerLike): number {
  const parameters = parametersOf(layer);
  const total = parameters.reduce((sum, { grad, hasGrad }) => sum + (hasGrad ? Math.abs(grad) : 0), 0);
  return total / parameters.length;
}

/** Such as `layer 2 · relu · 8 neurons`, and `mean |∇| 0.0012` below it. */
export function layerCaption(layer: LayerLike, index: number): string[] {
  const names = new Set(layer.neurons.map(({ activation }) => String(activation?.name)));
  const name = layer.activation?.name ?? [...names].join();
  const activation = names.size === 1 ? linesOf(String(name)).join(" ") : "several activations";
  const mean = haveGradients(layer) ? formatNumber(meanGradient(layer), 2) : "—";
  return [
    `layer ${index + 1} · ${activation} · ${count(layer.neurons.length, "neuron")}`,
    `mean |∇| ${mean}`,
  ];
}
