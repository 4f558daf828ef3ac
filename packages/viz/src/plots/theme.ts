import { type Palette, palettes } from "../palette.ts";

/** The colours of a plot. */
export interface Theme extends Pick<Palette, "background" | "ink" | "muted" | "alert"> {
  /** For lines, points and classes; far enough from the background for text in the same colour. */
  readonly colors: readonly string[];
}

/** The same plot on a light and on a dark page. The hues of both are in the same order, and apart to colour-blind eyes. */
export const themes: Readonly<Record<"light" | "dark", Theme>> = {
  light: {
    ...palettes.light,
    colors: ["#225ea8", "#b84a00", "#137a5a", "#7b3294", "#946300", "#b5317f", "#0b7285", "#57606a"],
  },
  dark: {
    ...palettes.dark,
    colors: ["#6cb6ff", "#f0883e", "#4cc38a", "#c297ff", "#d4a72c", "#f778ba", "#56d4dd", "#9aa4af"],
  },
};

/** Lines are told apart without colour by their dashes. */
const DASHES = ["none", "7 3", "2 3", "9 3 2 3"];

/** Points are told apart without colour by their shapes. */
const SYMBOLS = ["circle", "triangle", "square", "diamond", "star", "wye", "plus", "times"] as const;

/** The look of series i, drawn as a line: the `line`th of them. */
export function lineStyle(
  i: number,
  { colors }: Theme,
  line: number = i,
): { stroke: string; strokeDasharray: string } {
  return { stroke: colors[i % colors.length]!, strokeDasharray: nth(DASHES, line) };
}

/** The look of the points of class i. */
export function pointStyle(i: number, { colors }: Theme): { fill: string; symbol: (typeof SYMBOLS)[number] } {
  return { fill: colors[i % colors.length]!, symbol: nth(SYMBOLS, i) };
}

/** Round after round, each round begun one further on: so each look comes with every colour. */
function nth<T>(looks: readonly T[], i: number): T {
  return looks[(i + Math.floor(i / looks.length)) % looks.length]!;
}

/** How much of its colour the region of each class has: they differ in grey too. */
const TINTS = [0.26, 0.1, 0.38, 0.18];

/** A pale colour for the region of class i. */
export function regionColor(i: number, { background, colors }: Theme): string {
  return mix(background, colors[i % colors.length]!, TINTS[i % TINTS.length]!);
}

/** Between two colours `#rrggbb`: the first where share is 0. */
export function mix(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(at, at + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
