import { dot, type Markish, text, vector } from "@observablehq/plot";
import type { Palette } from "../palette.ts";
import { oneLine, textWidth } from "../text.ts";

/** A sample of a look, and what has it. */
export interface LegendEntry {
  readonly text: string;
  /** A line, a point, or a square of a region's colour with the point of its class inside. */
  readonly line?: { readonly stroke: string; readonly strokeDasharray: string };
  readonly point?: { readonly fill: string; readonly symbol: SymbolName };
  readonly region?: string;
}

type SymbolName = "circle" | "triangle" | "square" | "diamond" | "star" | "wye" | "plus" | "times";

const ROW = 20;
const SAMPLE = 28;
const FONT_SIZE = 11;

/** The entries in rows as wide as there is room, and how high they are. */
export function legendRows(
  entries: readonly LegendEntry[],
  width: number,
): { height: number; places: readonly (readonly [x: number, y: number, name: string])[] } {
  let [x, y] = [0, 0];
  const places = entries.map((entry) => {
    const name = shorten(entry.text, width - SAMPLE - 6);
    const needed = SAMPLE + 6 + FONT_SIZE * textWidth([name]);
    if (x > 0 && x + needed > width) [x, y] = [0, y + ROW];
    const place = [x, y, name] as const;
    x += needed + 12;
    return place;
  });
  return { height: entries.length === 0 ? 0 : y + ROW + 6, places };
}

/** Marks that draw a legend, its first row's middle at `top` below the upper edge of the picture. */
export function legendMarks(
  entries: readonly LegendEntry[],
  width: number,
  { left, top, below }: { readonly left: number; readonly top: number; readonly below: number },
  theme: Palette,
): Markish[] {
  return legendRows(entries, width).places.flatMap(([x, y, name], i) => {
    const { line, point, region } = entries[i]!;
    // Places count from the corner of the plot's frame.
    const at = { frameAnchor: "top-left", dx: x + SAMPLE / 2 - left, dy: top + y - below } as const;
    const label = {
      ...at,
      dx: at.dx + SAMPLE / 2 + 6,
      textAnchor: "start",
      lineAnchor: "middle",
      fill: theme.ink,
    } as const;
    const square = { symbol: "square", r: 9, stroke: theme.muted, strokeWidth: 0.5 } as const;
    return [
      region === undefined ? null : dot([0], { ...at, ...square, fill: region, className: "plot-legend" }),
      line === undefined
        ? null
        : vector([0], {
            ...at,
            ...line,
            className: "plot-legend",
            strokeWidth: 2,
            strokeLinecap: "butt",
            length: SAMPLE,
            rotate: 90,
            anchor: "middle",
            shape: { draw: drawLine },
          }),
      point === undefined ? null : dot([0], { ...at, ...point, r: 4, className: "plot-legend" }),
      text([name], { ...label, className: "plot-legend" }),
    ];
  });
}

function drawLine(
  path: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void },
  length: number,
) {
  path.moveTo(0, 0);
  path.lineTo(0, -length);
}

/** On one line, and no wider than there is room. */
export function shorten(text: string, width: number): string {
  const whole = oneLine(text);
  if (FONT_SIZE * textWidth([whole]) <= width) return whole;
  const characters = [...whole].slice(0, 2000);
  while (characters.length > 1 && FONT_SIZE * textWidth([`${characters.join("")}…`]) > width)
    characters.pop();
  return `${characters.join("")}…`;
}
