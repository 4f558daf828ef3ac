import type { LiveState } from "../live.ts";
import { formatNumber, palettes, svgElement } from "./look.ts";
import { shade } from "./shade.ts";

const [LEFT, RIGHT, TOP, BOTTOM] = [40, 12, 10, 24];

/** The loss over the steps, from 0 up. */
export function drawCurve(parent: HTMLElement, { curve, step: last }: LiveState): void {
  const { clientWidth: width, clientHeight: height } = parent;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "The loss at each step so far.");
  const most = Math.max(...curve.map(([, loss]) => loss));
  const steps = Math.max(last, 10);
  const x = (step: number) => LEFT + ((width - LEFT - RIGHT) * step) / steps;
  const y = (loss: number) => height - BOTTOM - ((height - BOTTOM - TOP) * loss) / most;

  for (const loss of ticks(most, height / 45)) {
    svgElement(svg, "line", { x1: LEFT, x2: width - RIGHT, y1: y(loss), y2: y(loss), class: "axis" });
    svgElement(svg, "text", { x: LEFT - 6, y: y(loss) + 4, class: "end" }, formatNumber(loss, 2));
  }
  for (const step of ticks(steps, width / 90)) {
    svgElement(svg, "text", { x: x(step), y: height - 6, class: "middle" }, String(step));
  }
  const color = palettes[shade()].series[0]!;
  const points = curve.map(([step, loss]) => `${x(step).toFixed(1)},${y(loss).toFixed(1)}`).join(" ");
  svgElement(svg, "polyline", {
    points,
    fill: "none",
    stroke: color,
    "stroke-width": 2,
    "stroke-linejoin": "round",
  });
  const [step, loss] = curve.at(-1)!;
  svgElement(svg, "circle", { cx: x(step), cy: y(loss), r: 3.5, fill: color });
  parent.replaceChildren(svg);
}

/** From 0 to at most `most`, so many or fewer, 1, 2 or 5 times a power of ten apart. */
function ticks(most: number, count: number): number[] {
  const least = most / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(least));
  const apart = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least)!;
  return Array.from({ length: Math.floor(most / apart) + 1 }, (_, i) => i * apart);
}
