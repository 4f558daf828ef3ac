import {
  type Binary,
  elu,
  gelu,
  leakyRelu,
  relu,
  type Scalar,
  sigmoid,
  silu,
  softmax,
  softplus,
  step,
  tanh,
  type Value,
} from "@chainrule/core";
import { describe } from "./check.ts";
import { glorotBound, heBound } from "./initialise.ts";
import { meantName } from "./nearNames.ts";

/** The name of an activation of one neuron. */
export type ActivationName =
  | "linear"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "leakyRelu"
  | "elu"
  | "softplus"
  | "gelu"
  | "silu"
  | "step";

/** The name of an activation that a layer can have. `softmax` takes all its weighted inputs together. */
export type LayerActivationName = ActivationName | "softmax";

/** What a layer does to its weighted inputs. */
export interface LayerActivation {
  /** `mixed` if the layer was made of neurons that differ. */
  readonly name: LayerActivationName | "mixed";
  /** a of all z of a layer. */
  readonly applyToAll: LayerActivationFunction;
}

/** What a neuron does to its weighted input, and the weights that suit it. */
export interface Activation extends LayerActivation {
  readonly name: ActivationName;
  /** The activation of one scalar. */
  readonly apply: ActivationFunction;
  /** The bound b of the first weights, uniform in [−b, b), of a layer with so many inputs and outputs. */
  readonly weightBound: (inputs: number, outputs: number) => number;
}

/** A function of one scalar: numbers give a number, Values give a Value. */
export interface ActivationFunction {
  (x: number): number;
  (x: Value): Value;
  (x: Scalar): Scalar;
}

/** A function of n ≥ 1 scalars that gives as many: numbers give numbers, Values give Values. */
export interface LayerActivationFunction {
  (z: readonly number[]): number[];
  (z: readonly Value[]): Value[];
  (z: readonly Scalar[]): Scalar[];
}

/** All activations by name, as a neuron or only a layer can have them. */
export type Activations = { readonly [Name in ActivationName]: Activation } & {
  readonly softmax: LayerActivation;
};

/**
 * All activations by name. `leakyRelu` has slope 0.01 below 0 and `elu` tends to −1; `linear` passes its input on
 * and adds no node; `step` has no gradient, so it is for weights set by hand; `softmax` is of a layer and not of a
 * neuron, for it divides by a sum over the layer. Kinks are those of core's operations: relu′(0) = 0.
 *
 * @example activations.softmax.applyToAll([0, 0]) // [0.5, 0.5]
 */
export const activations: Activations = {
  linear: ofNeuron("linear", <T>(x: T) => x, glorotBound),
  sigmoid: ofNeuron("sigmoid", sigmoid, glorotBound),
  tanh: ofNeuron("tanh", tanh, glorotBound),
  relu: ofNeuron("relu", relu, heBound),
  leakyRelu: ofNeuron("leakyRelu", withConstant(leakyRelu, 0.01), heBound),
  elu: ofNeuron("elu", withConstant(elu, 1), heBound),
  softplus: ofNeuron("softplus", softplus, glorotBound),
  gelu: ofNeuron("gelu", gelu, heBound),
  silu: ofNeuron("silu", silu, heBound),
  step: ofNeuron("step", step, glorotBound),
  softmax: { name: "softmax", applyToAll: softmax },
};

function ofNeuron(
  name: ActivationName,
  apply: ActivationFunction,
  weightBound: Activation["weightBound"],
): Activation {
  const applyToAll = ((z: readonly Scalar[]) => z.map((zi) => apply(zi))) as LayerActivationFunction;
  return { name, apply, applyToAll, weightBound };
}

function withConstant(operation: Binary, constant: number): ActivationFunction {
  return ((x: Scalar) => operation(x, constant)) as ActivationFunction;
}

/** The activation of a neuron that has this name. @throws RangeError that lists the names there are */
export function activationNamed(caller: string, name: ActivationName): Activation {
  const all = Object.values<LayerActivation>(activations);
  const found = all.find((activation) => activation.name === name);
  if (found === undefined) throw unknownActivation(caller, all.filter(isOfNeuron), name);
  if (isOfNeuron(found)) return found;
  throw new RangeError(
    `${caller}: ${name} acts on all weighted inputs of a layer, so one neuron cannot have it. ` +
      `Give it to the layer: new Layer(…, { activation: "${name}" }), or Layer.of(neurons, { activation: "${name}" }).`,
  );
}

/** The activation of a layer that has this name. @throws RangeError that lists the names there are */
export function layerActivationNamed(caller: string, name: LayerActivationName): LayerActivation {
  if (Object.hasOwn(activations, name)) return activations[name];
  throw unknownActivation(caller, Object.values(activations), name);
}

function unknownActivation(caller: string, known: readonly LayerActivation[], given: unknown): RangeError {
  const names = known.map(({ name }) => name);
  const meant = typeof given === "string" ? meantName(given, names) : undefined;
  const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  return new RangeError(
    `${caller}: activation must be one of ${names.join(", ")}, got ${describe(given)}.${hint}`,
  );
}

/** Whether one neuron can have this activation. */
export function isOfNeuron(activation: LayerActivation): activation is Activation {
  return "apply" in activation;
}

/** What a layer does whose neurons have these activations, one for each. */
export function activationOfLayer(neurons: readonly Activation[]): LayerActivation {
  const first = neurons[0]!;
  if (neurons.every((activation) => activation === first)) return first;
  const applyToAll = ((z: readonly Scalar[]) =>
    z.map((zi, i) => neurons[i]!.apply(zi))) as LayerActivationFunction;
  return { name: "mixed", applyToAll };
}
