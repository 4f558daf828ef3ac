import type { Value } from "@chainrule/core";
import { describe } from "../check.ts";
import { tensorsOfNet } from "./netTensors.ts";
import { quoted } from "./quoted.ts";
import { namedParametersOf, type Savable } from "./savable.ts";

/** How a model and a file agree on names. */
export interface NamesOptions {
  /**
   * The name in the file for a name here, such as `layers.0.weight`; the same unless told.
   *
   * `torch.nn.Sequential(Linear, Tanh, Linear)` counts the Tanh as well, so its state has `0.weight` and `2.weight`:
   * `(name) => name.replace(/^layers\.(\d+)/, (_, layer) => String(2 * Number(layer)))`.
   */
  readonly names?: (name: string) => string;
}

/** Parameters of a model that are one tensor in a file, in row-major order. */
export interface ParameterTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly parameters: readonly Value[];
}

/**
 * The parameters of a model as tensors, with names and shapes of PyTorch.
 *
 * `prefix.neurons.i.wj` and `prefix.neurons.i.b` become `prefix.weight` [outputs, inputs] and `prefix.bias` [outputs],
 * as `torch.nn.Linear` has them: W of `z = Wx + b`, a row for each neuron. Any other name is a tensor of shape [].
 * Parameters without names are `parameters.0`, `parameters.1`, ….
 *
 * @throws TypeError if the model has no parameters, one is not a leaf or has no name, or two tensors have one name
 */
export function parameterTensors(
  caller: string,
  model: Savable,
  names: (name: string) => string = (name) => name,
): ParameterTensor[] {
  return renamed(caller, tensorsOfNet(model) ?? tensorsByName(caller, model), names);
}

/** Of a model by the names of its parameters, whatever it is. */
function tensorsByName(caller: string, model: Savable): ParameterTensor[] {
  const named = namedParametersOf(caller, model);
  const groups = new Map<string, string[]>();
  for (const name of named.keys()) {
    const key = name.replace(ofLayer, "$1neurons.*");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [name]);
    else group.push(name);
  }
  return [...groups.values()].flatMap((group) => linear(group, named) ?? scalars(group, named));
}

const ofLayer = /(^|\.)neurons\.\d+\.(?:w\d+|b)$/;

/** Weight and bias of a layer; `undefined` if the names are not w0, …, b for each of neurons 0, …. */
function linear(group: readonly string[], named: ReadonlyMap<string, Value>): ParameterTensor[] | undefined {
  const first = group[0]!;
  const at = ofLayer.exec(first);
  if (at === null) return undefined;
  const prefix = first.slice(0, at.index) + at[1]!;
  const outputs = group.filter((name) => name.endsWith(".b")).length;
  const inputs = group.length / outputs - 1;
  if (!Number.isInteger(inputs) || inputs === 0) return undefined;
  const neurons = Array.from({ length: outputs }, (_, i) => `${prefix}neurons.${i}.`);
  const weights = neurons.flatMap((neuron) =>
    Array.from({ length: inputs }, (_, j) => named.get(`${neuron}w${j}`)),
  );
  const biases = neurons.map((neuron) => named.get(`${neuron}b`));
  if (!areAll(weights) || !areAll(biases)) return undefined;
  return [
    { name: `${prefix}weight`, shape: [outputs, inputs], parameters: weights },
    { name: `${prefix}bias`, shape: [outputs], parameters: biases },
  ];
}

function areAll(values: readonly (Value | undefined)[]): values is readonly Value[] {
  return !values.includes(undefined);
}

function scalars(group: readonly string[], named: ReadonlyMap<string, Value>): ParameterTensor[] {
  return group.map((name) => ({ name, shape: [], parameters: [named.get(name)!] }));
}

function renamed(
  caller: string,
  tensors: readonly ParameterTensor[],
  names: (name: string) => string,
): ParameterTensor[] {
  if (typeof names !== "function") {
    throw new TypeError(`${caller}: names must be a function from name to name, got ${describe(names)}.`);
  }
  const taken = new Set<string>();
  return tensors.map((tensor) => {
    const name: unknown = names(tensor.name);
    if (typeof name !== "string") {
      throw new TypeError(
        `${caller}: names(${quoted(tensor.name)}) must be a string, got ${describe(name)}.`,
      );
    }
    if (taken.has(name)) {
      throw new TypeError(`${caller}: two tensors of the model are named ${quoted(name)}.`);
    }
    taken.add(name);
    return { ...tensor, name };
  });
}
