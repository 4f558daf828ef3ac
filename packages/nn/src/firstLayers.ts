import { type LayerActivationName, layerActivationNamed } from "./activation.ts";
import { checkOptions, checkPositiveInteger, counted, describe } from "./check.ts";
import { Layer } from "./layer.ts";
import { type RandomOptions, randomOf } from "./random.ts";

export interface MLPOptions extends RandomOptions {
  /** Of the hidden layers; `tanh` unless told. */
  readonly activation?: LayerActivationName;
  /** Of the last layer; `linear` unless told. */
  readonly output?: LayerActivationName;
  /** One per layer, instead of `activation` and `output`. */
  readonly activations?: readonly LayerActivationName[];
}

/** The layers of a new net. @throws TypeError or RangeError as the constructor of `MLP` */
export function firstLayers(inputs: number, sizes: readonly number[], options: MLPOptions): Layer[] {
  checkSizes(inputs, sizes, options);
  checkOptions("MLP", options, ["activation", "output", "activations", "seed", "random"]);
  const random = randomOf("MLP", options);
  const activations = activationsFor(sizes.length, options);
  for (const name of activations) layerActivationNamed("MLP", name);
  return sizes.map((size, i) => {
    const activation = activations[i]!;
    return new Layer(sizes[i - 1] ?? inputs, size, { activation, random, labelPrefix: `layers.${i}.` });
  });
}

/** The sizes come first, because one that is written without brackets takes the place of the options. */
function checkSizes(inputs: unknown, sizes: unknown, options: unknown): void {
  const numbers = [inputs, sizes, options].flat().filter((x) => typeof x === "number");
  const hint = numbers.length < 2 ? "" : ` Write new MLP(${numbers[0]}, [${numbers.slice(1).join(", ")}]).`;
  if (Array.isArray(inputs)) {
    throw new TypeError(`MLP: inputs must be a positive integer, got ${describe(inputs)}.${hint}`);
  }
  checkPositiveInteger("MLP: inputs", inputs);
  if (!Array.isArray(sizes)) {
    throw new TypeError(`MLP: sizes must be an array of layer sizes, got ${describe(sizes)}.${hint}`);
  }
  if (sizes.length === 0) throw new RangeError("MLP: needs at least one layer, got no sizes.");
  sizes.forEach((size, i) => {
    checkPositiveInteger(`MLP: sizes[${i}]`, size);
  });
}

function activationsFor(layers: number, options: MLPOptions): readonly LayerActivationName[] {
  const { activations, activation = "tanh", output = "linear" } = options;
  if (Array.isArray(activation)) {
    throw new TypeError(
      `MLP: activation must be one name, for all hidden layers, got ${describe(activation)}. ` +
        "Give one name for each layer, the last too, as activations.",
    );
  }
  if (activations === undefined)
    return [...new Array<LayerActivationName>(layers - 1).fill(activation), output];
  if (options.activation !== undefined || options.output !== undefined) {
    throw new TypeError("MLP: give either activations, or activation and output.");
  }
  if (!Array.isArray(activations) || activations.length !== layers) {
    throw new RangeError(
      `MLP: activations must be one for each of ${counted(layers, "layer")}, got ${describe(activations)}.`,
    );
  }
  return activations;
}
