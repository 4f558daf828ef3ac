import { dot, line, ruleX, ruleY } from "@observablehq/plot";
import { formatNumber } from "../formatNumber.ts";
import { count } from "../text.ts";
import { clipLine, isInside, type Point, type Window } from "./clipLine.ts";
import type { CurveSeries } from "./curveSeries.ts";
import { drawPlot, themeOf } from "./drawPlot.ts";
import type { FunctionPlotOptions } from "./functionPlot.ts";
import { lineStyle, pointStyle } from "./looks.ts";
import { type Curve, sampleCurve } from "./sampleCurve.ts";
import { thinPoints } from "./thin.ts";
import { extent, padded } from "./tickText.ts";

/** More points than these would only lie on each other. */
const MOST_POINTS = 2000;

/** The curves with axes, title and legend, as SVG text. */
export function drawCurves(
  caller: string,
  name: string,
  series: readonly CurveSeries[],
  x: readonly [number, number],
  options: FunctionPlotOptions,
): string {
  const theme = themeOf(options);
  const curves = series.map(({ f }) => f && sampleCurve(f, x, options.samples ?? 400));
  const y = options.yRange ?? rangeOf(caller, series, curves, x);
  const window = { x, y };
  const lines = series.filter(({ f }) => f !== undefined);
  const looks = series.map(({ f }, i) =>
    f === undefined
      ? { point: pointStyle(i, theme) }
      : { line: lineStyle(i, theme, lines.indexOf(series[i]!)) },
  );
  const notes: string[] = [];
  const marks = series.map(({ name, points = [] }, i) => {
    const look = looks[i]!.line;
    if (look !== undefined) {
      const lines = curves[i]!.pieces.flatMap((piece) => clipLine(piece, window));
      return lines.map((piece) => line(piece, { ...look, strokeWidth: 2, className: "plot-line" }));
    }
    const shown = thinPoints(points.length, MOST_POINTS).map((at) => points[at]!);
    if (shown.length < points.length) {
      notes.push(`${shown.length} of ${count(points.length, "point")} of ${name} are drawn`);
    }
    const inside = shown.filter((point) => isInside(point, window));
    return dot(inside, {
      ...looks[i]!.point,
      r: 3.5,
      stroke: theme.background,
      strokeWidth: 0.75,
      className: "plot-points",
    });
  });
  return drawPlot(
    {
      name,
      description: series.map((one, i) => describeCurve(one, curves[i], x)).join(" "),
      note: notes.length > 0 ? notes.join("; ") : undefined,
      legend: series.map(({ name }, i) => ({ text: name, ...looks[i]! })),
      x: { label: options.xLabel ?? "x", domain: x },
      y: { label: options.yLabel ?? "y", domain: y },
      height: 360,
      // Lines lie on points where both are shown: a function among its examples stays visible.
      marks: [
        zeroLines(window, theme.muted),
        ...marks.filter((_, i) => !curves[i]),
        ...marks.filter((_, i) => curves[i]),
      ],
    },
    options,
  );
}

function zeroLines({ x, y }: Window, stroke: string) {
  const isWithin = ([low, high]: readonly [number, number]) => low < 0 && high > 0;
  const look = { stroke, strokeOpacity: 0.5, strokeWidth: 1 };
  return [isWithin(x) ? ruleX([0], look) : null, isWithin(y) ? ruleY([0], look) : null];
}

/** All that is finite; where a function goes to ±∞, the middle nine tenths of its samples, and as much again. */
function rangeOf(
  caller: string,
  series: readonly CurveSeries[],
  curves: readonly (Curve | undefined)[],
  x: readonly [number, number],
): [number, number] {
  const ends = series.flatMap(({ points = [] }, i) => {
    const curve = curves[i];
    const ys = (curve?.pieces.flat() ?? points).map(([, y]: Point) => y);
    return curve?.isUnbounded ? middle(ys) : extent(ys);
  });
  const [low, high] = extent(ends.filter(Number.isFinite));
  if (low > high) {
    const names = series.map(({ name }) => name).join(", ");
    throw new RangeError(
      `${caller}: ${names} is nowhere finite from ${x[0]} to ${x[1]}, there is nothing to draw.`,
    );
  }
  const y = padded([low, high], 0.05);
  if (Number.isFinite(y[1] - y[0])) return y;
  throw new RangeError(`${caller}: from ${low} to ${high} is too far for an axis. Pass { yRange }.`);
}

function middle(ys: readonly number[]): [number, number] {
  const sorted = Float64Array.from(ys).sort();
  const [low, high] = [0.05, 0.95].map((share) => sorted[Math.floor(share * (sorted.length - 1))]!);
  const half = (high! - low!) / 2;
  return extent([Math.max(sorted[0]!, low! - half), Math.min(sorted.at(-1)!, high! + half)]);
}

/** Such as `sin: from 0 at −3 to 0.14 at 3, between −1 and 1.` */
function describeCurve(
  { name, points = [] }: CurveSeries,
  curve: Curve | undefined,
  [from, to]: readonly [number, number],
): string {
  if (curve === undefined) return `${name}: ${count(points.length, "point")}.`;
  const ys = curve.pieces.flat().map(([, y]) => y);
  if (ys.length === 0) return `${name}: nowhere finite.`;
  const [low, high] = extent(ys).map((y) => formatNumber(y));
  return `${name}: a line from x = ${formatNumber(from)} to ${formatNumber(to)}, ${curve.isUnbounded ? "unbounded" : `between ${low} and ${high}`}.`;
}
