import type { OptionKind } from "../check.ts";
import { FONT } from "../style.ts";
import { checkHarmless } from "./checkHarmless.ts";
import { drawInTime } from "./layoutThread.ts";
import { tidySvg } from "./tidySvg.ts";

/** How long a layout may take unless told, in milliseconds. */
export const TIMEOUT = 10_000;

/** What the option `timeout` may be. */
export const timeoutKind: OptionKind = {
  fits: (x) => typeof x === "number" && x >= 1,
  wanted: "a number of milliseconds, at least 1",
};

/** Lays out DOT text with the Graphviz that is built in, and tidies the SVG it makes. */
export async function renderSvg(dot: string, caller = "toSvg", timeout: number = TIMEOUT): Promise<string> {
  // Graphviz has letter widths for Helvetica; of a list of fonts it knows nothing.
  const drawn = await drawInTime(dot.replaceAll(`fontname="${FONT}"`, 'fontname="Helvetica"'), timeout);
  if (drawn === "late") {
    throw new Error(
      `${caller}: the layout took longer than ${timeout} ms and was stopped. ` +
        `Show less, with { collapse: "layers" }, { fold: true } or { focus: node }; or allow more, with { timeout: ${3 * timeout} }.`,
    );
  }
  if ("svg" in drawn) {
    const svg = tidySvg(drawn.svg);
    checkHarmless(svg, caller);
    return svg;
  }
  if ("trap" in drawn) {
    throw new Error(
      `${caller}: Graphviz gave up on the layout (${drawn.trap}). The graph may be too deep or too large: ` +
        'draw a part of it with { focus: node }, or collapse it with { collapse: "layers" }.',
    );
  }
  if (drawn.lost) {
    throw new Error(
      `${caller}: Graphviz lost ${drawn.lost} nodes or edges on the way, and a picture without them would be wrong. ` +
        'Draw a part of the graph with { focus: node }, or collapse it with { collapse: "layers" }.',
    );
  }
  throw new Error(
    `${caller}: Graphviz cannot read the DOT: ${drawn.errors.join("; ") || "it holds no graph"}.`,
  );
}
