import type { FlowQuantiles } from "./flowReport.ts";

/** The ends of a log scale, as whole powers of ten. */
export interface FlowAxis {
  readonly low: number;
  readonly high: number;
  /** Whether there are quantiles below `low`, which stand at that end. */
  readonly isClipped: boolean;
}

/** Numbers apart by fewer decades than this are shown on one scale. */
const FARTHEST = 6;

/**
 * The scale for the quantiles of all layers; `undefined` where none is finite. It leaves out the smallest, up to half of
 * all, where they are farther from the others than these are from each other: they would squeeze them into a few points.
 */
export function flowAxis(quantiles: readonly FlowQuantiles[]): FlowAxis | undefined {
  const all = quantiles.flatMap(({ q05, q25, q50, q75, q95 }) => [q05, q25, q50, q75, q95]);
  const sorted = Float64Array.from(all.filter(Number.isFinite)).sort();
  if (sorted.length === 0) return undefined;
  const largest = sorted.at(-1)!;
  let first = 0;
  for (let i = 1; i <= sorted.length / 2; i++) {
    const gap = sorted[i]! - sorted[i - 1]!;
    if (gap > Math.max(FARTHEST, largest - sorted[i]!)) first = i;
  }
  const low = Math.floor(sorted[first]!);
  return { low, high: Math.max(low + 1, Math.ceil(largest)), isClipped: sorted[0]! < low };
}
