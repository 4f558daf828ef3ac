import { type Bounds, middleOf, sizeOf } from "./bounds.ts";
import { setAttributes, svgElement } from "./elements.ts";
import { shortTitle, titleOf } from "./names.ts";
import type { StepNode } from "./stepGraph.ts";

/** The gap between the two borders of a parameter. */
const GAP = 4;

/**
 * The box of a node, with its name; operations have round corners, parameters two borders.
 *
 * @returns its lines: the name, and two that are empty, for the number and the gradient
 */
export function drawBox(
  group: Element,
  node: StepNode,
  box: Bounds,
): readonly [SVGTextElement, SVGTextElement, SVGTextElement] {
  const [x, y] = middleOf(box);
  const [width, height] = sizeOf(box);
  const { kind, op } = node;
  setAttributes(group, { transform: `translate(${x} ${y})` });
  svgElement("title", {}, group, titleOf(node));
  for (const gap of kind === "parameter" ? [0, GAP] : [0]) {
    const [left, top] = [gap - width / 2, gap - height / 2];
    svgElement("rect", { x: left, y: top, width: -2 * left, height: -2 * top, rx: op ? 12 : 0 }, group);
  }
  return [
    svgElement("text", { class: "name", y: kind === "constant" ? 5 : -13 }, group, shortTitle(node)),
    svgElement("text", { y: 5 }, group),
    svgElement("text", { class: "grad", y: 22 }, group),
  ];
}
