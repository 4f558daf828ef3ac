import type { Scalar, Value } from "@chainrule/core";
import {
  activationOfLayer,
  isOfNeuron,
  type LayerActivation,
  type LayerActivationName,
  layerActivationNamed,
} from "./activation.ts";
import { checkInputs, checkOptions, checkPositiveInteger, describe } from "./check.ts";
import type { Convention } from "./convention.ts";
import { assignments, type Matrices, matricesOf, type Weights } from "./matrices.ts";
import { collectNamed, type Outputs } from "./model.ts";
import { Neuron, weightedInput } from "./neuron.ts";
import { Parametric, Parts } from "./parametric.ts";
import { type RandomOptions, randomOf } from "./random.ts";

export interface LayerOptions extends RandomOptions {
  /** `tanh` unless told. */
  readonly activation?: LayerActivationName;
  /** What the parameters' labels start with, such as `hidden.`; nothing unless told. */
  readonly labelPrefix?: string;
}

/** What a layer computed for one example. */
export interface LayerForward {
  /** The weighted inputs `z = Wx + b`, one per neuron. */
  readonly z: Outputs;
  /** The activations. */
  readonly a: Outputs;
  /**
   * The errors `δ = ∂loss/∂z`, one per neuron: the gradients of z after `loss.backward()`, those of the latest. NaN
   * before, and where the loss depends on none of the layer's z.
   */
  readonly delta: readonly number[];
}

interface Fields {
  readonly neurons: readonly Neuron[];
  readonly activation: LayerActivation;
}

/**
 * Neurons side by side on the same inputs, a function of n scalars: `activation(Wx + b)`.
 *
 * The neurons of a softmax layer are linear, for softmax takes all their z together.
 *
 * @example new Layer(3, 2)([1, 2, 3]).length // 2
 */
export class Layer extends Parametric<readonly Scalar[], Outputs> {
  /** How many scalars it takes. */
  readonly inputs: number;
  /** One per output. */
  readonly neurons: readonly Neuron[];
  /** That of all neurons; named `mixed` if they differ. */
  readonly activation: LayerActivation;

  /**
   * @param inputs - how many scalars it takes
   * @param outputs - how many neurons it has
   * @throws RangeError if a size is not a positive integer or the activation is not known, TypeError for an unknown
   *   option
   */
  constructor(inputs: number, outputs: number, options?: LayerOptions);
  /** @internal */
  constructor(parts: Parts<Fields>);
  constructor(inputs: number | Parts<Fields>, outputs = 0, options: LayerOptions = {}) {
    super();
    const fields = inputs instanceof Parts ? inputs.fields : firstFields(inputs, outputs, options);
    this.neurons = fields.neurons;
    this.activation = fields.activation;
    this.inputs = fields.neurons[0]!.weights.length;
  }

  /**
   * A layer of these neurons. They may differ in activation. Their parameters are labelled by their place in the layer,
   * but for those that have labels of their own.
   *
   * @param neurons - at least one, all with the same number of weights
   * @param options - `activation: "softmax"` for linear neurons that softmax is to act on; `labelPrefix`
   * @throws TypeError if an entry is not a Neuron, RangeError if their numbers of weights differ, or if softmax is asked
   *   for and a neuron is not linear
   * @example Layer.of([Neuron.of([5, 2], 6), Neuron.of([3, 6], 6)]).matrices("B").W // [[5, 2], [3, 6]]
   */
  static of(
    neurons: readonly Neuron[],
    options: { readonly activation?: "softmax"; readonly labelPrefix?: string } = {},
  ): Layer {
    checkNeurons(neurons);
    checkOptions("Layer.of", options, ["activation", "labelPrefix"]);
    const { activation, labelPrefix = "" } = options;
    const layer = new Layer(
      new Parts({
        neurons: [...neurons],
        activation:
          activation === undefined
            ? activationOfLayer(neurons.map((neuron) => neuron.activation))
            : activationOnTop(activation, neurons),
      }),
    );
    layer.relabel(labelPrefix);
    return layer;
  }

  protected override evaluate(inputs: readonly Scalar[]): Outputs {
    return this.forward(inputs).a;
  }

