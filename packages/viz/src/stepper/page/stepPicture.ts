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
  /** What the step that is shown is about, for the camera. */
  readonly about: (scene: Scene) => Focus;
  readonly bounds: Bounds;
}

function around(all: readonly Bounds[]): Bounds {
  return boundsOf(all.flatMap(cornersOf), MARGIN);
}

export function createStepPicture(svg: Element, graph: StepGraph, data: PageData): StepPicture {
  const places = placesOf(graph, data);
  const { boxes, curves } = places;
  const labels = unpack(data.labels);
  const bounds = boundsOfAll(data);
  const callout = createCallout(bounds, places);
  const picture = createPicture(svg, [
    graph.edges.map((edge) => createEdge(edge, curves[edge.id]!, labels[edge.id]!)),
    graph.nodes.map((node) => createNode(node, boxes[node.id]!)),
    [callout.part],
  ]);
  return {
    ...picture,
    bounds,
    about(scene) {
      // The start looks ahead.
      const { active, sources } = scene.step === 0 ? castOf({ ...scene, step: 1 }) : scene;
      // Of a long sum the first operands: all would be far apart.
      const seen = [active, ...sources.slice(0, 2)].map((node) => boxes[node]!);
      const room = callout.room();
      const [near, least] = [around(room ? [...seen, room] : seen), around([boxes[active]!])];
      return scene.step === 0 ? [bounds, near, least] : [near, least];
    },
  };
}
