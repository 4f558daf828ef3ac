import {
  type Binary,
  elu,
  gelu,
  leakyRelu,
  relu,
  type Scalar,
  sigmoid,
  silu,
  softplus,
  step,
  tanh,
  type Value,
} from "@chainrule/core";
import { describe } from "./check.ts";
import { glorotBound, heBound } from "./initialise.ts";

/** The name of an activation. */
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

/** What a neuron does to its weighted input, and the weights that suit it. */
export interface Activation {
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

/**
 * All activations by name. `leakyRelu` has slope 0.01 below 0 and `elu` tends to −1; `linear` passes its input on
 * and adds no node; `step` has no gradient, so it is for weights set by hand. Kinks are those of core's operations.
 *
 * @example activations.leakyRelu.apply(-2) // -0.02
 */
export const activations: { readonly [Name in ActivationName]: Activation } = {
  linear: { name: "linear", apply: <T>(x: T) => x, weightBound: glorotBound },
  sigmoid: { name: "sigmoid", apply: sigmoid, weightBound: glorotBound },
  tanh: { name: "tanh", apply: tanh, weightBound: glorotBound },
  relu: { name: "relu", apply: relu, weightBound: heBound },
  leakyRelu: { name: "leakyRelu", apply: withConstant(leakyRelu, 0.01), weightBound: heBound },
  elu: { name: "elu", apply: withConstant(elu, 1), weightBound: heBound },
  softplus: { name: "softplus", apply: softplus, weightBound: glorotBound },
  gelu: { name: "gelu", apply: gelu, weightBound: heBound },
  silu: { name: "silu", apply: silu, weightBound: heBound },
  step: { name: "step", apply: step, weightBound: glorotBound },
};

function withConstant(operation: Binary, constant: number): ActivationFunction {
  return ((x: Scalar) => operation(x, constant)) as ActivationFunction;
}

/** The activation of this name. @throws RangeError that lists the names there are */
export function activationNamed(caller: string, name: ActivationName): Activation {
  if (Object.hasOwn(activations, name)) return activations[name];
  throw new RangeError(
    `${caller}: activation must be one of ${Object.keys(activations).join(", ")}, got ${describe(name)}.`,
  );
}
