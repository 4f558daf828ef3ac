import { type Bounds, boxAround, holds, overlaps } from "./bounds.ts";
import { BADGE } from "./nodePart.ts";
import { halfWay, type Places } from "./places.ts";

/** How far from the middle of its edge a text may stand, and in how many places it is tried. */
const [REACH, TRIES] = [100, 600];
/** The height of the text with what is around it, and 3 pixels free on each side. */
export const HEIGHT = 30;

/**
 * Finds where a text can stand, as near to the middle of an edge as can be: over no box, nor where a badge may be above one, nor over
 * the number of an edge, and within the picture.
 *
 * @returns `undefined` where there is no room
 */
export function calloutPlaces(
  bounds: Bounds,
  { boxes, curves }: Places,
): (edge: number, width: number) => Bounds | undefined {
  const taken = [
    ...boxes.map(([left, top, right, bottom]): Bounds => [left, top - BADGE, right, bottom]),
    ...curves.map((points) => boxAround(halfWay(points), 40, 30)),
  ];
  return (edge, width) => {
    const [x, y] = halfWay(curves[edge]!);
    const near = taken.filter((box) => overlaps(box, boxAround([x, y], width + 2 * REACH, 3 * REACH)));
    // A spiral, from near to far.
    for (let turn = 0; turn < TRIES; turn++) {
      const far = (turn * REACH) / TRIES;
      const place = boxAround([x + far * Math.cos(turn), y + far * Math.sin(turn)], width, HEIGHT);
      if (holds(bounds, place) && !near.some((box) => overlaps(place, box))) return place;
    }
    return undefined;
  };
}
