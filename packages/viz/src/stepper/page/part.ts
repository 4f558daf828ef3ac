import type { Bounds } from "./bounds.ts";
import { svgElement } from "./elements.ts";
import type { Scene } from "./nodeView.ts";

/** A node or an edge of the picture. Its element is made when it first comes in sight. */
export interface Part {
  readonly bounds: Bounds;
  /** Shows a step, and gives the element; writes only what looks different. From far no text is read. */
  readonly show: (scene: Scene, isFar: boolean) => Element;
}

/**
 * @param draw - draws what stays into a new element; what it gives back writes what changes, and says how it looks in
 *   the words of the style sheet
 */
export function createPart(
  bounds: Bounds,
  draw: (group: Element) => (scene: Scene, isFar: boolean) => string,
): Part {
  let group: Element | undefined;
  let write: ReturnType<typeof draw>;
  let shown: string;
  return {
    bounds,
    show(scene, isFar) {
      if (group === undefined) {
        group = svgElement("g");
        write = draw(group);
      }
      const look = write(scene, isFar);
      if (look !== shown) group.setAttribute("class", look);
      shown = look;
      return group;
    },
  };
}
