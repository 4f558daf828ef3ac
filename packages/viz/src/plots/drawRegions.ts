import { contour, dot, frame } from "@observablehq/plot";
import { count } from "../text.ts";
import type { DecisionBoundaryOptions } from "./decisionBoundary.ts";
import { drawPlot, themeOf } from "./drawPlot.ts";
import { latticeOf, lookup } from "./lattice.ts";
import { pointStyle, regionColor } from "./looks.ts";
import type { ClassifiedData, Plane } from "./plane.ts";
import { regionsOf } from "./regions.ts";
import { thinPoints } from "./thin.ts";

/** More points than these would only lie on each other. */
const MOST_POINTS = 2000;

/** The regions and the points with axes, title and legend, as SVG text. */
export function drawRegions(
  predict: (row: number[]) => unknown,
  plane: Plane,
  dataset: ClassifiedData,
  options: DecisionBoundaryOptions,
): string {
  const { width = 640, height = 480, samples = 120, threshold } = options;
  const theme = themeOf(options);
  const { points, window, columns, isCut } = plane;
  const lattice = latticeOf(window, samples, width / height);
  const { classes, margins } = regionsOf(
    (point) => predict(plane.rowOf(point)),
    lattice,
    plane.classes,
    threshold,
  );
  const { classLabels = dataset.classes ?? [], xLabel, yLabel } = options;
  const labels = classes.map(
    (one, i) => classLabels[dataset.classes === classLabels ? one : i] ?? `class ${one}`,
  );
  const shown = thinPoints(points.length, MOST_POINTS);
  const size = { width: lattice.columns, height: lattice.rows, thresholds: [0] };
  // The first region lies below all others: where three meet, no gap is left.
  const outlines = margins.map((margin, i) =>
    contour({
      ...size,
      value: lookup(lattice, margin),
      fill: regionColor(i, theme),
      stroke: theme.muted,
      strokeWidth: 1,
      className: "plot-region",
      x1: window.x[0],
      x2: window.x[1],
      y1: window.y[1],
      y2: window.y[0],
    }),
  );
  const dots = classes.map((one, i) => {
    const own = shown.filter((at) => plane.classes[at] === one).map((at) => points[at]!);
    return dot(own, {
      ...pointStyle(i, theme),
      r: 4,
      stroke: theme.background,
      strokeWidth: 0.75,
      className: "plot-points",
    });
  });
  const notes = [
    ...(shown.length < points.length
      ? [`${shown.length} of ${count(points.length, "point")} are drawn`]
      : []),
    ...(isCut ? ["all other inputs at their means"] : []),
  ];
  const nameOf = (axis: 0 | 1) => dataset.inputColumns?.[columns[axis]] ?? `x${columns[axis]}`;
  return drawPlot(
    {
      name: "decision boundary",
      description: `What is predicted across ${nameOf(0)} and ${nameOf(1)}, and ${count(points.length, "example")} of ${labels.join(", ")}.`,
      note: notes.length > 0 ? notes.join("; ") : undefined,
      legend: labels.map((text, i) => ({ text, point: pointStyle(i, theme), region: regionColor(i, theme) })),
      x: { label: xLabel ?? nameOf(0), domain: window.x },
      y: { label: yLabel ?? nameOf(1), domain: window.y },
      height: 480,
      marks: [...outlines, frame({ stroke: theme.muted }), ...dots],
    },
    options,
  );
}
