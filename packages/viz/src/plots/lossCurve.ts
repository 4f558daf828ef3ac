import { checkOptions, oneOf } from "../check.ts";
import { drawLosses } from "./drawLosses.ts";
import { type LossScale, linearScale, logScale } from "./lossScale.ts";
import { checkSeries, type LossSeries, type Series } from "./lossSeries.ts";
import { type PlotOptions, plotOptionKinds } from "./plotOptions.ts";
import { extent } from "./tickText.ts";

/** How to draw a loss curve. The axes are `epoch` and `loss` unless told; the height is 360. */
export interface LossCurveOptions extends PlotOptions {
  /** The scale of the loss. Unless told, `"log"` where losses above 0 span more than a factor of 100. */
  readonly scale?: "linear" | "log";
}

const optionKinds = { ...plotOptionKinds, scale: oneOf("linear", "log") };

/**
 * A loss curve as a stand-alone SVG picture; the first entry is epoch 1. Of more epochs than there are pixels, the
 * lowest and the highest of each stretch are drawn, and the picture says so.
 *
 * @param losses - one number per epoch, or several such series by name, such as `{ train, test }`
 * @returns SVG text, from `<svg` to `</svg>`, to save or to put into a page
 * @throws TypeError if losses or an option is of the wrong kind
 * @throws RangeError if a series is empty or holds NaN or ±Infinity, or 0 or less on a log scale
 * @example lossCurve([0.9, 0.4, 0.2]).startsWith("<svg") // true
 */
export function lossCurve(losses: readonly number[] | LossSeries, options: LossCurveOptions = {}): string {
  const series = checkSeries(losses);
  checkOptions("lossCurve", options, optionKinds);
  return drawLosses(series, chooseScale(series, options.scale), options);
}

function chooseScale(series: readonly Series[], wanted: "linear" | "log" | undefined): LossScale {
  const [lowest, highest] = extent(series.flatMap(({ losses }) => losses));
  if (wanted === "log" && lowest <= 0) {
    throw new RangeError(
      `lossCurve: a log scale needs losses above 0, got ${lowest}. Use { scale: "linear" }.`,
    );
  }
  const isLog = wanted === "log" || (wanted === undefined && lowest > 0 && highest / lowest > 100);
  return (isLog ? logScale : linearScale)(lowest, highest);
}
