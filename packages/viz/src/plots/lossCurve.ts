import { checkOptions, oneOf, pixels, text } from "./check.ts";
import { drawLosses } from "./drawLosses.ts";
import { type LossScale, linearScale, logScale } from "./lossScale.ts";
import { checkSeries, type LossSeries, type Series } from "./lossSeries.ts";

/** How to draw a loss curve. */
export interface LossCurveOptions {
  /** A line above the picture. */
  readonly title?: string;
  /** The scale of the loss. Unless told, `"log"` where losses above 0 span more than a factor of 100. */
  readonly scale?: "linear" | "log";
  /** `epoch` unless told. */
  readonly xLabel?: string;
  /** `loss` unless told. */
  readonly yLabel?: string;
  /** In pixels; 640 unless told. */
  readonly width?: number;
  /** In pixels; 360 unless told. */
  readonly height?: number;
}

const optionKinds = {
  title: text,
  scale: oneOf("linear", "log"),
  xLabel: text,
  yLabel: text,
  width: pixels,
  height: pixels,
};

/**
 * A loss curve as a stand-alone SVG picture; the first entry is epoch 1.
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
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { losses } of series) {
    for (const loss of losses) [lowest, highest] = [Math.min(lowest, loss), Math.max(highest, loss)];
  }
  if (wanted === "log" && lowest <= 0) {
    throw new RangeError(
      `lossCurve: a log scale needs losses above 0, got ${lowest}. Use { scale: "linear" }.`,
    );
  }
  const isLog = wanted === "log" || (wanted === undefined && lowest > 0 && highest / lowest > 100);
  return (isLog ? logScale : linearScale)(lowest, highest);
}
