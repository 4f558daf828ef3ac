import type { Scalar, Value } from "@chainrule/core";
import type { ActivationName } from "./activation.ts";
import { Callable } from "./callable.ts";
import { checkInputs, checkOptions, checkPositiveInteger, describe } from "./check.ts";
import { Layer, type LayerForward } from "./layer.ts";
import { collectNamed, type Outputs } from "./model.ts";
import { Random, type RandomOptions } from "./random.ts";

export interface MLPOptions extends RandomOptions {
  /** Of the hidden layers; `tanh` unless told. */
  readonly activation?: ActivationName;
  /** Of the last layer; `linear` unless told. */
  readonly output?: ActivationName;
  /** One per layer, instead of `activation` and `output`. */
  readonly activations?: readonly ActivationName[];
}

/** What a net computed: its outputs, and what each layer computed on the way. */
export interface MLPForward {
  readonly outputs: Outputs;
  readonly layers: readonly LayerForward[];
}

/**
 * A multilayer perceptron, a function of n scalars: layer after layer.
 *
 * @example String(new MLP(2, [16, 16, 1], { activation: "relu" })) // "MLP(2 → 16 relu → 16 relu → 1 linear, 337 parameters)"
 */
export class MLP extends Callable<readonly Scalar[], Outputs> {
  /** How many scalars it takes. */
  readonly inputs: number;
  readonly layers: readonly Layer[];

  /**
   * @param inputs - how many scalars it takes
   * @param sizes - how many neurons each layer has, the last being the outputs
   * @throws TypeError or RangeError if sizes are not positive integers, an option or activation is not known, or there
   *   is not one activation for each layer
   */
  constructor(inputs: number, sizes: readonly number[], options: MLPOptions = {}) {
    super();
    checkOptions("MLP", options, ["activation", "output", "activations", "seed", "random"]);
    const { seed = 0, random = new Random(seed) } = options;
    checkPositiveInteger("MLP: inputs", inputs);
    if (!Array.isArray(sizes)) {
      throw new TypeError(`MLP: sizes must be an array of layer sizes, got ${describe(sizes)}.`);
    }
    if (sizes.length === 0) throw new RangeError("MLP: needs at least one layer, got no sizes.");
    sizes.forEach((size, i) => {
      checkPositiveInteger(`MLP: sizes[${i}]`, size);
    });
    const activations = activationsFor(sizes.length, options);
    this.inputs = inputs;
    this.layers = sizes.map(
      (size, i) =>
        new Layer(sizes[i - 1] ?? inputs, size, {
          activation: activations[i]!,
          random,
          labelPrefix: `layers.${i}.`,
        }),
    );
  }

  protected override evaluate(inputs: readonly Scalar[]): Outputs {
    return this.forward(inputs).outputs;
  }

  /**
   * As calling the net, and every layer's z and a as well.
   *
   * @throws RangeError for a wrong number of inputs, TypeError for a non-scalar
   * @example new MLP(2, [3, 1]).forward([1, -1]).layers.length // 2
   */
  forward(inputs: readonly Scalar[]): MLPForward {
    checkInputs("MLP", inputs, this.inputs);
    const layers: LayerForward[] = [];
    let a = inputs;
    for (const layer of this.layers) {
      const forward = layer.forward(a);
      layers.push(forward);
      a = forward.a;
    }
    return { outputs: layers.at(-1)!.a, layers };
  }

  /** Layer by layer, neuron by neuron, weights then bias. */
  parameters(): Value[] {
    return this.layers.flatMap((layer) => layer.parameters());
  }

  /**
   * The parameters by name, in the same order: `layers.0.neurons.0.w0`, …. The names are their labels too.
   *
   * @example [...new MLP(1, [1]).namedParameters().keys()] // ["layers.0.neurons.0.w0", "layers.0.neurons.0.b"]
   */
  namedParameters(): ReadonlyMap<string, Value> {
    return collectNamed("layers", this.layers);
  }

  override toString(): string {
    const layers = this.layers.map(({ neurons, activation }) => `${neurons.length} ${activation.name}`);
    return `MLP(${[this.inputs, ...layers].join(" → ")}, ${this.parameters().length} parameters)`;
  }
}

function activationsFor(layers: number, options: MLPOptions): readonly ActivationName[] {
  const { activations, activation = "tanh", output = "linear" } = options;
  if (activations === undefined) return [...new Array<ActivationName>(layers - 1).fill(activation), output];
  if (options.activation !== undefined || options.output !== undefined) {
    throw new TypeError("MLP: give either activations, or activation and output.");
  }
  if (!Array.isArray(activations) || activations.length !== layers) {
    throw new RangeError(
      `MLP: activations must be one for each of ${layers} layers, got ${describe(activations)}.`,
    );
  }
  return activations;
}