  /**
   * As calling the layer, and the weighted inputs and errors as well.
   *
   * @throws RangeError for a wrong number of inputs, TypeError for a non-scalar
   */
  forward(inputs: readonly Scalar[]): LayerForward {
    checkInputs("Layer", inputs, this.inputs);
    const z = this.neurons.map((neuron) => weightedInput(neuron, inputs)) as Outputs;
    const a = this.activation.applyToAll(z) as Outputs;
    return {
      z,
      a,
      get delta() {
        // The z of one neuron alone may have no part in the loss: its δ is 0.
        const isReached = z.some(({ hasGrad }) => hasGrad);
        return z.map(({ grad }) => (isReached ? grad : Number.NaN));
      },
    };
  }

  protected override listParameters(): Value[] {
    return this.neurons.flatMap((neuron) => neuron.parameters());
  }

  /** The parameters by name, neuron by neuron, weights then bias: `neurons.0.w0`, …. */
  override namedParameters(): ReadonlyMap<string, Value> {
    return collectNamed("neurons", this.neurons);
  }

  /**
   * W, b, ∇W and ∇b as numbers, in one of the three {@link conventions}. ∇ is what `backward()` left.
   *
   * @throws RangeError for an unknown convention
   * @example new Layer(3, 2).matrices("A").W.length // 3
   */
  matrices(convention: Convention): Matrices {
    return matricesOf("matrices", this.neurons, convention);
  }

  /**
   * Sets all weights and biases from matrices of numbers. All is checked before anything is changed.
   *
   * @param weights - W in the form of the convention, and b with one number per neuron
   * @returns the layer
   * @throws RangeError for an unknown convention or wrong shapes, TypeError for a missing one, or anything but numbers
   * @example new Layer(2, 1).setMatrices("A", { W: [[5], [2]], b: [6] }).matrices("B").W // [[5, 2]]
   */
  setMatrices(convention: Convention, weights: Weights): this {
    return this.assign(assignments("setMatrices", convention, weights, this.neurons));
  }

  /** @internal Labels the parameters by their place, after this prefix. */
  relabel(prefix: string): void {
    this.neurons.forEach((neuron, i) => {
      neuron.relabel(`${prefix}neurons.${i}.`);
    });
  }

  override toString(): string {
    const size = `${this.inputs} → ${this.neurons.length}`;
    return `Layer(${size} ${this.activation.name}, ${this.parameters().length} parameters)`;
  }
}

function firstFields(inputs: number, outputs: number, options: LayerOptions): Fields {
  checkOptions("Layer", options, ["activation", "labelPrefix", "seed", "random"]);
  const { activation: name = "tanh", labelPrefix = "" } = options;
  const random = randomOf("Layer", options);
  checkPositiveInteger("Layer: inputs", inputs);
  checkPositiveInteger("Layer: outputs", outputs);
  const activation = layerActivationNamed("Layer", name);
  const ofNeurons = isOfNeuron(activation) ? activation.name : "linear";
  const neurons = Array.from({ length: outputs }, (_, i) => {
    const prefix = `${labelPrefix}neurons.${i}.`;
    return new Neuron(inputs, {
      activation: ofNeurons,
      random,
      layerSize: outputs,
      labelPrefix: prefix,
    });
  });
  return { neurons, activation };
}

function checkNeurons(neurons: readonly Neuron[]): void {
  if (!Array.isArray(neurons) || neurons.length === 0) {
    throw new TypeError(`Layer.of: needs an array of Neurons, at least one, got ${describe(neurons)}.`);
  }
  neurons.forEach((neuron, i) => {
    if (!(neuron instanceof Neuron)) {
      throw new TypeError(`Layer.of: neurons[${i}] must be a Neuron, got ${describe(neuron)}.`);
    }
    const expected = neurons[0]!.weights.length;
    if (neuron.weights.length === expected) return;
    throw new RangeError(
      `Layer.of: all neurons must have as many weights as the first, ${expected}; neurons[${i}] has ${neuron.weights.length}.`,
    );
  });
}

/** An activation of the whole layer, on the z of neurons that do nothing to it themselves. */
function activationOnTop(name: "softmax", neurons: readonly Neuron[]): LayerActivation {
  const activation = layerActivationNamed("Layer.of", name);
  if (isOfNeuron(activation)) {
    throw new RangeError(
      `Layer.of: ${name} is an activation of single neurons. Give it to each: Neuron.of(w, b, { activation: "${name}" }).`,
    );
  }
  const other = neurons.findIndex((neuron) => neuron.activation.name !== "linear");
  if (other === -1) return activation;
  throw new RangeError(
    `Layer.of: the neurons of a ${name} layer must be linear, neurons[${other}] is ${neurons[other]!.activation.name}.`,
  );
}
