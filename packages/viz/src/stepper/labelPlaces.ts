import { type Bounds, boxAround, overlaps, type Point } from "./page/bounds.ts";
import { halfWay } from "./page/places.ts";

/** How large a number on an edge is. */
const SIZE = [58, 14] as const;
/** Its middle is so far above the edge, or below it; its line of writing so far below that. */
const LEVELS = [-8, 9];
const WRITING = 4;

/**
 * How far below the middle of each edge its number is written, such that it touches no box and no other number; 0 where
 * there is no room.
 */
export function labelPlaces(curves: readonly (readonly Point[])[], boxes: readonly Bounds[]): number[] {
  const taken = [...boxes];
  return curves.map((points) => {
    const [x, y] = halfWay(points);
    for (const level of LEVELS) {
      const label = boxAround([x, y + level], ...SIZE);
      if (taken.some((other) => overlaps(other, label))) continue;
      taken.push(label);
      return level + WRITING;
    }
    return 0;
  });
}
