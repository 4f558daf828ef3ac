import type { Scalar, Value } from "@chainrule/core";
import { checkInputs, counted, describe } from "./check.ts";
import { type Convention, conventionNamed } from "./convention.ts";
import { firstLayers, type MLPOptions } from "./firstLayers.ts";
import { Layer, type LayerForward } from "./layer.ts";
import { assignments, type Matrices, type Weights } from "./matrices.ts";
import { collectNamed, type Outputs } from "./model.ts";
import { Parametric, Parts } from "./parametric.ts";

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
export class MLP extends Parametric<readonly Scalar[], Outputs> {
  /** How many scalars it takes. */
  readonly inputs: number;
  readonly layers: readonly Layer[];

  /**
   * @param inputs - how many scalars it takes
   * @param sizes - how many neurons each layer has, the last being the outputs
   * @throws TypeError or RangeError if sizes are not positive integers, an option or activation is not known, or there
   *   is not one activation for each layer
   */
  constructor(inputs: number, sizes: readonly number[], options?: MLPOptions);
  /** @internal */
  constructor(parts: Parts<readonly Layer[]>);
  constructor(
    inputs: number | Parts<readonly Layer[]>,
    sizes: readonly number[] = [],
    options: MLPOptions = {},
  ) {
    super();
    this.layers = inputs instanceof Parts ? inputs.fields : firstLayers(inputs, sizes, options);
    this.inputs = this.layers[0]!.inputs;
  }

  /**
   * A net of these layers. Their parameters are labelled by their place in the net, but for those that have labels of
   * their own. Layers that another net has as well get the labels of this one.
   *
   * @param layers - at least one, each with as many inputs as the one before has neurons
   * @throws TypeError if an entry is not a Layer, RangeError if sizes do not fit
   * @example String(MLP.of([Layer.of([Neuron.of([5, 2], 6)])])) // "MLP(2 → 1 tanh, 3 parameters)"
   */
  static of(layers: readonly Layer[]): MLP {
    checkLayers(layers);
    layers.forEach((layer, i) => {
      layer.relabel(`layers.${i}.`);
    });
    return new MLP(new Parts([...layers]));
  }

  protected override evaluate(inputs: readonly Scalar[]): Outputs {
    return this.forward(inputs).outputs;
  }

  /**
   * As calling the net, and every layer's z, a and, after `backward()`, δ as well.
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

  protected override listParameters(): Value[] {
    return this.layers.flatMap((layer) => layer.parameters());
  }

  /**
   * The parameters by name, layer by layer, neuron by neuron, weights then bias: `layers.0.neurons.0.w0`, …. The names
   * are their labels too.
   *
   * @example [...new MLP(1, [1]).namedParameters().keys()] // ["layers.0.neurons.0.w0", "layers.0.neurons.0.b"]
   */
  override namedParameters(): ReadonlyMap<string, Value> {
    return collectNamed("layers", this.layers);
  }

  /**
   * How many parameters each layer has: `n_in · n_out + n_out`. One that layers share counts in the first of them, so
   * that the sum is that of all.
   *
   * @example new MLP(2, [16, 1]).parameterCounts() // [48, 17]
   */
  parameterCounts(): number[] {
    const counted = new Set<Value>();
    return this.layers.map((layer) => {
      const before = counted.size;
      for (const parameter of layer.parameters()) counted.add(parameter);
      return counted.size - before;
    });
  }

  /**
   * W, b, ∇W and ∇b of each layer as numbers, in one of the three {@link conventions}. ∇ is what `backward()` left.
   *
   * @throws RangeError for an unknown convention
   * @example new MLP(2, [3, 1]).matrices("B").map(({ W }) => [W.length, W[0].length]) // [[3, 2], [1, 3]]
   */
  matrices(convention: Convention): Matrices[] {
    return this.layers.map((layer) => layer.matrices(convention));
  }

  /**
   * Sets all weights and biases from matrices of numbers. All is checked before anything is changed.
   *
   * @param weights - for each layer W in the form of the convention, and b with one number per neuron
   * @returns the net
   * @throws RangeError for an unknown convention or wrong shapes, TypeError for a missing one, or anything but numbers
   * @example new MLP(2, [1]).setMatrices("A", [{ W: [[5], [2]], b: [6] }]).matrices("C")[0].W // [[5], [2]]
   */
  setMatrices(convention: Convention, weights: readonly Weights[]): this {
    conventionNamed("setMatrices", convention);
    if (!Array.isArray(weights) || weights.length !== this.layers.length) {
      const each = counted(this.layers.length, "layer");
      throw new RangeError(`setMatrices: needs { W, b } for each of ${each}, got ${describe(weights)}.`);
    }
    return this.assign(
      this.layers.flatMap(({ neurons }, l) =>
        assignments(`setMatrices: layers[${l}]`, convention, weights[l]!, neurons, `layers.${l}.`),
      ),
    );
  }

  override toString(): string {
    const layers = this.layers.map(({ neurons, activation }) => `${neurons.length} ${activation.name}`);
    return `MLP(${[this.inputs, ...layers].join(" → ")}, ${this.parameters().length} parameters)`;
  }
}

function checkLayers(layers: readonly Layer[]): void {
  if (!Array.isArray(layers) || layers.length === 0) {
    throw new TypeError(`MLP.of: needs an array of Layers, at least one, got ${describe(layers)}.`);
  }
  layers.forEach((layer, i) => {
    if (!(layer instanceof Layer)) {
      throw new TypeError(`MLP.of: layers[${i}] must be a Layer, got ${describe(layer)}.`);
    }
    const before = layers[i - 1]?.neurons.length ?? layer.inputs;
    if (layer.inputs === before) return;
    throw new RangeError(
      `MLP.of: layers[${i}] takes ${counted(layer.inputs, "input")}, ` +
        `and layers[${i - 1}] has ${counted(before, "neuron")}.`,
    );
  });
}
