import type { Scalar, Value } from "@chainrule/core";
import { type Activation, type ActivationName, activationNamed } from "./activation.ts";
import { Callable } from "./callable.ts";
import { checkInputs, checkOptions, checkPositiveInteger } from "./check.ts";
import { collectNamed, type Outputs } from "./model.ts";
import { Neuron, weightedInput } from "./neuron.ts";
import { Random, type RandomOptions } from "./random.ts";

export interface LayerOptions extends RandomOptions {
  /** `tanh` unless told. */
  readonly activation?: ActivationName;
  /** What the parameters' labels start with, such as `hidden.`; nothing unless told. */
  readonly labelPrefix?: string;
}

/** What a layer computed: weighted inputs `z = Wx + b` and activations `a`. After `loss.backward()`, δ is `z[i].grad`. */
export interface LayerForward {
  readonly z: Outputs;
  readonly a: Outputs;
}

/**
 * Neurons side by side on the same inputs, a function of n scalars: `activation(Wx + b)`.
 *
 * @example new Layer(3, 2)([1, 2, 3]).length // 2
 */
export class Layer extends Callable<readonly Scalar[], Outputs> {
  /** How many scalars it takes. */
  readonly inputs: number;
  /** One per output. */
  readonly neurons: readonly Neuron[];
  readonly activation: Activation;

  /**
   * @param inputs - how many scalars it takes
   * @param outputs - how many neurons it has
   * @throws RangeError if a size is not a positive integer or the activation is not known, TypeError for an unknown
   *   option
   */
  constructor(inputs: number, outputs: number, options: LayerOptions = {}) {
    super();
    checkOptions("Layer", options, ["activation", "labelPrefix", "seed", "random"]);
    const { activation = "tanh", labelPrefix = "" } = options;
    const { seed = 0, random = new Random(seed) } = options;
    checkPositiveInteger("Layer: inputs", inputs);
    checkPositiveInteger("Layer: outputs", outputs);
    this.inputs = inputs;
    this.activation = activationNamed("Layer", activation);
    this.neurons = Array.from(
      { length: outputs },
      (_, i) =>
        new Neuron(inputs, {
          activation,
          random,
          layerSize: outputs,
          labelPrefix: `${labelPrefix}neurons.${i}.`,
        }),
    );
  }

  protected override evaluate(inputs: readonly Scalar[]): Outputs {
    return this.forward(inputs).a;
  }

  /**
   * As calling the layer, and the weighted inputs as well.
   *
   * @throws RangeError for a wrong number of inputs, TypeError for a non-scalar
   */
  forward(inputs: readonly Scalar[]): LayerForward {
    checkInputs("Layer", inputs, this.inputs);
    const z = this.neurons.map((neuron) => weightedInput(neuron, inputs)) as Outputs;
    const a = z.map((zi) => this.activation.apply(zi)) as Outputs;
    return { z, a };
  }

  /** Neuron by neuron, weights then bias. */
  parameters(): Value[] {
    return this.neurons.flatMap((neuron) => neuron.parameters());
  }

  /** The parameters by name, in the same order: `neurons.0.w0`, …. */
  namedParameters(): ReadonlyMap<string, Value> {
    return collectNamed("neurons", this.neurons);
  }

  override toString(): string {
    const outputs = this.neurons.length;
    return `Layer(${this.inputs} → ${outputs} ${this.activation.name}, ${outputs * (this.inputs + 1)} parameters)`;
  }
}
