import type { Value } from "@chainrule/core";
import { type Palette, palettes } from "./palette.ts";

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
  readonly palette: Palette;
  /** Whether there are gradients; all lines look the same if not. */
  readonly isFlowing: boolean;
  /** `undefined` where no gradient is larger than 0. */
  readonly range: FlowRange | undefined;
  /** Whether anything is red. */
  readonly hasAlert: boolean;
  readonly style: (magnitude: number) => FlowStyle;
}

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
 * The scale for these magnitudes: the largest gets the last colour of the palette, the smallest tenth the first, zero
 * is grey, NaN and ∞ are red.
 *
 * @param isFlowing - false before there are gradients: everything looks the same then, but for what is red
 */
export function flowScale(
  magnitudes: Iterable<number>,
  isFlowing = true,
  palette: Palette = palettes.light,
): FlowScale {
  const all = [...magnitudes];
  const hasAlert = !all.every(Number.isFinite);
  const alert = plain(palette.alert, 3);
  if (!isFlowing) {
    const style = (magnitude: number) => (Number.isFinite(magnitude) ? plain(palette.neutral, 1) : alert);
    return { palette, isFlowing, range: undefined, hasAlert, style };
  }
  const span = spanOf(all);
  const style = (magnitude: number): FlowStyle => {
    if (magnitude === 0) return plain(palette.zero, 0.6);
    if (!Number.isFinite(magnitude)) return alert;
    const [low, high] = span?.logs ?? [0, 1];
    const position = Math.min(1, Math.max(0, (Math.log10(magnitude) - low) / (high - low)));
    const step = Math.min(palette.flow.length - 1, Math.floor(position * palette.flow.length));
    return plain(palette.flow[step]!, Number((0.75 + 2.25 * position ** 2).toFixed(2)));
  };
  return { palette, isFlowing, range: span?.range, hasAlert, style };
}

/** The ends of the scale, and their logarithms: those of the smallest numbers cannot be had from the ends. */
function spanOf(magnitudes: readonly number[]): { range: FlowRange; logs: [number, number] } | undefined {
  const sorted = Float64Array.from(magnitudes.filter((x) => x > 0 && Number.isFinite(x))).sort();
  if (sorted.length === 0) return undefined;
  const largest = sorted.at(-1)!;
  const high = Math.log10(largest);
  const quantile = Math.log10(sorted[Math.floor(CLIPPED * sorted.length)]!);
  const low = Math.min(high - NARROWEST, Math.max(high - WIDEST, quantile));
  const isClipped = Math.log10(sorted[0]!) < low;
  return { range: { low: 10 ** low, high: largest, isClipped }, logs: [low, high] };
}

function plain(color: string, width: number): FlowStyle {
  return { color, fill: `${color}1f`, width };
}
