import { axisX, axisY, dot, gridY, lineY, type Plot, plot } from "@observablehq/plot";
import { formatNumber } from "./formatNumber.ts";
import type { LossCurveOptions } from "./lossCurve.ts";
import type { LossScale } from "./lossScale.ts";
import type { Series } from "./lossSeries.ts";
import { spread } from "./spread.ts";
import { FONT, INK, MUTED } from "./style.ts";
import { append, serialise, svgDocument } from "./svgDocument.ts";
import { linesOf, textWidth } from "./text.ts";

/** Told apart without colour by their dashes; dark enough for names in the same colour. */
const STROKES = [
  { stroke: "#225ea8", strokeDasharray: "none" },
  { stroke: "#b84a00", strokeDasharray: "7 3" },
  { stroke: "#137a5a", strokeDasharray: "2 3" },
  { stroke: "#7b3294", strokeDasharray: "9 3 2 3" },
];

const FONT_SIZE = 11;
const FRAME = { color: INK, "font-family": FONT, "font-size": String(FONT_SIZE) };
/** From the end of a line to its name. */
const GAP = 9;

/** The lines with axes, title and names, as SVG text. */
export function drawLosses(series: readonly Series[], scale: LossScale, options: LossCurveOptions): string {
  const { title, yLabel = "loss", width = 640 } = options;
  const marginTop = title === undefined ? 36 : 64;
  const svg = plotLines(series, scale, marginTop, options);
  // Plot's style sheet would reach other pictures on the page.
  svg.querySelector("style")?.remove();
  for (const [name, value] of Object.entries(FRAME)) svg.setAttribute(name, value);
  svg.prepend(
    append(svg, "title", {}, linesOf(title ?? "loss curve").join(" ")),
    append(svg, "rect", { width: "100%", height: "100%", fill: "white" }),
  );
  const corner = { x: 12, y: marginTop - 16, "text-anchor": "start", fill: MUTED };
  append(svg, "text", corner, `↑ ${linesOf(yLabel).join(" ")}${scale.type === "log" ? " (log scale)" : ""}`);
  if (title !== undefined) {
    const place = { x: width / 2, y: 24, "text-anchor": "middle", "font-size": 15, fill: INK };
    append(svg, "text", place, linesOf(title).join(" "));
  }
  nameLines(svg, series, options);
  return serialise(svg);
}

function plotLines(
  series: readonly Series[],
  { type, domain, ticks }: LossScale,
  marginTop: number,
  options: LossCurveOptions,
): Element & Plot {
  const { xLabel = "epoch", width = 640, height = 360 } = options;
  const epochs = Math.max(...series.map(({ losses }) => losses.length));
  const xTicks = epochs <= 10 ? { ticks: Array.from({ length: epochs }, (_, i) => i + 1) } : {};
  const grid = { stroke: MUTED, strokeOpacity: 0.15 };
  const format = (loss: number) => formatNumber(loss);
  const yAxis = { tickSize: 0, color: MUTED, label: null };
  const svg = plot({
    document: svgDocument(),
    width,
    height,
    marginTop,
    marginRight: Math.max(20, Math.min(width / 3, GAP + namesWidth(series) + 8)),
    marginLeft: 56,
    marginBottom: 40,
    x: { domain: epochs === 1 ? [0, 2] : [1, epochs], label: linesOf(xLabel).join(" ") },
    y: { type, domain, nice: type === "linear" },
    marks: [
      ticks === undefined ? gridY(grid) : gridY(ticks, grid),
      ticks === undefined
        ? axisY({ ...yAxis, tickFormat: format })
        : axisY(ticks, { ...yAxis, text: format }),
      axisX({ ...xTicks, tickFormat: String, color: MUTED }),
      ...series.flatMap(({ losses }, i) => {
        const data = losses.map((loss, epoch) => ({ epoch: epoch + 1, loss }));
        const line = STROKES[i % STROKES.length]!;
        return [
          lineY(data, { x: "epoch", y: "loss", strokeWidth: 2, ...line }),
          dot(data.slice(-1), { x: "epoch", y: "loss", fill: line.stroke, r: 3 }),
        ];
      }),
    ],
  });
  return svg as Element & Plot;
}

function namesWidth(series: readonly Series[]): number {
  return FONT_SIZE * textWidth(series.map(({ name }) => name));
}

/** Writes each name at the end of its line; one too long for the margin reaches back over it. */
function nameLines(
  svg: Element & Plot,
  series: readonly Series[],
  { width = 640, height = 360 }: LossCurveOptions,
): void {
  const [x, y] = [svg.scale("x")!, svg.scale("y")!];
  const ends = series.map(({ name, losses }, i) => {
    const length = FONT_SIZE * textWidth([name]);
    const left = Math.max(8, Math.min(x.apply(losses.length) + GAP, width - 8 - length));
    const { stroke } = STROKES[i % STROKES.length]!;
    return { name, stroke, left, right: left + length, y: Number(y.apply(losses.at(-1))) };
  });
  const halo = { stroke: "white", "stroke-width": 4, "paint-order": "stroke" };
  for (const group of overlapping(ends.filter(({ name }) => name !== ""))) {
    group.sort((a, b) => a.y - b.y);
    const wanted = group.map((end) => end.y);
    const places = spread(wanted, FONT_SIZE + 3, [20, height - 44]);
    group.forEach(({ name, stroke, left }, i) => {
      const place = { x: left.toFixed(2), y: (places[i]! + 4).toFixed(2), "text-anchor": "start" };
      append(svg, "text", { ...place, fill: stroke, ...halo }, name);
    });
  }
}

/** Groups of those that overlap from left to right: series may end at different epochs. */
function overlapping<T extends { readonly left: number; readonly right: number }>(
  spans: readonly T[],
): T[][] {
  const groups: T[][] = [];
  for (const span of [...spans].sort((a, b) => a.left - b.left)) {
    const group = groups.at(-1);
    if (group?.some(({ right }) => span.left < right)) group.push(span);
    else groups.push([span]);
  }
  return groups;
}
