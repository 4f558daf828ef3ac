import { axisX, axisY, gridY, type Markish, type Plot, plot } from "@observablehq/plot";
import { type Palette, palettes } from "../palette.ts";
import { FONT } from "../style.ts";
import { append, serialise, svgDocument } from "../svgDocument.ts";
import { oneLine, textWidth } from "../text.ts";
import { type LegendEntry, legendMarks, legendRows } from "./legendMarks.ts";
import type { PlotOptions } from "./plotOptions.ts";
import { roundAttributes } from "./roundAttributes.ts";
import { tickText } from "./tickText.ts";

/** An axis: its title, its range, and where not to be left to Plot, its ticks. */
export interface Axis {
  readonly label: string;
  readonly domain: readonly [number, number];
  readonly type?: "linear" | "log";
  readonly nice?: boolean;
  readonly ticks?: readonly number[] | undefined;
  readonly format?: (tick: number) => string;
}

/** A plot to be drawn in the common look. */
export interface PlotParts {
  /** What it is called where it has no title. */
  readonly name: string;
  /** For those who cannot see it. */
  readonly description: string;
  /** Small print below the title. */
  readonly note?: string | undefined;
  readonly legend?: readonly LegendEntry[];
  readonly x: Axis;
  readonly y: Axis;
  readonly height: number;
  readonly marginLeft?: number;
  readonly marginRight?: number;
  readonly marks: readonly Markish[];
  /** Adds texts whose places depend on the scales. */
  readonly finish?: (svg: Element & Plot, size: { readonly width: number; readonly height: number }) => void;
}

export const FONT_SIZE = 11;
/** Room below the title, and beside the plot. */
const [TITLE, NOTE, EDGE] = [28, 17, 12];

/** The theme that the options ask for. */
export function themeOf({ theme = "light" }: PlotOptions): Palette {
  return palettes[theme];
}

/** The plot with axes, titles and legend, as SVG text. */
export function drawPlot(parts: PlotParts, options: PlotOptions): string {
  const theme = themeOf(options);
  const { width = 640, height = parts.height, title } = options;
  const { note, legend = [], y, marginLeft = 56 } = parts;
  const noteTop = title === undefined ? 0 : TITLE;
  const legendTop = noteTop + (note === undefined ? 0 : NOTE);
  const marginTop = legendTop + legendRows(legend, width - 2 * EDGE).height + (y.label === "" ? 20 : 36);
  const frame = { left: marginLeft - EDGE, top: legendTop + 20, below: marginTop };
  const svg = plot({
    document: svgDocument(),
    width,
    height,
    marginTop,
    marginRight: parts.marginRight ?? 20,
    marginLeft,
    marginBottom: 40,
    x: { ...scaleOf(parts.x), label: oneLine(parts.x.label) },
    y: scaleOf(y),
    marks: [...axes(parts, theme), ...parts.marks, ...legendMarks(legend, width - 2 * EDGE, frame, theme)],
  }) as Element & Plot;
  // Plot's style sheet would reach other pictures on the page.
  svg.querySelector("style")?.remove();
  const look = { color: theme.ink, "font-family": FONT, "font-size": FONT_SIZE, role: "img" };
  for (const [name, value] of Object.entries(look)) svg.setAttribute(name, String(value));
  svg.prepend(
    append(svg, "title", {}, oneLine(title ?? parts.name)),
    append(svg, "desc", {}, oneLine(parts.description)),
    append(svg, "rect", { width: "100%", height: "100%", fill: theme.background }),
  );
  const corner = { x: EDGE, y: marginTop - 16, "text-anchor": "start", fill: theme.muted };
  if (y.label !== "") {
    append(svg, "text", corner, `↑ ${oneLine(y.label)}${y.type === "log" ? " (log scale)" : ""}`);
  }
  if (note !== undefined) centred(svg, note, width, noteTop + 18, FONT_SIZE, theme.muted);
  if (title !== undefined) centred(svg, title, width, 24, 15, theme.ink);
  parts.finish?.(svg, { width, height });
  roundAttributes(svg);
  return serialise(svg);
}

function scaleOf({ type = "linear", domain, nice = false }: Axis): {
  type: "linear" | "log";
  domain: number[];
  nice: boolean;
} {
  return { type, domain: [...domain], nice };
}

function axes({ x, y }: PlotParts, { muted }: Palette): Markish[] {
  const grid = { stroke: muted, strokeOpacity: 0.15 };
  const yAxis = { tickSize: 0, color: muted, label: null };
  const { format = tickText(y.domain), ticks } = y;
  const xAxis = { tickFormat: x.format ?? tickText(x.domain), color: muted };
  return [
    ticks === undefined ? gridY(grid) : gridY(ticks, grid),
    ticks === undefined ? axisY({ ...yAxis, tickFormat: format }) : axisY(ticks, { ...yAxis, text: format }),
    axisX(x.ticks === undefined ? xAxis : { ...xAxis, ticks: [...x.ticks] }),
  ];
}

/** A line of text in the middle, smaller where it is too long. */
function centred(svg: Element, text: string, width: number, y: number, size: number, fill: string): void {
  const line = oneLine(text);
  const fitting = (width - 2 * EDGE) / textWidth([line]);
  const fontSize = Math.round(Math.max(9, Math.min(size, fitting)) * 10) / 10;
  append(svg, "text", { x: width / 2, y, "text-anchor": "middle", "font-size": fontSize, fill }, line);
}
