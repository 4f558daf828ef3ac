import { append } from "../svgDocument.ts";
import { textWidth } from "../text.ts";
import { FONT_SIZE } from "./drawPlot.ts";
import { spread } from "./spread.ts";

/** The end of a line, in pixels, and what stands there. */
export interface LineEnd {
  readonly name: string;
  readonly color: string;
  readonly x: number;
  readonly y: number;
}

/** From the end of a line to its name. */
const GAP = 9;

/** How much room to leave on the right for names. */
export function marginFor(names: readonly string[], width: number): number {
  return Math.max(20, Math.min(width / 3, GAP + FONT_SIZE * textWidth(names) + 8));
}

/** Writes each name at the end of its line; one too long for the margin reaches back over it. */
export function nameEnds(
  svg: Element,
  ends: readonly LineEnd[],
  {
    width,
    height,
    background,
  }: { readonly width: number; readonly height: number; readonly background: string },
): void {
  const spans = ends
    .filter(({ name }) => name !== "")
    .map((end) => {
      const length = FONT_SIZE * textWidth([end.name]);
      const left = Math.max(8, Math.min(end.x + GAP, width - 8 - length));
      return { ...end, left, right: left + length };
    });
  const halo = { stroke: background, "stroke-width": 4, "paint-order": "stroke" };
  for (const group of overlapping(spans)) {
    group.sort((a, b) => a.y - b.y);
    const wanted = group.map((end) => end.y);
    const places = spread(wanted, FONT_SIZE + 3, [20, height - 44]);
    group.forEach(({ name, color, left }, i) => {
      const place = { x: left.toFixed(2), y: (places[i]! + 4).toFixed(2), "text-anchor": "start" };
      append(svg, "text", { ...place, fill: color, ...halo }, name);
    });
  }
}

/** Groups of those that overlap from left to right: lines may end at different places. */
function overlapping<T extends { readonly left: number; readonly right: number }>(
  spans: readonly T[],
): T[][] {
  const groups: T[][] = [];
  for (const span of [...spans].sort((a, b) => a.left - b.left)) {
    const group = groups.at(-1);
    if (group?.some(({ right }) => span.left < right)) group.push(span);
    else groups.push([span]);
  }
  return groups;
}
