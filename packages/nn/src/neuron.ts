import { add, dot, type Scalar, Value, value } from "@chainrule/core";
import { type Activation, type ActivationName, activationNamed } from "./activation.ts";
import { checkInputs, checkOptions, checkPositiveInteger, checkScalar, checkScalars } from "./check.ts";
import { initialWeights } from "./initialise.ts";
import { Parametric, Parts } from "./parametric.ts";
import { type RandomOptions, randomOf } from "./random.ts";

export interface NeuronOptions extends RandomOptions {
  /** `tanh` unless told. */
  readonly activation?: ActivationName;
  /** How many neurons share the inputs, which Glorot's first weights depend on; 1 unless told. */
  readonly layerSize?: number;
  /** What the parameters' labels start with, such as `hidden.`; nothing unless told. */
  readonly labelPrefix?: string;
}

interface Fields {
  readonly weights: readonly Value[];
  readonly bias: Value;
  readonly activation: Activation;
  readonly labelPrefix: string;
}

/**
 * One neuron, a function of n scalars: `a = activation(z)` with `z = w · x + b`, three nodes of the graph (two if
 * linear).
 *
 * @example new Neuron(3)([1, 2, 3]).op?.name // "tanh"
 */
export class Neuron extends Parametric<readonly Scalar[], Value> {
  /** w, one per input; random at first. */
  readonly weights: readonly Value[];
  /** b, 0 at first. */
  readonly bias: Value;
  readonly activation: Activation;
  /** What the labels start with that are no user's. */
  #labelPrefix: string;

  /**
   * @param inputs - how many scalars it takes
   * @throws RangeError if inputs is not a positive integer or the activation is not known, TypeError for an unknown
   *   option
   */
  constructor(inputs: number, options?: NeuronOptions);
  /** @internal */
  constructor(parts: Parts<Fields>);
  constructor(inputs: number | Parts<Fields>, options: NeuronOptions = {}) {
    super();
    const fields = inputs instanceof Parts ? inputs.fields : firstFields(inputs, options);
    this.weights = fields.weights;
    this.bias = fields.bias;
    this.activation = fields.activation;
    this.#labelPrefix = fields.labelPrefix;
  }

  /**
   * A neuron with these weights and this bias. Numbers become new parameters. Values are the parameters themselves, so
   * that neurons can share them, and may be computed from others.
   *
   * @param weights - w, one per input, at least one
   * @param bias - b
   * @param options - `activation`, `tanh` unless told; `labelPrefix`
   * @throws RangeError if there are no weights or the activation is not known, TypeError for anything but scalars or an
   *   unknown option
   * @example Neuron.of([5, 2], 6, { activation: "relu" })([10, 20]).data // 96
   */
  static of(
    weights: readonly Scalar[],
    bias: Scalar,
    options: Pick<NeuronOptions, "activation" | "labelPrefix"> = {},
  ): Neuron {
    checkScalars("Neuron.of: weights", weights);
    checkScalar("Neuron.of: bias", bias);
    if (weights.length === 0) throw new RangeError("Neuron.of: needs at least one weight, got none.");
    checkOptions("Neuron.of", options, ["activation", "labelPrefix"]);
    const { activation = "tanh", labelPrefix = "" } = options;
    const neuron = new Neuron(
      new Parts({
        weights: weights.map(parameterOf),
        bias: parameterOf(bias),
        activation: activationNamed("Neuron.of", activation),
        labelPrefix,
      }),
    );
    neuron.relabel(labelPrefix);
    return neuron;
  }

  protected override evaluate(inputs: readonly Scalar[]): Value {
    checkInputs("Neuron", inputs, this.weights.length);
    return this.activation.apply(weightedInput(this, inputs));
  }

  protected override listParameters(): Value[] {
    return [...this.weights, this.bias];
  }

  /** The parameters by name, weights in input order, then the bias: `w0`, `w1`, …, `b`. */
  override namedParameters(): ReadonlyMap<string, Value> {
    return new Map([...this.weights.map((w, i) => [`w${i}`, w] as const), ["b", this.bias]]);
  }

  /**
   * @internal Labels the parameters by their names after this prefix, in place of the one before. Labels that are of
   * another form are the user's, and stay.
   */
  relabel(prefix: string): void {
    for (const [name, parameter] of this.namedParameters()) {
      const { label } = parameter;
      if (label === undefined || label === this.#labelPrefix + name) parameter.label = () => prefix + name;
    }
    this.#labelPrefix = prefix;
  }

  override toString(): string {
    return `Neuron(${this.weights.length} → 1 ${this.activation.name}, ${this.parameters().length} parameters)`;
  }
}

function firstFields(inputs: number, options: NeuronOptions): Fields {
  checkOptions("Neuron", options, ["activation", "layerSize", "labelPrefix", "seed", "random"]);
  const { activation: name = "tanh", layerSize = 1, labelPrefix = "" } = options;
  const random = randomOf("Neuron", options);
  checkPositiveInteger("Neuron: inputs", inputs);
  checkPositiveInteger("Neuron: layerSize", layerSize);
  const activation = activationNamed("Neuron", name);
  const weights = initialWeights(random, activation, inputs, layerSize).map((w, i) =>
    value(w, () => `${labelPrefix}w${i}`),
  );
  return { weights, bias: value(0, () => `${labelPrefix}b`), activation, labelPrefix };
}

function parameterOf(x: Scalar): Value {
  return x instanceof Value ? x : value(x);
}

/** z = w · x + b, of inputs that were checked. */
export function weightedInput(neuron: Neuron, inputs: readonly Scalar[]): Value {
  return add(dot(neuron.weights, inputs), neuron.bias);
}
