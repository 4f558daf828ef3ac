import { dot, line, type Markish } from "@observablehq/plot";
import { formatNumber } from "../formatNumber.ts";
import type { Palette } from "../palette.ts";
import { append } from "../svgDocument.ts";
import { count, textWidth } from "../text.ts";
import { clipLine, isInside, type Point, type Window } from "./clipLine.ts";
import type { Box, Obstacle } from "./contourLabels.ts";
import { FONT_SIZE } from "./drawPlot.ts";
import { thinPoints } from "./thin.ts";

/** What the contours are of. */
export interface SurfaceFunction {
  readonly name: string;
  readonly at: (a: number, b: number) => number;
}

/** A path over a surface. */
export interface Descent {
  readonly marks: readonly Markish[];
  readonly notes: readonly string[];
  /** What is drawn of the path, first and last included. */
  readonly steps: readonly Point[];
  /** The ends that are in the picture. */
  readonly ends: readonly { readonly at: Point; readonly name: string }[];
}

/** Steps that are drawn, and of how many each gets a dot. */
const [MOST_STEPS, MOST_DOTS] = [2000, 300];

/** The path with a dot for each step; a ring at its start, a large dot at its end. */
export function descentMarks(path: readonly Point[], window: Window, theme: Palette): Descent {
  if (path.length === 0) return { marks: [], notes: [], steps: [], ends: [] };
  const kept = new Set([0, ...thinPoints(path.length, MOST_STEPS), path.length - 1]);
  const steps = [...kept].map((i) => path[i]!);
  const pieces = path.length === 1 ? [] : clipLine(steps, window);
  const inside = steps.filter((step) => isInside(step, window));
  const stroke = theme.series[1]!;
  const halo = { stroke: theme.background, strokeWidth: 4.5, strokeOpacity: 0.7, className: "plot-halo" };
  const names = ["start", `after ${count(path.length - 1, "step")}`];
  const ends = [path[0]!, path.at(-1)!]
    .map((at, i) => ({ at, name: names[i]! }))
    .slice(0, path.length)
    .filter(({ at }) => isInside(at, window));
  const [start, end] = [path.slice(0, 1), path.slice(1).slice(-1)].map((points) =>
    points.filter((point) => isInside(point, window)),
  );
  return {
    steps,
    ends,
    notes: [
      ...(steps.length < path.length ? [`${count(path.length - 1, "step")}, thinned to ${MOST_STEPS}`] : []),
      ...(inside.length < steps.length ? ["the path leaves the picture"] : []),
    ],
    marks: [
      ...pieces.map((piece) => line(piece, halo)),
      ...pieces.map((piece) => line(piece, { stroke, strokeWidth: 2, className: "plot-path" })),
      inside.length <= MOST_DOTS ? dot(inside, { fill: stroke, r: 2.5, className: "plot-step" }) : null,
      dot(start!, { fill: theme.background, stroke, strokeWidth: 2, r: 5, className: "plot-start" }),
      dot(end!, { fill: stroke, stroke: theme.background, r: 5.5, className: "plot-end" }),
    ],
  };
}

/** Writes at both ends which it is and what the function is there, and says where contours should have no labels. */
export function labelDescent(
  svg: Element,
  { steps, ends }: Descent,
  toPixels: (point: Point) => Point,
  box: Box,
  { name: what, at: heightAt }: SurfaceFunction,
  { ink, background }: Palette,
): Obstacle[] {
  const halo = { stroke: background, "stroke-width": 4, "stroke-opacity": 0.85, "paint-order": "stroke" };
  const taken = [...alongLine(steps.map(toPixels)), ...ends.map(({ at }) => toPixels(at))];
  const labels = ends.map(({ at, name }): Obstacle => {
    const text = `${name}: ${what} ${formatNumber(heightAt(...at))}`;
    const half = (FONT_SIZE * textWidth([text])) / 2;
    const [x, y] = roomiest(toPixels(at), half, taken, box);
    const place = { x: x.toFixed(2), y: (y + 4).toFixed(2), "text-anchor": "middle" };
    append(svg, "text", { ...place, fill: ink, ...halo }, text);
    for (const share of [-1, -0.5, 0, 0.5, 1]) taken.push([x + share * half, y]);
    return { at: [x, y], radius: half };
  });
  return [...labels, ...taken.map((at): Obstacle => ({ at, radius: -10 }))];
}

/** The middle of a label above, below, right or left of a point: where it covers least, inside the box if it can be. */
function roomiest(
  [x, y]: Point,
  half: number,
  taken: readonly Point[],
  { left, right, top, bottom }: Box,
): Point {
  const within = (middle: number) => Math.max(left + half + 6, Math.min(right - half - 6, middle));
  const beside = half + 12;
  const places: Point[] = [
    [within(x), y - 16],
    [within(x), y + 16],
    [x + beside, y],
    [x - beside, y],
  ];
  const costs = places.map(([px, py]) => {
    const covered = taken.filter(([tx, ty]) => Math.abs(tx - px) < half + 4 && Math.abs(ty - py) < 11).length;
    const isOut = px - half < left || px + half > right || py < top + 10 || py > bottom - 10;
    return covered + (isOut ? 1e6 : 0);
  });
  return places[costs.indexOf(Math.min(...costs))]!;
}

/** The corners of a line, and points between them no more than 10 pixels apart, as far as it is in any picture. */
function alongLine(corners: readonly Point[]): Point[] {
  return corners.flatMap(([x, y], i) => {
    const [nextX, nextY] = corners[i + 1] ?? [x, y];
    const parts = Math.max(1, Math.min(200, Math.ceil(Math.hypot(nextX - x, nextY - y) / 10)));
    return Array.from({ length: parts }, (_, part): Point => {
      const share = part / parts;
      return [x + share * (nextX - x), y + share * (nextY - y)];
    });
  });
}
