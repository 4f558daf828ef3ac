import { mix } from "../mix.ts";
import type { Palette } from "../palette.ts";

/** Lines are told apart without colour by their dashes. */
const DASHES = ["none", "7 3", "2 3", "9 3 2 3"];

/** Points are told apart without colour by their shapes. */
const SYMBOLS = ["circle", "triangle", "square", "diamond", "star", "wye", "plus", "times"] as const;

/** The look of series i, drawn as a line: the `line`th of them. */
export function lineStyle(
  i: number,
  { series }: Palette,
  line: number = i,
): { stroke: string; strokeDasharray: string } {
  return { stroke: series[i % series.length]!, strokeDasharray: nth(DASHES, line) };
}

/** The look of the points of class i. */
export function pointStyle(
  i: number,
  { series }: Palette,
): { fill: string; symbol: (typeof SYMBOLS)[number] } {
  return { fill: series[i % series.length]!, symbol: nth(SYMBOLS, i) };
}

/** Round after round, each round begun one further on: so each look comes with every colour. */
function nth<T>(looks: readonly T[], i: number): T {
  return looks[(i + Math.floor(i / looks.length)) % looks.length]!;
}

/** How much of its colour the region of each class has: they differ in grey too. */
const TINTS = [0.26, 0.1, 0.38, 0.18];

/** A pale colour for the region of class i. */
export function regionColor(i: number, { background, series }: Palette): string {
  return mix(background, series[i % series.length]!, TINTS[i % TINTS.length]!);
}
