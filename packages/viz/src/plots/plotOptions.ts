import { type OptionKind, oneOf, pixels, text } from "../check.ts";

/** What every plot can be told. */
export interface PlotOptions {
  /** A line above the picture. */
  readonly title?: string;
  /** The title of the horizontal axis. */
  readonly xLabel?: string;
  /** The title of the vertical axis. */
  readonly yLabel?: string;
  /** In pixels; 640 unless told. */
  readonly width?: number;
  /** In pixels. */
  readonly height?: number;
  /** For a light or a dark page; `"light"` unless told. */
  readonly theme?: "light" | "dark";
}

export const plotOptionKinds: Readonly<Record<keyof PlotOptions, OptionKind>> = {
  title: text,
  xLabel: text,
  yLabel: text,
  width: pixels,
  height: pixels,
  theme: oneOf("light", "dark"),
};

export const finite: OptionKind = { fits: (x) => Number.isFinite(x), wanted: "a finite number" };

/** Two numbers, the first below the second. */
export const range: OptionKind = {
  fits: (x) => isPair(x) && x[0] < x[1] && Number.isFinite(x[1] - x[0]),
  wanted: "an array of two numbers, the first below the second",
};

export const pair: OptionKind = { fits: isPair, wanted: "an array of two finite numbers" };

/** How many points a function is asked at. */
export const samples: OptionKind = {
  fits: (x) => Number.isInteger(x) && (x as number) >= 2 && (x as number) <= 10_000,
  wanted: "a whole number from 2 to 10000",
};

export function isPair(x: unknown): x is readonly [number, number] {
  return Array.isArray(x) && x.length === 2 && x.every((entry) => Number.isFinite(entry));
}

/** @throws RangeError if there is nothing between two numbers, or more than a number can say */
export function checkFromTo(caller: string, from: number, to: number): void {
  if (from < to && Number.isFinite(to - from)) return;
  throw new RangeError(
    `${caller}: from must be below to, and their difference a finite number, got ${from} and ${to}.`,
  );
}
