import { checkOptions, flag, type OptionKind, oneOf, text, texts } from "../check.ts";
import { drawLayers } from "./drawLayers.ts";
import { drawNeurons } from "./drawNeurons.ts";
import { type NetworkLike, sizesOf } from "./network.ts";

/** How to draw a network. */
export interface NetworkDotOptions {
  /** A line above the picture. */
  readonly title?: string;
  /** One for each input; `x0`, `x1`, … unless told. */
  readonly inputLabels?: readonly string[];
  /** One for each neuron of the last layer; none unless told. */
  readonly outputLabels?: readonly string[];
  /** Whether a strip below the picture explains the colours; true unless told. */
  readonly legend?: boolean;
  /** Of the page around it: light unless told. */
  readonly theme?: "light" | "dark";
}

export const networkOptionKinds: Readonly<Record<keyof NetworkDotOptions, OptionKind>> = {
  title: text,
  inputLabels: texts,
  outputLabels: texts,
  legend: flag,
  theme: oneOf("light", "dark"),
};

/** More than this, and each layer is one box. */
const MOST_EDGES = 1000;
const MOST_NODES = 200;

/**
 * A multilayer perceptron as DOT: inputs, a panel of neurons for each layer, a line for each weight.
 *
 * Colour and width of a line show |∂L/∂w|, the colour of a neuron |∂L/∂b|, both from the current `grad` of the
 * parameters, on a log scale across the network. Above 1,000 weights or 200 inputs and neurons each layer is one
 * box, coloured by the mean |grad| of its parameters.
 *
 * @param network - an `MLP`, or anything of that form
 * @throws TypeError if network or an option is of the wrong form
 * @throws RangeError if sizes do not match: weights and inputs, or labels and what they name
 * @example networkToDot(new MLP(2, [3, 1])).startsWith("digraph network") // true
 */
export function networkToDot(network: NetworkLike, options: NetworkDotOptions = {}): string {
  checkOptions("networkToDot", options, networkOptionKinds);
  return drawNetwork("networkToDot", network, options);
}

/** As {@link networkToDot}, for another function that has checked the options. */
export function drawNetwork(caller: string, network: NetworkLike, options: NetworkDotOptions): string {
  const sizes = sizesOf(network);
  checkLabels(caller, "inputLabels", options.inputLabels, sizes[0]!);
  checkLabels(caller, "outputLabels", options.outputLabels, sizes.at(-1)!);
  const edges = sizes.slice(1).reduce((sum, size, l) => sum + size * sizes[l]!, 0);
  const nodes = sizes.reduce((sum, size) => sum + size);
  const isLarge = edges > MOST_EDGES || nodes > MOST_NODES;
  return (isLarge ? drawLayers : drawNeurons)(network, sizes, options);
}

function checkLabels(
  caller: string,
  name: "inputLabels" | "outputLabels",
  labels: readonly string[] | undefined,
  size: number,
): void {
  if (labels === undefined || labels.length === size) return;
  throw new RangeError(
    `${caller}: ${name} must name ${size} ${name === "inputLabels" ? "inputs" : "outputs"}, got ${labels.length}.`,
  );
}
