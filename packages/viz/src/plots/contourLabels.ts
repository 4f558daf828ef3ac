import { append } from "../svgDocument.ts";
import { textWidth } from "../text.ts";
import type { Point } from "./clipLine.ts";
import { FONT_SIZE } from "./drawPlot.ts";

/** What keeps other texts away from itself. */
export interface Obstacle {
  readonly at: Point;
  readonly radius: number;
}

/** In pixels: the frame of the plot. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where labels may stand. */
export interface LabelRoom extends Box {
  readonly isFree: (at: Point) => boolean;
}

/** From one label to the next, where each would do. */
const APART = 26;

/**
 * Writes each contour's level on it, as far as can be from the other labels and the obstacles. Contours without room stay
 * without label.
 *
 * @param contours - the path of each, as `d` has it, and its text
 */
export function labelContours(
  svg: Element,
  contours: readonly { readonly d: string; readonly text: string }[],
  obstacles: readonly Obstacle[],
  room: LabelRoom,
  { ink, background }: { readonly ink: string; readonly background: string },
): void {
  const taken = [...obstacles];
  const halo = { stroke: background, "stroke-width": 3, "stroke-opacity": 0.8, "paint-order": "stroke" };
  // The shortest have the least choice.
  for (const { d, text } of [...contours].sort((a, b) => a.d.length - b.d.length)) {
    const half = (FONT_SIZE * textWidth([text])) / 2 + 3;
    const candidates = verticesOf(d).filter((at) => isWithin(at, half, room) && room.isFree(at));
    let best: { clear: number; at: Point } | undefined;
    for (const at of candidates) {
      const clear = Math.min(
        APART * 4,
        ...taken.map((obstacle) => distance(at, obstacle.at) - obstacle.radius),
      );
      if (clear > (best?.clear ?? 0)) best = { clear, at };
    }
    if (best === undefined || best.clear < APART) continue;
    const [x, y] = best.at;
    append(
      svg,
      "text",
      {
        x: x.toFixed(2),
        y: (y + 4).toFixed(2),
        "text-anchor": "middle",
        "font-size": 10,
        fill: ink,
        ...halo,
      },
      text,
    );
    taken.push({ at: best.at, radius: half / 2 });
  }
}

/** The corners of an SVG path that has M, L and Z only. */
function verticesOf(d: string): Point[] {
  return Array.from(
    d.matchAll(/[ML](-?[\d.e-]+),(-?[\d.e-]+)/g),
    ([, x, y]): Point => [Number(x), Number(y)],
  );
}

function isWithin([x, y]: Point, half: number, { left, right, top, bottom }: Box): boolean {
  return x > left + half && x < right - half && y > top + 9 && y < bottom - 9;
}

function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(ax - bx, ay - by);
}
