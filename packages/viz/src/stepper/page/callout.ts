import { type Bounds, boxAround, overlaps } from "./bounds.ts";
import { setText, svgElement } from "./elements.ts";
import { productOf } from "./names.ts";
import type { Scene } from "./nodeView.ts";
import { createPart, type Part } from "./part.ts";
import { halfWay, type Places } from "./places.ts";

/** How far below the middle of its edge it may stand. */
const LEVELS = [0, 44, -44, 66, -66, 88, -88];

/** The product on the edge that sends now, beside the boxes if there is room; wherever in the picture. */
export function createCallout(bounds: Bounds, { boxes, curves }: Places): Part<Scene> {
  return createPart(bounds, (group) => {
    const pill = svgElement("path", {}, group);
    const label = svgElement("text", { y: 4 }, group);
    return ({ timeline, pass, step }) => {
      const sent = pass.steps[timeline.sentBy(step) - 1];
      const text = sent === undefined ? "" : productOf(sent);
      setText(label, text);
      // A line with round ends, as broad as the text is high.
      const half = 3.9 * text.length;
      pill.setAttribute("d", text && `M${-half} 0H${half}`);
      if (sent !== undefined) {
        const [x, y] = halfWay(curves[sent.edge.id]!);
        const isFree = (level: number) => {
          const place = boxAround([x, y + level], 2 * half + 24, 24);
          return !boxes.some((box) => overlaps(place, box));
        };
        group.setAttribute("transform", `translate(${x} ${y + (LEVELS.find(isFree) ?? 44)})`);
      }
      return "callout";
    };
  });
}
