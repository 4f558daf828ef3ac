import type { Point } from "./clipLine.ts";
import { extent } from "./tickText.ts";

/** The graph of a function: lines that break where it jumps and where it is not finite. */
export interface Curve {
  readonly pieces: readonly (readonly Point[])[];
  /** Whether it goes to ±∞ somewhere, so that its highest sample says nothing. */
  readonly isUnbounded: boolean;
}

/** A step between neighbouring samples that is worth a closer look, as a share of all that the function spans. */
const STEEP = 0.02;
/** Halvings after which a step that has not shrunk is a jump. */
const HALVINGS = 40;

/** Asks f at evenly spaced points, ends included, and closer where it jumps or ends. */
export function sampleCurve(
  f: (x: number) => number,
  [from, to]: readonly [number, number],
  samples: number,
): Curve {
  const points = Array.from({ length: samples }, (_, i): Point => {
    const x = i === samples - 1 ? to : from + (i / (samples - 1)) * (to - from);
    return [x, f(x)];
  });
  const [low, high] = extent(points.map(([, y]) => y).filter(Number.isFinite));
  const pieces: Point[][] = [[]];
  let isUnbounded = points.some(([, y]) => Math.abs(y) === Number.POSITIVE_INFINITY);
  points.forEach((point, i) => {
    const next = points[i + 1];
    if (Number.isFinite(point[1])) pieces.at(-1)!.push(point);
    if (next === undefined) return;
    const isSteep = Math.abs(next[1] - point[1]) > STEEP * (high - low);
    const isEnd = Number.isFinite(point[1]) !== Number.isFinite(next[1]);
    if (!isSteep && !isEnd) return;
    const gap = closeIn(f, point, next);
    if (gap === undefined) return;
    const isPole = gap.some(([, y]) => y > 2 * high - low || y < 2 * low - high);
    isUnbounded ||= isPole;
    const [before, after] = gap;
    if (Number.isFinite(before[1])) pieces.at(-1)!.push(before);
    pieces.push(Number.isFinite(after[1]) ? [after] : []);
  });
  return { pieces: pieces.filter((piece) => piece.length > 0), isUnbounded };
}

/** The two sides of a jump, or of the end of where f is finite; `undefined` if f is only steep. */
function closeIn(f: (x: number) => number, from: Point, to: Point): [Point, Point] | undefined {
  let [before, after] = [from, to];
  const wanted = Math.abs(to[1] - from[1]) / 2;
  for (let i = 0; i < HALVINGS; i++) {
    const x = before[0] / 2 + after[0] / 2;
    if (x <= before[0] || x >= after[0]) break;
    const middle: Point = [x, f(x)];
    if (stepOf(before, middle) >= stepOf(middle, after)) after = middle;
    else before = middle;
    if (stepOf(before, after) <= wanted) return undefined;
  }
  return [before, after];
}

/** From finite to not finite is the largest step. */
function stepOf([, a]: Point, [, b]: Point): number {
  if (Number.isFinite(a) && Number.isFinite(b)) return Math.abs(b - a);
  return Number.isFinite(a) === Number.isFinite(b) ? 0 : Number.POSITIVE_INFINITY;
}
