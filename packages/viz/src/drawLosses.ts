import { axisX, axisY, dot, gridY, lineY, plot } from "@observablehq/plot";
import { formatNumber } from "./formatNumber.ts";
import type { LossCurveOptions } from "./lossCurve.ts";
import type { LossScale } from "./lossScale.ts";
import type { Series } from "./lossSeries.ts";
import { FONT, INK, MUTED } from "./style.ts";
import { append, serialise, svgDocument } from "./svgDocument.ts";
import { linesOf } from "./text.ts";

/** Told apart without colour by their dashes. */
const STROKES = [
  { stroke: "#225ea8", strokeDasharray: "none" },
  { stroke: "#d95f02", strokeDasharray: "7 3" },
  { stroke: "#1b9e77", strokeDasharray: "2 3" },
  { stroke: "#7b3294", strokeDasharray: "9 3 2 3" },
];

const FRAME = { color: INK, "font-family": FONT, "font-size": "11" };

/** The lines with axes, title and legend, as SVG text. */
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
  append(svg, "text", corner, `↑ ${linesOf(yLabel).join(" ")}`);
  if (title !== undefined) {
    const place = { x: width / 2, y: 24, "text-anchor": "middle", "font-size": 15, fill: INK };
    append(svg, "text", place, linesOf(title).join(" "));
  }
  if (series.some(({ name }) => name !== "")) drawLegend(svg, series, [width - 28, marginTop + 12]);
  return serialise(svg);
}

function plotLines(
  series: readonly Series[],
  { type, domain, ticks }: LossScale,
  marginTop: number,
  options: LossCurveOptions,
): Element {
  const { xLabel = "epoch", width = 640, height = 360 } = options;
  const epochs = Math.max(...series.map(({ losses }) => losses.length));
  const xTicks = epochs <= 10 ? { ticks: Array.from({ length: epochs }, (_, i) => i + 1) } : {};
  const grid = { stroke: MUTED, strokeOpacity: 0.15 };
  const format = (loss: number) => formatNumber(loss);
  const yAxis = { tickSize: 0, color: MUTED, label: null };
  return plot({
    document: svgDocument(),
    width,
    height,
    marginTop,
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
}

/** In the upper right corner, which falling losses leave empty. */
function drawLegend(svg: Element, series: readonly Series[], [right, top]: readonly [number, number]): void {
  const halo = { stroke: "white", "stroke-width": 4, "paint-order": "stroke" };
  series.forEach(({ name }, i) => {
    const y = top + 16 * i;
    const { stroke, strokeDasharray } = STROKES[i % STROKES.length]!;
    const line = { x1: right - 28, x2: right, y1: y, y2: y };
    append(svg, "line", { ...line, stroke, "stroke-width": 2, "stroke-dasharray": strokeDasharray });
    append(svg, "text", { x: right - 34, y: y + 4, "text-anchor": "end", fill: INK, ...halo }, name);
  });
}
