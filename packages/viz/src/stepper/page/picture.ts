import { type Bounds, boundsOf, cornersOf, overlaps } from "./bounds.ts";
import { createCallout } from "./callout.ts";
import type { Focus, Look } from "./camera.ts";
import { createEdge } from "./edgePart.ts";
import { svgElement } from "./elements.ts";
import { createNode } from "./nodePart.ts";
import { castOf, type Scene } from "./nodeView.ts";
import type { PageData } from "./pageData.ts";
import type { Part } from "./part.ts";
import { placesOf } from "./places.ts";
import type { StepGraph } from "./stepGraph.ts";
import { unpack } from "./unpack.ts";

/** The picture of the graph. */
export interface Picture {
  readonly show: (scene: Scene) => void;
  readonly look: Look;
  /** What a step is about, for the camera. */
  readonly about: (scene: Scene) => Focus;
  readonly bounds: Bounds;
}

const MARGIN = 20;
/** Fewer pixels of the screen for one of the picture, and its texts are specks. */
const FAR = 0.3;

/** Only what is in sight is in the document: a browser's work grows with all that is there. */
export function createPicture(svg: Element, graph: StepGraph, data: PageData): Picture {
  const places = placesOf(graph, data);
  const { boxes, curves } = places;
  const labels = unpack(data.labels);
  const parts: readonly (readonly Part[])[] = [
    graph.edges.map((edge) => createEdge(edge, curves[edge.id]!, labels[edge.id]!)),
    graph.nodes.map((node) => createNode(node, boxes[node.id]!)),
  ];
  const layers = parts.map((layer) => ({ layer, group: svgElement("g", {}, svg) }));
  const callout = createCallout(svg, places);
  const inSight = new Map<Part, Element>();
  const bounds: Bounds = [-MARGIN, -MARGIN, data.width + MARGIN, data.height + MARGIN];
  let isFar = false;
  let current: Scene;
  return {
    bounds,
    show(scene) {
      current = scene;
      for (const part of inSight.keys()) part.show(scene, isFar);
      callout(scene);
    },
    look(views, perPixel) {
      const comesNear = isFar && perPixel >= FAR;
      isFar = perPixel < FAR;
      svg.classList.toggle("far", isFar);
      for (const { layer, group } of layers) {
        for (const part of layer) {
          const isSeen = views.some((view) => overlaps(view, part.bounds));
          if (isSeen && (comesNear || !inSight.has(part))) {
            inSight.set(part, part.show(current, isFar));
            group.append(inSight.get(part)!);
          } else if (!isSeen) {
            inSight.get(part)?.remove();
            inSight.delete(part);
          }
        }
      }
    },
    about(scene) {
      // The start looks ahead.
      const { active, sources } = scene.step === 0 ? castOf({ ...scene, step: 1 }) : scene;
      // Of a long sum the first operands: all would be far apart.
      const [near, least] = [[active, ...sources.slice(0, 2)], [active]].map((nodes) =>
        boundsOf(
          nodes.flatMap((node) => cornersOf(boxes[node]!)),
          MARGIN,
        ),
      ) as [Bounds, Bounds];
      return scene.step === 0 ? [bounds, near, least] : [near, least];
    },
  };
}
