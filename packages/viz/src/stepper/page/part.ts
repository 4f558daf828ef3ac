import type { Bounds } from "./bounds.ts";
import { setAttributes, svgElement } from "./elements.ts";

/** A node or an edge of the picture, which shows a step. Its element is made when it first comes in sight. */
export interface Part<Step> {
  readonly bounds: Bounds;
  /** Gives the element; writes only what looks different. From far no text is read. */
  readonly show: (step: Step, isFar: boolean) => Element;
}

/**
 * @param draw - draws what stays into a new element; what it gives back writes what changes, and says how it looks in
 *   the words of the style sheet
 */
export function createPart<Step>(
  bounds: Bounds,
  draw: (group: Element) => (step: Step, isFar: boolean) => string,
): Part<Step> {
  let group: Element | undefined;
  let write: ReturnType<typeof draw>;
  let shown: string;
  return {
    bounds,
    show(step, isFar) {
      if (!group) {
        group = svgElement("g");
        write = draw(group);
      }
      const look = write(step, isFar);
      if (look !== shown) setAttributes(group, { class: look });
      shown = look;
      return group;
    },
  };
}
