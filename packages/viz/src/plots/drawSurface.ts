import { contour, frame } from "@observablehq/plot";
import { formatNumber } from "../formatNumber.ts";
import { mix } from "../mix.ts";
import { count } from "../text.ts";
import type { Point, Window } from "./clipLine.ts";
import { labelContours } from "./contourLabels.ts";
import { descentMarks, labelDescent } from "./descentPath.ts";
import { drawPlot, type PlotParts, themeOf } from "./drawPlot.ts";
import { cellMiddle, extended, latticeOf, lookup } from "./lattice.ts";
import { linearLevels, logLevels } from "./levels.ts";
import type { LossSurfaceOptions } from "./lossSurface.ts";
import { extent } from "./tickText.ts";

/** The contours and the path with axes and title, as SVG text. */
export function drawSurface(
  loss: (a: number, b: number) => number,
  window: Window,
  path: readonly Point[],
  options: LossSurfaceOptions,
): string {
  const { width = 640, height = 480, samples = 120, xLabel = "a", yLabel = "b", name = "loss" } = options;
  const theme = themeOf(options);
  const lattice = latticeOf(window, samples, width / height);
  const losses = Float64Array.from({ length: lattice.columns * lattice.rows }, (_, i) =>
    loss(...cellMiddle(lattice, i)),
  );
  // Below the blank part contours run on: to end at it they would have to run along it.
  const filled = extended(lattice, losses);
  const levels = levelsOf(losses, options.scale);
  const colorOf = (rank: number) =>
    mix(theme.background, theme.series[0]!, 0.05 + (0.45 * rank) / Math.max(1, levels.length));
  const place = {
    width: lattice.columns,
    height: lattice.rows,
    x1: window.x[0],
    x2: window.x[1],
    y1: window.y[1],
    y2: window.y[0],
  };
  const lines = levels.map((level, i) =>
    contour({
      ...place,
      value: lookup(lattice, filled),
      thresholds: [level],
      fill: colorOf(i + 1),
      stroke: mix(theme.background, theme.series[0]!, 0.75),
      strokeWidth: 0.75,
      className: "plot-contour",
    }),
  );
  const undefinedCells = losses.map((one) => (Number.isNaN(one) ? 1 : 0));
  const hasHoles = undefinedCells.includes(1);
  const isHole = lookup(lattice, undefinedCells);
  const hole = contour({
    ...place,
    value: isHole,
    thresholds: [0.5],
    fill: theme.background,
    stroke: theme.muted,
    strokeDasharray: "3 3",
    className: "plot-hole",
  });
  const descent = descentMarks(path, window, theme);
  const notes = [
    ...(hasHoles ? [`blank: the ${name} is NaN`] : []),
    ...(levels.length === 0
      ? [`the ${name} is ${formatNumber(extent(losses.filter(Number.isFinite))[0])} everywhere`]
      : []),
    ...descent.notes,
  ];
  const finish: PlotParts["finish"] = (svg) => {
    const [x, y] = [svg.scale("x")!, svg.scale("y")!];
    const toPixels = ([a, b]: Point): Point => [Number(x.apply(a)), Number(y.apply(b))];
    const [[left, bottom], [right, top]] = [
      toPixels([window.x[0], window.y[0]]),
      toPixels([window.x[1], window.y[1]]),
    ];
    const box = { left, right, top, bottom };
    const obstacles = labelDescent(svg, descent, toPixels, box, { name, at: loss }, theme);
    const drawn = [...svg.querySelectorAll(".plot-contour path")];
    const contours = drawn.map((one, i) => ({
      d: one.getAttribute("d") ?? "",
      text: formatNumber(levels[i]!),
    }));
    const isFree = ([px, py]: Point) => isHole(Number(x.invert!(px)), Number(y.invert!(py))) === 0;
    labelContours(svg, contours, obstacles, { ...box, isFree }, theme);
  };
  return drawPlot(
    {
      name: `${name} surface`,
      description: describeSurface(name, losses, path, loss),
      note: notes.length > 0 ? notes.join("; ") : undefined,
      x: { label: xLabel, domain: window.x },
      y: { label: yLabel, domain: window.y },
      height: 480,
      marks: [
        frame({ fill: colorOf(0), className: "plot-ground" }),
        ...lines,
        hasHoles ? hole : null,
        frame({ stroke: theme.muted }),
        ...descent.marks,
      ],
      finish,
    },
    options,
  );
}

/** Losses that differ by no more than this share of them differ by rounding: sin² + cos² is constant. */
const ROUNDING = 1e-13;

/** Between the lowest and the highest finite loss. On a log scale the lowest 1 % share a contour: they go to 0. */
function levelsOf(losses: Float64Array, wanted: "linear" | "log" | undefined): number[] {
  const sorted = losses.filter(Number.isFinite).sort();
  if (sorted.length === 0) {
    throw new RangeError(
      "lossSurface: the loss is nowhere finite from { from } to { to }, there is nothing to draw.",
    );
  }
  const [lowest, highest] = [sorted[0]!, sorted.at(-1)!];
  if (wanted === "log" && lowest <= 0) {
    throw new RangeError(
      `lossSurface: a log scale needs losses above 0, got ${lowest}. Use { scale: "linear" }.`,
    );
  }
  if (highest - lowest <= ROUNDING * Math.max(Math.abs(lowest), Math.abs(highest))) return [];
  const low = sorted[Math.floor(0.01 * sorted.length)]!;
  const isLog = wanted === "log" || (wanted === undefined && lowest > 0 && highest / low > 100);
  const levels = isLog ? logLevels(low, highest) : linearLevels(lowest, highest);
  return levels.length > 0 ? levels : [lowest / 2 + highest / 2];
}

function describeSurface(
  name: string,
  losses: Float64Array,
  path: readonly Point[],
  loss: (a: number, b: number) => number,
): string {
  const [low, high] = extent(losses.filter(Number.isFinite)).map((one) => formatNumber(one));
  const surface = `Contours of the ${name}, between ${low} and ${high}.`;
  if (path.length === 0) return surface;
  const [first, last] = [path[0]!, path.at(-1)!].map(
    ([a, b]) => `${formatNumber(loss(a, b))} at (${formatNumber(a)}, ${formatNumber(b)})`,
  );
  return `${surface} A path of ${count(path.length - 1, "step")} from ${first} to ${last}.`;
}
