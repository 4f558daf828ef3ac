import { formatNumber } from "../formatNumber.ts";

/** Writes ticks with 4 significant digits, or as many as tell them apart where the domain is narrow. */
export function tickText([low, high]: readonly [number, number]): (tick: number) => string {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const digits = 2 + Math.ceil(Math.log10(largest / (high - low)));
  const enough = Number.isFinite(digits) ? Math.min(17, Math.max(4, digits)) : 4;
  return (tick) => formatNumber(Math.abs(tick) < (high - low) * 1e-9 ? 0 : tick, enough);
}

/**
 * Widens a range by a share of itself on both sides, and one number to a range around it.
 *
 * @example padded([0, 10], 0.1) // [-1, 11]
 * @example padded([4, 4], 0.1) // [3, 5]
 */
export function padded([low, high]: readonly [number, number], share: number): [number, number] {
  if (low === high) {
    const half = Math.max(1, Math.abs(low) / 8);
    return [low - half, low + half];
  }
  return [low - (high - low) * share, high + (high - low) * share];
}

/** The least and the largest of many numbers; ∞ and −∞ of none. */
export function extent(numbers: Iterable<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of numbers) [low, high] = [Math.min(low, x), Math.max(high, x)];
  return [low, high];
}
