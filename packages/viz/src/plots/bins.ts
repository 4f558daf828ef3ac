import type { LayerGradients } from "./layerGradients.ts";
import { extent } from "./tickText.ts";

/** Equal stretches of the log axis, and one more to the left of them for zeros. */
export interface Bins {
  /** In decades. */
  readonly width: number;
  readonly low: number;
  readonly high: number;
  /** The middle of the place of zeros; `undefined` if there are none. */
  readonly zero: number | undefined;
  /** Powers of ten with a tick. */
  readonly powers: readonly number[];
}

const WIDTHS = [0.25, 0.5, 1, 2, 5, 10, 20];
const MOST = 40;

/** The bins that hold all gradients: at least two decades, whole ones. */
export function binsOf(rows: readonly LayerGradients[]): Bins {
  const [least, largest] = extent(
    rows.flatMap(({ logs }) => (logs.length > 0 ? [logs[0]!, logs.at(-1)!] : [])),
  );
  const [from, to] = least > largest ? [-1, 0] : [Math.floor(least), Math.floor(largest) + 1];
  const width = WIDTHS.find((one) => (to - from) / one <= MOST) ?? 20;
  const low = Math.min(Math.floor(from / width) * width, to - 2);
  const high = low + Math.ceil((to - low) / width) * width;
  const stride = Math.ceil((high - low) / 6);
  const powers: number[] = [];
  for (let power = Math.ceil(low / stride) * stride; power <= high; power += stride) powers.push(power);
  const zero = rows.some(({ zeros }) => zeros > 0) ? low - (high - low) / 8 : undefined;
  return { width, low, high, zero, powers };
}

/** A bar: from where to where, and the share of the layer's gradients in it. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** The bars of a layer that are not empty. */
export function barsOf({ logs, count }: LayerGradients, { low, high, width }: Bins): Bar[] {
  const bins = new Map<number, number>();
  const last = Math.round((high - low) / width) - 1;
  for (const log of logs) {
    const bin = Math.min(last, Math.floor((log - low) / width));
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  return [...bins].map(([bin, inside]) => ({
    from: low + bin * width,
    to: low + (bin + 1) * width,
    share: inside / count,
  }));
}

/** The middle of the sorted numbers; NaN of none. */
export function median(sorted: Float64Array): number {
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
}
