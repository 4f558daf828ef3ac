import { boxAround, overlaps } from "./bounds.ts";
import { setText, svgElement } from "./elements.ts";
import { productOf } from "./names.ts";
import type { Scene } from "./nodeView.ts";
import { halfWay, type Places } from "./places.ts";

/** How far below the middle of its edge it may stand. */
const LEVELS = [0, 44, -44, 66, -66, 88, -88];

/** The product on the edge that sends now, above everything, and beside the boxes if there is room. */
export function createCallout(svg: Element, { boxes, curves }: Places): (scene: Scene) => void {
  const group = svgElement("g", { class: "callout" }, svg);
  const pill = svgElement("path", {}, group);
  const label = svgElement("text", { y: 4 }, group);
  return ({ timeline, pass, step }) => {
    const sent = pass.steps[timeline.sentBy(step) - 1];
    const text = sent === undefined ? "" : productOf(sent);
    setText(label, text);
    // A line with round ends, as broad as the text is high.
    const half = 3.9 * text.length;
    pill.setAttribute("d", text && `M${-half} 0H${half}`);
    if (sent === undefined) return;
    const [x, y] = halfWay(curves[sent.edge.id]!);
    const isFree = (level: number) => {
      const place = boxAround([x, y + level], 2 * half + 24, 24);
      return !boxes.some((box) => overlaps(place, box));
    };
    group.setAttribute("transform", `translate(${x} ${y + (LEVELS.find(isFree) ?? 44)})`);
  };
}
