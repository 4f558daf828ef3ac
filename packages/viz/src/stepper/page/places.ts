import { type Bounds, boxAround, middleOf, type Point } from "./bounds.ts";
import type { PageData } from "./pageData.ts";
import type { StepGraph, StepNode } from "./stepGraph.ts";
import { unpack, unpackSums } from "./unpack.ts";

/** Where everything is. */
export interface Places {
  /** Of the nodes. */
  readonly boxes: readonly Bounds[];
  /** The ends and control points of each edge. */
  readonly curves: readonly (readonly Point[])[];
}

/** A constant has one line, others three. */
export function heightOf({ kind }: StepNode): number {
  return kind === "constant" ? 28 : 62;
}

export function placesOf({ nodes, edges }: StepGraph, data: PageData): Places {
  const [xs, ys, wide] = [unpackSums(data.x), unpackSums(data.y), unpack(data.wide)];
  const boxes = nodes.map((node, id) => boxAround([xs[id]!, ys[id]!], wide[id]!, heightOf(node)));
  const numbers = unpack(data.path).values();
  const next = () => numbers.next().value!;
  const curves = edges.map(({ from }) => {
    const points: Point[] = [];
    let [x, y] = middleOf(boxes[from]!);
    for (let rest = 3 * next(); rest >= 0; rest--) {
      points.push([x + next(), y + next()]);
      if (points.length % 3 === 1) [x, y] = points.at(-1)!;
    }
    return points;
  });
  return { boxes, curves };
}

/** Half way along a chain of cubic curves. */
export function halfWay(points: readonly Point[]): Point {
  const curves = (points.length - 1) / 3;
  const start = 3 * ((curves - 1) >> 1);
  const [a, b, c, d] = points.slice(start, start + 4) as [Point, Point, Point, Point];
  const at = (axis: 0 | 1) =>
    Math.round(curves % 2 === 0 ? d[axis] : (a[axis] + 3 * b[axis] + 3 * c[axis] + d[axis]) / 8);
  return [at(0), at(1)];
}
