import { formatNumber } from "../../formatNumber.ts";
import { type Bounds, boundsOf, cornersOf, middleOf, sizeOf } from "./bounds.ts";
import { setText, svgElement } from "./elements.ts";
import { shortTitle, titleOf } from "./names.ts";
import { nodeView, type Scene } from "./nodeView.ts";
import { createPart, type Part } from "./part.ts";
import type { StepNode } from "./stepGraph.ts";

/** How far the badge stands above the box. */
const BADGE = 18;

/** A box with a name, a number and a gradient. */
export function createNode(node: StepNode, box: Bounds): Part<Scene> {
  const { id, kind, op } = node;
  const [x, y] = middleOf(box);
  const [width, height] = sizeOf(box);
  const isSmall = kind === "constant";
  return createPart(boundsOf(cornersOf(box), BADGE), (group) => {
    group.setAttribute("transform", `translate(${x} ${y})`);
    svgElement("title", {}, group, titleOf(node));
    const rx = op === undefined ? 0 : 12;
    svgElement("rect", { x: -width / 2, y: -height / 2, width, height, rx }, group);
    svgElement("text", { class: "name", y: isSmall ? 5 : -12 }, group, shortTitle(node));
    const data = svgElement("text", { y: 6 }, group);
    const grad = svgElement("text", { class: "grad", y: 23 }, group);
    const badge = svgElement("text", { class: "badge", x: width / 2, y: -height / 2 - 5 }, group);
    let written = "";
    return (scene, isFar) => {
      const view = nodeView(scene, id);
      if (view.key !== written && !isFar) {
        written = view.key;
        if (!isSmall) {
          setText(data, view.isComputed ? `data ${formatNumber(node.data)}` : "data");
          setText(grad, `grad ${view.grad === undefined ? "—" : formatNumber(view.grad)}`);
        }
        setText(badge, view.instead === "" ? view.share : `≠ ${view.instead}`);
      }
      const progress = view.grad === undefined ? "" : view.isComplete ? "full" : "part";
      const isWrong = view.instead === "" ? "" : "wrong";
      return `node ${kind} ${view.isComputed ? "" : "future"} ${progress} ${view.part} ${isWrong}`;
    };
  });
}
