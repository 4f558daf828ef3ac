import { formatNumber } from "../../../formatNumber.ts";
import { type Bounds, boundsOf, cornersOf, middleOf, sizeOf } from "../bounds.ts";
import { setText, svgElement } from "../elements.ts";
import { shortTitle, titleOf } from "../names.ts";
import { createPart, type Part } from "../part.ts";
import type { StepNode } from "../stepGraph.ts";

/** What a node is, frame by frame. */
export interface NodeFrames {
  readonly number: (frame: number) => number | null;
  readonly gradient: (frame: number) => number | null;
  readonly level: (frame: number) => string;
}

/** A box with a name, and the number and gradient of a frame. */
export function createNode(node: StepNode, box: Bounds, frames: NodeFrames): Part<number> {
  const [x, y] = middleOf(box);
  const [width, height] = sizeOf(box);
  const isSmall = node.kind === "constant";
  return createPart(boundsOf(cornersOf(box), 4), (group) => {
    group.setAttribute("transform", `translate(${x} ${y})`);
    svgElement("title", {}, group, titleOf(node));
    const rx = node.op === undefined ? 0 : 12;
    svgElement("rect", { x: -width / 2, y: -height / 2, width, height, rx }, group);
    const name = svgElement("text", { class: "name", y: isSmall ? 5 : -12 }, group, shortTitle(node));
    const data = svgElement("text", { y: 6 }, group);
    const grad = svgElement("text", { class: "grad", y: 23 }, group);
    return (frame, isFar) => {
      if (!isFar) {
        const number = formatNumber(frames.number(frame)!);
        const gradient = frames.gradient(frame);
        if (!isSmall) {
          setText(data, `data ${number}`);
          setText(grad, `grad ${gradient === null ? "—" : formatNumber(gradient)}`);
        } else if (node.label === "") setText(name, number);
      }
      return `node ${node.kind} l${frames.level(frame)}`;
    };
  });
}
