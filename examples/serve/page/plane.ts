import type { LiveSetup, LiveState } from "../live.ts";
import { drawField } from "./field.ts";
import { byId, element, palettes, svgElement } from "./look.ts";
import { shade } from "./shade.ts";

/** Points of each class have a shape too, the same as in the other pictures. */
const SHAPES = ["M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0", "M0-1.25L1.15.8H-1.15Z", "M-.9-.9H.9V.9H-.9Z"];

/** The examples as points, over what is predicted everywhere; returns what draws a state. */
export function createPlane(parent: HTMLElement, setup: LiveSetup): (state: LiveState) => void {
  const { points, classes, cells } = setup;
  const theme = palettes[shade()];
  parent.querySelector("svg")?.remove();
  const label = `${points.length} examples of ${classes.join(", ")}, and which class is predicted where.`;
  const svg = svgElement(parent, "svg", { viewBox: "-1 -1 2 2", role: "img", "aria-label": label });
  const marks = svgElement(svg, "g", { stroke: theme.background });
  const look = (target: number) => ({ d: SHAPES[target]!, fill: theme.series[target]! });
  const size = points.length > 20 ? 0.022 : 0.05;
  for (const [x, y, target] of points) {
    const transform = `translate(${x.toFixed(4)} ${(-y).toFixed(4)}) scale(${size})`;
    svgElement(marks, "path", { ...look(target), transform, "stroke-width": 0.25 });
  }

  const legend = byId("classes");
  legend.replaceChildren();
  classes.forEach((name, target) => {
    const entry = element(legend, "span");
    const sample = svgElement(entry, "svg", { width: 12, height: 12, viewBox: "-1.4 -1.4 2.8 2.8" });
    svgElement(sample, "path", look(target));
    entry.append(name);
  });

  const canvas = byId<HTMLCanvasElement>("field");
  return ({ field }) => drawField(canvas, field, { cells, classes: classes.length, theme });
}
