import type { Scalar, Value } from "@chainrule/core";
import { checkOptions, describe, type OptionKind } from "../../check.ts";
import { flowDot } from "./flowDot.ts";
import { type FlowFinding, type FlowThresholds, findingsOf } from "./flowFindings.ts";
import { checkFlowArguments, type FlowData, type FlowModel } from "./flowModel.ts";
import { flowText } from "./flowText.ts";
import { type LayerFlow, measureFlow } from "./measureFlow.ts";
import { rootMeanSquare } from "./rootMeanSquare.ts";

/** How a gradient flows through one layer. */
export interface LayerFlowReport {
  /** From 1. */
  readonly layer: number;
  readonly activation: string;
  readonly neurons: number;
  /** Quantiles of `log₁₀ |∂(mean loss)/∂parameter|` of the gradients that are not 0; `null` if all are. */
  readonly log10Gradient: FlowQuantiles | null;
  /** The share of the gradients that are 0. */
  readonly zero: number;
  /** The size of `δ = ∂loss/∂z`, the root of the mean of δ² over examples and neurons. */
  readonly delta: number;
  /** δ relative to that in the last layer; `null` if that is 0, NaN or ∞. */
  readonly relative: number | null;
  /** Whether δ at every example and all gradients are finite. */
  readonly hasFiniteGradients: boolean;
  /** learning rate × size of the gradient / size of the weights; `null` without a learning rate, or if all weights are 0. */
  readonly update: number | null;
  /** The share of the neurons whose activation has slope 0 at every example, so that they learn nothing. */
  readonly dead: number;
  /** The share of the activations that are near a bound: ±1 of tanh, 0 and 1 of sigmoid; `null` without bounds. */
  readonly saturated: number | null;
}

/** Numbers below which 5 %, 25 %, 50 %, 75 % and 95 % lie. */
export interface FlowQuantiles {
  readonly q05: number;
  readonly q25: number;
  readonly q50: number;
  readonly q75: number;
  readonly q95: number;
}

/** How the gradient flows through a network, and what is wrong with that. */
export interface FlowReport {
  /** Whether there are no findings. */
  readonly isHealthy: boolean;
  readonly layers: readonly LayerFlowReport[];
  /** The most severe first. */
  readonly findings: readonly FlowFinding[];
  readonly thresholds: FlowThresholds;
  readonly text: string;
  /** A table as DOT. */
  readonly dot: string;
}

/** How to look at a network. */
export interface FlowOptions<Target> {
  /** The loss of one example, of the outputs of the last layer and its target. */
  readonly loss: (outputs: [Value, ...Value[]], target: Target) => Scalar;
  /** Of plain gradient descent; without one there is no update ratio. */
  readonly learningRate?: number;
  /** In place of {@link flowThresholds}. */
  readonly thresholds?: Partial<FlowThresholds>;
}

/** The bounds beyond which {@link flowReport} finds fault, unless told. */
export const flowThresholds: FlowThresholds = {
  vanishing: 1e-3,
  exploding: 30,
  update: 1,
  dead: 0.75,
  saturated: 0.5,
  margin: 0.01,
};

const positive: OptionKind = { fits: (x) => (x as number) > 0 && Number.isFinite(x), wanted: "a number > 0" };
const checkedElsewhere: OptionKind = { fits: () => true, wanted: "" };
const optionKinds = { loss: checkedElsewhere, learningRate: positive, thresholds: checkedElsewhere };
const thresholdKinds = Object.fromEntries(Object.keys(flowThresholds).map((name) => [name, positive]));

/**
 * How the gradient of the mean loss flows through the layers of a network, over a data set: the sizes of the gradients,
 * of `δ = ∂loss/∂z` and of the updates, and the dead and saturated neurons. Finds vanishing and exploding gradients.
 *
 * The network and the loss run once for each example. No `grad` changes.
 *
 * @param model - an `MLP`, or another model of that form
 * @param data - examples, as for `fit`
 * @throws TypeError or RangeError if an argument or an option is of the wrong form
 * @example flowReport(new MLP(2, [4, 1]), xor(), { loss: ([z], t) => binaryCrossEntropyWithLogits(z, t) }).isHealthy // true
 * @see Glorot and Bengio (2010), Understanding the difficulty of training deep feedforward neural networks, §4
 */
export function flowReport<Target>(
  model: FlowModel,
  data: FlowData<Target>,
  options: FlowOptions<Target>,
): FlowReport {
  // Without options it is the loss that is missing, and the error about that says how to give one.
  checkOptions("flowReport", options ?? {}, optionKinds);
  checkFlowArguments(model, data, options?.loss);
  if (options.thresholds !== undefined) {
    if (typeof options.thresholds !== "object" || options.thresholds === null) {
      throw new TypeError(`flowReport: thresholds must be an object, got ${describe(options.thresholds)}.`);
    }
    checkOptions("flowReport: thresholds", options.thresholds, thresholdKinds);
  }
  const thresholds = { ...flowThresholds, ...options.thresholds };
  const flows = measureFlow(model, data, options.loss, thresholds.margin);
  const layers = flows.map((flow, l) => layerReport(model, flows, flow, l, options.learningRate));
  const findings = findingsOf(layers, thresholds);
  const found = { isHealthy: findings.length === 0, layers, findings, thresholds };
  return { ...found, text: flowText(found), dot: flowDot(found) };
}

function layerReport(
  model: FlowModel,
  flows: readonly LayerFlow[],
  { gradients, weightGradients, weights, delta, dead, saturated }: LayerFlow,
  l: number,
  learningRate: number | undefined,
): LayerFlowReport {
  const { neurons, activation } = model.layers[l]!;
  const names = [...new Set(neurons.map((neuron) => neuron.activation.name))];
  const last = flows.at(-1)!.delta;
  const size = rootMeanSquare(weights);
  return {
    layer: l + 1,
    activation: String(activation?.name ?? names.join()),
    neurons: neurons.length,
    log10Gradient: quantilesOf(gradients.filter((x) => x !== 0).map((x) => Math.log10(Math.abs(x)))),
    zero: gradients.filter((x) => x === 0).length / gradients.length,
    delta,
    relative: last === 0 || !Number.isFinite(last) ? null : quotient(delta, last),
    hasFiniteGradients: Number.isFinite(delta) && gradients.every(Number.isFinite),
    update:
      learningRate === undefined || size === 0
        ? null
        : quotient(rootMeanSquare(weightGradients), size, learningRate),
    dead,
    saturated,
  };
}

/** a / b × factor of sizes. Of those that are finite and not 0 it is finite and not 0, whatever the range of a number. */
function quotient(a: number, b: number, factor = 1): number {
  const ratio = (a / b) * factor;
  if (a === 0 || !Number.isFinite(a) || !Number.isFinite(b)) return ratio;
  return Math.min(Math.max(ratio, Number.MIN_VALUE), Number.MAX_VALUE);
}

function quantilesOf(xs: readonly number[]): FlowQuantiles | null {
  if (xs.length === 0) return null;
  const sorted = Float64Array.from(xs).sort();
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    return below === above ? below : below + (above - below) * (place % 1);
  };
  return { q05: at(0.05), q25: at(0.25), q50: at(0.5), q75: at(0.75), q95: at(0.95) };
}
