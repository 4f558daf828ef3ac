import { boundsOf, type Point } from "../bounds.ts";
import { svgElement } from "../elements.ts";
import { createPart, type Part } from "../part.ts";

/** A line that shows how large the gradient along it is. */
export function createEdge(points: readonly Point[], level: (frame: number) => string): Part<number> {
  return createPart(boundsOf(points, 4), (group) => {
    svgElement("path", { d: `M${points[0]}C${points.slice(1)}` }, group);
    return (frame) => `edge l${level(frame)}`;
  });
}
