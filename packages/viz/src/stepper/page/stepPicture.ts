import { type Bounds, boundsOf, cornersOf } from "./bounds.ts";
import { createCallout } from "./callout.ts";
import type { Focus } from "./camera.ts";
import { createEdge } from "./edgePart.ts";
import { createNode } from "./nodePart.ts";
import { castOf, type Scene } from "./nodeView.ts";
import type { PageData } from "./pageData.ts";
import { boundsOfAll, createPicture, MARGIN, type Picture } from "./picture.ts";
import { placesOf } from "./places.ts";
import type { StepGraph } from "./stepGraph.ts";
import { unpack } from "./unpack.ts";

/** The picture of a graph, step by step. */
export interface StepPicture extends Picture<Scene> {
  /** What a step is about, for the camera. */
  readonly about: (scene: Scene) => Focus;
  readonly bounds: Bounds;
}

export function createStepPicture(svg: Element, graph: StepGraph, data: PageData): StepPicture {
  const places = placesOf(graph, data);
  const { boxes, curves } = places;
  const labels = unpack(data.labels);
  const bounds = boundsOfAll(data);
  const picture = createPicture(svg, [
    graph.edges.map((edge) => createEdge(edge, curves[edge.id]!, labels[edge.id]!)),
    graph.nodes.map((node) => createNode(node, boxes[node.id]!)),
    [createCallout(bounds, places)],
  ]);
  return {
    ...picture,
    bounds,
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
