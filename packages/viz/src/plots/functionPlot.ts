import { checkOptions } from "../check.ts";
import { checkCurves, type PlottedSeries } from "./curveSeries.ts";
import { drawCurves } from "./drawCurves.ts";
import { checkFromTo, finite, type PlotOptions, plotOptionKinds, range, samples } from "./plotOptions.ts";
import { extent, padded } from "./tickText.ts";

/** How to draw functions. The axes are `x` and `y` unless told; the height is 360. */
export interface FunctionPlotOptions extends PlotOptions {
  /** The least x; that of the points unless told. */
  readonly from?: number;
  /** The largest x; that of the points unless told. */
  readonly to?: number;
  /** The least and the largest y to show; all of them unless told. */
  readonly yRange?: readonly [low: number, high: number];
  /** How many points each function is asked at; 400 unless told. */
  readonly samples?: number;
}

const optionKinds = { ...plotOptionKinds, from: finite, to: finite, yRange: range, samples };

/**
 * Functions of one variable and points, as a stand-alone SVG picture: a function, its approximation and the examples
 * that it was learnt from. Lines break where a function jumps or is not finite.
 *
 * @param series - by name, functions of a number that give a number or a Value; or points; or a data set
 * @param options - `from` and `to` can only be left out where there are points
 * @returns SVG text, from `<svg` to `</svg>`
 * @throws TypeError if a series or an option is of the wrong kind, or a point is not finite
 * @throws RangeError if there is nothing to draw: no series, no points, a function that is nowhere finite
 * @example functionPlot({ sin: Math.sin, "x − x³/6": (x) => x - x ** 3 / 6 }, { from: -3, to: 3 }).startsWith("<svg") // true
 */
export function functionPlot(
  series: Readonly<Record<string, PlottedSeries>>,
  options: FunctionPlotOptions = {},
): string {
  const curves = checkCurves("functionPlot", series);
  checkOptions("functionPlot", options, optionKinds);
  const xs = extent(curves.flatMap(({ points = [] }) => points.map(([x]) => x)));
  const [low, high] = Number.isFinite(xs[0])
    ? padded(xs, xs[0] === xs[1] ? 0 : 0.03)
    : [undefined, undefined];
  const { from = low, to = high } = options;
  if (from === undefined || to === undefined) {
    throw new RangeError("functionPlot: there are no points to tell which x to draw. Pass { from, to }.");
  }
  checkFromTo("functionPlot", from, to);
  return drawCurves("functionPlot", "functions", curves, [from, to], options);
}
