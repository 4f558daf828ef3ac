import { checkOptions, texts } from "../check.ts";
import type { Prediction } from "./classes.ts";
import { drawRegions } from "./drawRegions.ts";
import { checkFunction, quietly } from "./evaluate.ts";
import { type ClassifiedData, planeOf } from "./plane.ts";
import { finite, type PlotOptions, pair, plotOptionKinds, samples } from "./plotOptions.ts";

/** How to draw a decision boundary. The height is 480 unless told. */
export interface DecisionBoundaryOptions extends PlotOptions {
  /** Where `predict` gives one score: the second class is above it. 0 for a logit, 0.5 for a probability. */
  readonly threshold?: number;
  /** The names of the classes, ascending; `class 0`, … unless told or in the data set. */
  readonly classLabels?: readonly string[];
  /** Which inputs to draw, counted from 0, where there are more than two; the others are held at their means. */
  readonly columns?: readonly [x: number, y: number];
  /** How many points across the width predict is asked at; 120 unless told. Down the height in proportion. */
  readonly samples?: number;
}

const optionKinds = { ...plotOptionKinds, threshold: finite, classLabels: texts, columns: pair, samples };

/**
 * What a classifier says across the plane of two inputs, with the data, as a stand-alone SVG picture. Pale regions are
 * what `predict` says, points are the data; classes differ in shape and colour.
 *
 * @param predict - from a row of inputs to a class, to one score (with `threshold`), or to one score per class, of which
 * the highest wins; numbers or Values, so a model of @chainrule/nn will do
 * @param dataset - rows of two inputs, and their classes
 * @returns SVG text, from `<svg` to `</svg>`
 * @throws TypeError if predict, a row, a target or an option is of the wrong kind
 * @throws RangeError if there are no data, or more than two inputs without `columns`, or predict gives NaN
 * @example decisionBoundary(([x = 0]) => (x > 0.5 ? 1 : 0), { inputs: [[0, 0], [1, 1]], targets: [0, 1] }).includes("class 1") // true
 */
export function decisionBoundary(
  predict: (row: number[]) => Prediction,
  dataset: ClassifiedData,
  options: DecisionBoundaryOptions = {},
): string {
  checkFunction("decisionBoundary: predict", predict);
  checkOptions("decisionBoundary", options, optionKinds);
  return drawRegions(quietly(predict), planeOf(dataset, options.columns), dataset, options);
}
