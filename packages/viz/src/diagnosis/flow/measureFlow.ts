import { localDerivatives, type Scalar, type Value } from "@chainrule/core";
import { adjointsOf, recordingOf } from "../recording.ts";
import {
  type FlowData,
  type FlowForward,
  type FlowLayer,
  type FlowModel,
  lossValue,
  runModel,
} from "./flowModel.ts";
import { newRootMeanSquare } from "./rootMeanSquare.ts";

/** What was seen of a layer over all examples. */
export interface LayerFlow {
  /** ∂(mean loss)/∂w of the weights. */
  readonly weightGradients: readonly number[];
  /** The same of the weights and biases. */
  readonly gradients: readonly number[];
  readonly weights: readonly number[];
  /** The root of the mean of δ² = (∂loss/∂z)², over examples and neurons. */
  readonly delta: number;
  /** The share of the neurons whose activation has slope 0 at every example. */
  readonly dead: number;
  /** The share of the activations, over examples and neurons, that are near a bound; `null` where there is none. */
  readonly saturated: number | null;
}

/** The bounds that activations level off to: near both, a gradient is nearly 0. */
const bounds: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["tanh", [-1, 1]],
  ["sigmoid", [0, 1]],
]);

/** Runs a network on all examples, with backward sweeps that leave every `grad` as it is. */
export function measureFlow<Target>(
  model: FlowModel,
  { inputs, targets }: FlowData<Target>,
  loss: (outputs: [Value, ...Value[]], target: Target) => Scalar,
  margin: number,
): LayerFlow[] {
  const gradients = new Map<Value, number>();
  const tallies = model.layers.map((layer) => newTally(layer, margin));
  inputs.forEach((row, i) => {
    const forward = runModel(model, row);
    const recording = recordingOf([lossValue(loss(forward.outputs, targets[i]!))]);
    const adjoints = adjointsOf(recording, recording.graph.roots[0]!);
    const ofExample = new Map<Value, number>();
    recording.values.forEach((value, id) => {
      if (value !== undefined) ofExample.set(value, adjoints[id]!);
    });
    for (const { weights, bias } of model.layers.flatMap(({ neurons }) => neurons)) {
      for (const parameter of [...weights, bias]) {
        const sum = (gradients.get(parameter) ?? 0) + (ofExample.get(parameter) ?? 0) / inputs.length;
        gradients.set(parameter, sum);
      }
    }
    forward.layers.forEach((layer, l) => {
      tallies[l]!.add(layer, ofExample);
    });
  });
  return model.layers.map(({ neurons }, l) => {
    const gradientOf = (parameter: Value) => gradients.get(parameter)!;
    const weights = neurons.flatMap((neuron) => neuron.weights);
    const weightGradients = weights.map(gradientOf);
    return {
      weightGradients,
      gradients: [...weightGradients, ...neurons.map(({ bias }) => gradientOf(bias))],
      weights: weights.map(({ data }) => data),
      ...tallies[l]!.result(inputs.length),
    };
  });
}

/** Counts over examples what a layer does. */
function newTally({ neurons }: FlowLayer, margin: number) {
  const isLive = neurons.map(() => false);
  const range = neurons.map((neuron) => bounds.get(neuron.activation.name));
  const bounded = range.filter((of) => of !== undefined).length;
  let nearBound = 0;
  const delta = newRootMeanSquare();
  return {
    add({ z, a }: FlowForward["layers"][number], adjoints: ReadonlyMap<Value, number>): void {
      neurons.forEach((_, n) => {
        delta.add(adjoints.get(z[n]!) ?? 0);
        isLive[n] ||= slopeOf(a[n]!, z[n]!) !== 0;
        if (range[n] !== undefined && isNear(a[n]!.data, range[n], margin)) nearBound++;
      });
    },
    result: (examples: number) => ({
      delta: delta.result(),
      dead: isLive.filter((live) => !live).length / neurons.length,
      saturated: bounded === 0 ? null : nearBound / (examples * bounded),
    }),
  };
}

function isNear(a: number, [low, high]: readonly [number, number], margin: number): boolean {
  return Math.min(a - low, high - a) < (margin * (high - low)) / 2;
}

/** ∂a/∂z; `undefined` where a is z itself, or was not made of it by one operation. */
function slopeOf(a: Value, z: Value): number | undefined {
  const slot = a.operands.indexOf(z);
  return slot < 0 ? undefined : (localDerivatives(a)[slot] ?? undefined);
}
