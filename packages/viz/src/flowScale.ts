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

/** From gradient magnitudes to colours and line widths, on a log scale. */
export interface FlowScale {
  /** Magnitudes at the two ends; `undefined` where there is no gradient to measure. */
  readonly range: readonly [low: number, high: number] | undefined;
  readonly style: (magnitude: number) => FlowStyle;
}

/** Light to dark, also in grey and to colour-blind eyes; the palest of the scheme are left out. */
export const FLOW_COLORS: readonly string[] = schemeYlGnBu[9]!.slice(3);

/** Decades that the scale spans: a narrower range would overstate small differences, a wider one hide them. */
const NARROWEST = 1;
const WIDEST = 6;

/** The scale for these magnitudes: the largest gets the darkest colour, zero is grey, NaN and ∞ are red. */
export function flowScale(magnitudes: Iterable<number>): FlowScale {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const magnitude of magnitudes) {
    if (!(magnitude > 0 && magnitude < Number.POSITIVE_INFINITY)) continue;
    smallest = Math.min(smallest, magnitude);
    largest = Math.max(largest, magnitude);
  }
  if (largest === 0) return { range: undefined, style: (magnitude) => styleAt(magnitude, 0) };
  const high = Math.log10(largest);
  const low = Math.min(high - NARROWEST, Math.max(high - WIDEST, Math.log10(smallest)));
  return {
    range: [10 ** low, largest],
    style: (magnitude) => styleAt(magnitude, (Math.log10(magnitude) - low) / (high - low)),
  };
}

/** The scale before there are gradients, or where they shall not show: everything looks the same. */
export const noFlow: FlowScale = { range: undefined, style: () => plain(NEUTRAL, 1) };

function styleAt(magnitude: number, position: number): FlowStyle {
  if (magnitude === 0) return plain(ZERO, 0.6);
  if (!Number.isFinite(magnitude)) return plain(ALERT, 3);
  const clamped = Math.min(1, Math.max(0, position));
  const step = Math.min(FLOW_COLORS.length - 1, Math.floor(clamped * FLOW_COLORS.length));
  return plain(FLOW_COLORS[step]!, Number((0.75 + 2.25 * clamped ** 2).toFixed(2)));
}

function plain(color: string, width: number): FlowStyle {
  return { color, fill: `${color}1f`, width };
}
