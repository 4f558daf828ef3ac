import { checkOptions } from "../check.ts";
import type { NetworkLike } from "../network/network.ts";
import { drawHistograms } from "./drawHistograms.ts";
import { layerGradients, type NamedGradients } from "./layerGradients.ts";
import { type PlotOptions, plotOptionKinds } from "./plotOptions.ts";

/** How to draw histograms of gradients. The horizontal axis is `|gradient| (log scale)` unless told; the height is 48 for each layer. */
export type GradientHistogramOptions = Omit<PlotOptions, "yLabel">;

const { yLabel: _, ...optionKinds } = plotOptionKinds;
/** More do not fit into a picture. */
const MOST_LAYERS = 150;

/**
 * For each layer a histogram of log₁₀|gradient| over its parameters, on one scale, as a stand-alone SVG picture: whether
 * gradients vanish or explode from layer to layer, and how many are 0: their bar is of full height if all are. A line marks the median of the others.
 *
 * @param layers - a network after `backward()`, such as `MLP` of @chainrule/nn; or arrays of gradients by name
 * @returns SVG text, from `<svg` to `</svg>`
 * @throws TypeError if layers is neither, or an option is of the wrong kind
 * @throws RangeError if there is no gradient yet, or more than 150 layers
 * @example gradientHistogram({ first: [1e-5, 2e-4, 0], last: [0.1, -0.3] }).includes("1 of 3 is 0") // true
 */
export function gradientHistogram(
  layers: NetworkLike | NamedGradients,
  options: GradientHistogramOptions = {},
): string {
  checkOptions("gradientHistogram", options, optionKinds);
  const rows = layerGradients(layers);
  if (rows.length <= MOST_LAYERS) return drawHistograms(rows, options);
  throw new RangeError(
    `gradientHistogram: ${rows.length} layers are more than the ${MOST_LAYERS} that can be drawn. Pass some of them.`,
  );
}
