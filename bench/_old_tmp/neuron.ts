import { add, dot, type Scalar, type Value, value } from "@chainrule/core";
import { type Activation, type ActivationName, activationNamed } from "./activation.ts";
import { Callable } from "./callable.ts";
import { checkInputs, checkOptions, checkPositiveInteger } from "./check.ts";
import { initialWeights } from "./initialise.ts";
import { Random, type RandomOptions } from "./random.ts";

export interface NeuronOptions extends RandomOptions {
  /** `tanh` unless told. */
  readonly activation?: ActivationName;
  /** How many neurons share the inputs, which Glorot's first weights depend on; 1 unless told. */
  readonly layerSize?: number;
  /** What the parameters' labels start with, such as `hidden.`; nothing unless told. */
  readonly labelPrefix?: string;
}

/**
 * One neuron, a function of n scalars: `activation(w · x + b)`, three nodes of the graph (two if linear).
 *
 * @example new Neuron(3)([1, 2, 3]).op?.name // "tanh"
 */
export class Neuron extends Callable<readonly Scalar[], Value> {
  /** w, one per input; random at first. */
  readonly weights: readonly Value[];
  /** b, 0 at first. */
  readonly bias: Value;
  readonly activation: Activation;

  /**
   * @param inputs - how many scalars it takes
   * @throws RangeError if inputs is not a positive integer or the activation is not known, TypeError for an unknown
   *   option
   */
  constructor(inputs: number, options: NeuronOptions = {}) {
    super();
    checkOptions("Neuron", options, ["activation", "layerSize", "labelPrefix", "seed", "random"]);
    const { activation = "tanh", layerSize = 1, labelPrefix = "" } = options;
    const { seed = 0, random = new Random(seed) } = options;
    checkPositiveInteger("Neuron: inputs", inputs);
    checkPositiveInteger("Neuron: layerSize", layerSize);
    this.activation = activationNamed("Neuron", activation);
    this.weights = initialWeights(random, this.activation, inputs, layerSize).map((w, i) =>
      value(w, () => `${labelPrefix}w${i}`),
    );
    this.bias = value(0, () => `${labelPrefix}b`);
  }

  protected override evaluate(inputs: readonly Scalar[]): Value {
    checkInputs("Neuron", inputs, this.weights.length);
    return this.activation.apply(weightedInput(this, inputs));
  }

  /** Weights in input order, then the bias. */
  parameters(): Value[] {
    return [...this.weights, this.bias];
  }

  /** The parameters by name, in the same order: `w0`, `w1`, …, `b`. */
  namedParameters(): ReadonlyMap<string, Value> {
    return new Map([...this.weights.map((w, i) => [`w${i}`, w] as const), ["b", this.bias]]);
  }

  override toString(): string {
    return `Neuron(${this.weights.length} → 1 ${this.activation.name}, ${this.weights.length + 1} parameters)`;
  }
}

/** z = w · x + b, of inputs that were checked. */
export function weightedInput(neuron: Neuron, inputs: readonly Scalar[]): Value {
  return add(dot(neuron.weights, inputs), neuron.bias);
}
