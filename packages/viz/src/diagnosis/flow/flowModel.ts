import { add, dot, type Scalar, Value } from "@chainrule/core";
import { describe } from "../../check.ts";
import type { LayerLike, NeuronLike } from "../../network/network.ts";

/** A network that can be run; `MLP` of @chainrule/nn is one. */
export interface FlowModel {
  readonly layers: readonly FlowLayer[];
  /** Runs the network; unless there is one, layer by layer: `z = w · x + b`, `a = activation(z)`. */
  readonly forward?: (inputs: readonly number[]) => FlowForward;
}

/** A layer of neurons that share their inputs. */
export interface FlowLayer extends LayerLike {
  readonly neurons: readonly FlowNeuron[];
  readonly activation?: {
    readonly name: string;
    readonly applyToAll?: (z: readonly Value[]) => readonly Value[];
  };
}

/** A neuron, with its activation as a function. */
export interface FlowNeuron extends NeuronLike {
  readonly activation: { readonly name: string; readonly apply: (z: Value) => Value };
}

/** What a network computed for one example: of each layer the weighted inputs z and the activations a. */
export interface FlowForward {
  readonly outputs: [Value, ...Value[]];
  readonly layers: readonly { readonly z: readonly Value[]; readonly a: readonly Value[] }[];
}

/** Examples: row i of `inputs` belongs to `targets[i]`. */
export interface FlowData<Target> {
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly Target[];
}

/** Runs a network on one example. */
export function runModel(model: FlowModel, inputs: readonly number[]): FlowForward {
  if (typeof model.forward === "function") return model.forward(inputs);
  const layers: { z: readonly Value[]; a: readonly Value[] }[] = [];
  let x: readonly Scalar[] = inputs;
  for (const { neurons, activation } of model.layers) {
    const z = neurons.map(({ weights, bias }) => add(dot(weights, x), bias));
    const a = activation?.applyToAll?.(z) ?? z.map((zi, i) => neurons[i]!.activation.apply(zi));
    layers.push({ z, a });
    x = a;
  }
  return { outputs: x as [Value, ...Value[]], layers };
}

/** @throws TypeError or RangeError if a network cannot be run on the data */
export function checkFlowArguments(model: FlowModel, data: FlowData<unknown>, loss: unknown): void {
  const inputs = checkLayers(model);
  const canRun = model.layers.every(
    ({ activation, neurons }) =>
      typeof activation?.applyToAll === "function" ||
      neurons.every((neuron) => typeof neuron.activation?.apply === "function"),
  );
  if (!canRun && typeof model.forward !== "function") {
    throw new TypeError("flowReport: each neuron needs an activation with name and apply, a function of z.");
  }
  if (typeof loss !== "function") {
    throw new TypeError(
      `flowReport: loss must be a function of outputs and target, got ${describe(loss)}. ` +
        "Pass { loss: ([output], target) => … }.",
    );
  }
  const { inputs: rows, targets } = data ?? {};
  if (!Array.isArray(rows) || !Array.isArray(targets)) {
    throw new TypeError(`flowReport: data must have arrays inputs and targets, got ${describe(data)}.`);
  }
  if (rows.length === 0 || rows.length !== targets.length) {
    throw new RangeError(
      `flowReport: needs one target for each row of inputs, at least one, got ${rows.length} rows and ${targets.length} targets.`,
    );
  }
  const wrong = rows.findIndex((row) => row?.length !== inputs);
  if (wrong < 0) return;
  throw new RangeError(
    `flowReport: inputs[${wrong}] must be ${inputs} numbers, got ${describe(rows[wrong])}.`,
  );
}

/** How many inputs the first layer has. */
function checkLayers(model: FlowModel): number {
  const layers: readonly (FlowLayer | undefined)[] = model?.layers;
  const isRight =
    Array.isArray(layers) &&
    layers.length > 0 &&
    layers.every((layer) => Array.isArray(layer?.neurons) && layer.neurons.length > 0) &&
    model.layers.every(({ neurons }) => neurons.every(isNeuron));
  if (isRight) return model.layers[0]!.neurons[0]!.weights.length;
  throw new TypeError(
    `flowReport: model must have layers of neurons with weights and a bias that are Values, got ${describe(model)}.`,
  );
}

function isNeuron(neuron: FlowNeuron | undefined): boolean {
  const { weights, bias } = neuron ?? {};
  return Array.isArray(weights) && [...weights, bias].every((x) => x instanceof Value);
}

/** The loss of one example. @throws TypeError if it is a plain number, so that nothing flows */
export function lossValue(loss: Scalar): Value {
  if (loss instanceof Value) return loss;
  throw new TypeError(
    `flowReport: the loss must be a Value computed from the outputs, got ${describe(loss)}. Use the outputs, not their data.`,
  );
}
