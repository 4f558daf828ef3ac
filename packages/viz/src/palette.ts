import { schemeYlGnBu } from "d3-scale-chromatic";
import { ALERT, INK, MUTED, NEUTRAL, PANEL, ZERO } from "./style.ts";

/** The colours of pictures of graphs. */
export interface Palette {
  readonly background: string;
  readonly ink: string;
  readonly muted: string;
  /** Lines that say nothing about gradients. */
  readonly neutral: string;
  /** A gradient of 0. */
  readonly zero: string;
  /** NaN and ±∞. */
  readonly alert: string;
  /** Behind what belongs together. */
  readonly panel: string;
  /** From small gradients to large ones: farther and farther from the background, in grey and to colour-blind eyes too. */
  readonly flow: readonly string[];
}

/** The same picture on a light and on a dark page. */
export const palettes: Readonly<Record<"light" | "dark", Palette>> = {
  light: {
    background: "#ffffff",
    ink: INK,
    muted: MUTED,
    neutral: NEUTRAL,
    zero: ZERO,
    alert: ALERT,
    panel: PANEL,
    flow: schemeYlGnBu[9]!.slice(3),
  },
  dark: {
    background: "#0d1117",
    ink: "#e6edf3",
    muted: "#9aa4af",
    neutral: "#6e7681",
    zero: "#565e68",
    alert: "#ff7b72",
    panel: "#161b22",
    flow: schemeYlGnBu[9]!.slice(1, 7).toReversed(),
  },
};
