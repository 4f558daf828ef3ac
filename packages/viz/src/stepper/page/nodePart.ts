import { type Bounds, boundsOf, cornersOf, sizeOf } from "./bounds.ts";
import { setText, svgElement } from "./elements.ts";
import { numberOr } from "./names.ts";
import { drawBox } from "./nodeBox.ts";
import { nodeView, type Scene } from "./nodeView.ts";
import { createPart, type Part } from "./part.ts";
import type { StepNode } from "./stepGraph.ts";

/** How far the badge stands above the box. */
export const BADGE = 18;

/** A box with a name, a number and a gradient. */
export function createNode(node: StepNode, box: Bounds): Part<Scene> {
  const { id, kind } = node;
  const [width, height] = sizeOf(box);
  return createPart(boundsOf(cornersOf(box), BADGE), (group) => {
    const [, data, grad] = drawBox(group, node, box);
    const badge = svgElement("text", { class: "badge", x: width / 2, y: -height / 2 - 5 }, group);
    let written = "";
    return (scene, isFar) => {
      const view = nodeView(scene, id);
      if (view.looks !== written && !isFar) {
        written = view.looks;
        if (kind !== "constant") {
          setText(data, `data ${numberOr("", view.data)}`);
          setText(grad, `grad ${numberOr("—", view.grad)}`);
        }
        setText(badge, view.instead ? `≠ ${view.instead}` : view.share);
      }
      const progress = view.grad === undefined ? "" : view.isComplete ? "full" : "part";
      const isWrong = view.instead && "wrong";
      return `node ${kind} ${view.data === undefined ? "future" : ""} ${progress} ${view.part} ${isWrong}`;
    };
  });
}
