import { schemeYlGnBu } from "d3-scale-chromatic";

/** The colours of all pictures, and of pages around them. */
export interface Palette {
  readonly background: string;
  readonly ink: string;
  readonly muted: string;
  /** Lines that say nothing about gradients. */
  readonly neutral: string;
  /** A gradient of 0. */
  readonly zero: string;
  /** NaN and ±∞, and what is wrong. */
  readonly alert: string;
  /** Behind what belongs together. */
  readonly panel: string;
  /** Between parts of a page. */
  readonly rule: string;
  /** From small gradients to large ones: farther and farther from the background, in grey and to colour-blind eyes too. */
  readonly flow: readonly string[];
  /**
   * For lines, points and classes: far enough from the background for text in the same colour, and apart to colour-blind
   * eyes. The first stands out wherever one thing does.
   */
  readonly series: readonly string[];
}

/** The same picture on a light and on a dark page: the hues of both are in the same order. */
export const palettes: Readonly<Record<"light" | "dark", Palette>> = {
  light: {
    background: "#ffffff",
    ink: "#1f2328",
    muted: "#57606a",
    neutral: "#8c959f",
    zero: "#a0a8b2",
    alert: "#cf222e",
    panel: "#f6f8fa",
    rule: "#d6dbe1",
    flow: schemeYlGnBu[9]!.slice(3),
    series: ["#225ea8", "#b84a00", "#137a5a", "#7b3294", "#946300", "#b5317f", "#0b7285", "#57606a"],
  },
  dark: {
    background: "#0d1117",
    ink: "#e6edf3",
    muted: "#9aa4af",
    neutral: "#6e7681",
    zero: "#565e68",
    alert: "#ff7b72",
    panel: "#161b22",
    rule: "#30373f",
    flow: schemeYlGnBu[9]!.slice(1, 7).toReversed(),
    series: ["#6cb6ff", "#f0883e", "#4cc38a", "#c297ff", "#d4a72c", "#f778ba", "#56d4dd", "#9aa4af"],
  },
};
