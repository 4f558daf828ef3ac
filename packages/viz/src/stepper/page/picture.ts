import { type Bounds, overlaps } from "./bounds.ts";
import type { Look } from "./camera.ts";
import { svgElement } from "./elements.ts";
import type { PageData } from "./pageData.ts";
import type { Part } from "./part.ts";

/** A picture that shows steps. */
export interface Picture<Step> {
  readonly show: (step: Step) => void;
  readonly look: Look;
}

/** Around everything. */
export const MARGIN = 20;
/** Fewer pixels of the screen for one of the picture, and its texts are specks: unless told. */
const FAR = 0.3;

/**
 * Only what is in sight is in the document: a browser's work grows with all that is there.
 *
 * @param layers - the lowest first
 * @param farBelow - fewer pixels of the screen for one of the picture, and it is shown as from far
 */
export function createPicture<Step>(
  svg: Element,
  layers: readonly (readonly Part<Step>[])[],
  farBelow: number = FAR,
): Picture<Step> {
  const groups = layers.map((parts) => ({ parts, group: svgElement("g", {}, svg) }));
  const inSight = new Map<Part<Step>, Element>();
  let isFar = false;
  let current: Step;
  return {
    show(step) {
      current = step;
      for (const part of inSight.keys()) part.show(step, isFar);
    },
    look(views, perPixel) {
      const wasFar = isFar;
      isFar = perPixel < farBelow;
      svg.classList.toggle("far", isFar);
      for (const { parts, group } of groups) {
        for (const part of parts) {
          const isSeen = views.some((view) => overlaps(view, part.bounds));
          if (isSeen && (isFar !== wasFar || !inSight.has(part))) {
            inSight.set(part, part.show(current, isFar));
            group.append(inSight.get(part)!);
          } else if (!isSeen) {
            inSight.get(part)?.remove();
            inSight.delete(part);
          }
        }
      }
    },
  };
}

/** All of the picture. */
export function boundsOfAll({ width, height }: PageData): Bounds {
  return [-MARGIN, -MARGIN, width + MARGIN, height + MARGIN];
}
