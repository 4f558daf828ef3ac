import { type Bounds, middleOf } from "./bounds.ts";
import { calloutPlaces, HEIGHT } from "./calloutPlace.ts";
import { setAttributes, setText, svgElement } from "./elements.ts";
import { productOf } from "./names.ts";
import type { Scene } from "./nodeView.ts";
import { createPart, type Part } from "./part.ts";
import type { Places } from "./places.ts";

const OUT_OF_SIGHT = -1e6;

/** The product on the edge that sends now, beside the edge if there is room. */
export interface Callout {
  readonly part: Part<Scene>;
  /** Where it is in the scene that was shown last; `undefined` if nothing is sent, or if there is no room. */
  readonly room: () => Bounds | undefined;
}

export function createCallout(bounds: Bounds, places: Places): Callout {
  const placeOf = calloutPlaces(bounds, places);
  let place: Bounds | undefined;
  const part = createPart(bounds, (group) => {
    const pill = svgElement("path", {}, group);
    const label = svgElement("text", { y: 4 }, group);
    return ({ timeline, pass, step }: Scene) => {
      const sent = pass.steps[timeline.sentBy(step) - 1];
      const text = sent ? productOf(sent) : "";
      const half = 3.9 * text.length;
      // A line with round ends, as broad as it is high.
      place = sent && placeOf(sent.edge.id, 2 * half + HEIGHT);
      setText(label, text);
      setAttributes(pill, { d: `M${-half} 0H${half}` });
      setAttributes(group, { transform: `translate(${place ? middleOf(place) : OUT_OF_SIGHT})` });
      return "callout";
    };
  });
  return { part, room: () => place };
}
