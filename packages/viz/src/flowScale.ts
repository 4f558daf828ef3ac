import type { Value } from "@chainrule/core";
import { schemeYlGnBu } from "d3-scale-chromatic";
import { ALERT, NEUTRAL, ZERO } from "./style.ts";

/** How to draw a gradient of some magnitude. */
export interface FlowStyle {
  readonly color: string;
  /** The colour thinned for the inside of a node, so that text on it stays readable. */
  readonly fill: string;
  /** Line width in points. */
  readonly width: number;
}

/** Magnitudes at the two ends of a scale. */
export interface FlowRange {
  readonly low: number;
  readonly high: number;
  /** Whether there are magnitudes below `low`, which look as `low` does. */
  readonly isClipped: boolean;
}

/** From gradient magnitudes to colours and line widths, on a log scale. */
export interface FlowScale {
  /** Whether there are gradients; all lines look the same if not. */
  readonly isFlowing: boolean;
  /** `undefined` where no gradient is larger than 0. */
  readonly range: FlowRange | undefined;
  /** Whether anything is red. */
  readonly hasAlert: boolean;
  readonly style: (magnitude: number) => FlowStyle;
}

/** Light to dark, also in grey and to colour-blind eyes; the palest of the scheme are left out. */
export const FLOW_COLORS: readonly string[] = schemeYlGnBu[9]!.slice(3);

/** Decades that the scale spans: a narrower range would overstate small differences, a wider one hide them. */
const NARROWEST = 1;
const WIDEST = 6;
/** The share of the smallest magnitudes that the scale leaves out: a few tiny ones would stretch it for all. */
const CLIPPED = 0.1;

/** |grad| of a node; NaN, to be drawn red, where its data is NaN or ±∞. */
export function magnitudeOf({ data, grad, hasGrad }: Value): number {
  if (!Number.isFinite(data)) return Number.NaN;
  return hasGrad ? Math.abs(grad) : 0;
}

/**
 * The scale for these magnitudes: the largest gets the darkest colour, the smallest tenth the palest, zero is grey,
 * NaN and ∞ are red.
 *
 * @param isFlowing - false before there are gradients: everything looks the same then, but for what is red
 */
export function flowScale(magnitudes: Iterable<number>, isFlowing = true): FlowScale {
  const all = [...magnitudes];
  const hasAlert = !all.every(Number.isFinite);
  if (!isFlowing) {
    const style = (magnitude: number) => (Number.isFinite(magnitude) ? plain(NEUTRAL, 1) : alert);
    return { isFlowing, range: undefined, hasAlert, style };
  }
  const sorted = Float64Array.from(all.filter((x) => x > 0 && Number.isFinite(x))).sort();
  if (sorted.length === 0) {
    return { isFlowing, range: undefined, hasAlert, style: (magnitude) => styleAt(magnitude, 0) };
  }
  const largest = sorted.at(-1)!;
  const high = Math.log10(largest);
  const quantile = Math.log10(sorted[Math.floor(CLIPPED * sorted.length)]!);
  const low = Math.min(high - NARROWEST, Math.max(high - WIDEST, quantile));
  return {
    isFlowing,
    range: { low: 10 ** low, high: largest, isClipped: Math.log10(sorted[0]!) < low },
    hasAlert,
    style: (magnitude) => styleAt(magnitude, (Math.log10(magnitude) - low) / (high - low)),
  };
}

function styleAt(magnitude: number, position: number): FlowStyle {
  if (magnitude === 0) return plain(ZERO, 0.6);
  if (!Number.isFinite(magnitude)) return alert;
  const clamped = Math.min(1, Math.max(0, position));
  const step = Math.min(FLOW_COLORS.length - 1, Math.floor(clamped * FLOW_COLORS.length));
  return plain(FLOW_COLORS[step]!, Number((0.75 + 2.25 * clamped ** 2).toFixed(2)));
}

function plain(color: string, width: number): FlowStyle {
  return { color, fill: `${color}1f`, width };
}

const alert = plain(ALERT, 3);

/** The scale where gradients shall not show. */
export const noFlow: FlowScale = flowScale([], false);
