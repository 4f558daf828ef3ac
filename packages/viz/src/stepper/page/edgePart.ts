import { formatNumber } from "../../formatNumber.ts";
import { boundsOf, type Point } from "./bounds.ts";
import { setText, svgElement } from "./elements.ts";
import type { Scene } from "./nodeView.ts";
import { createPart, type Part } from "./part.ts";
import { halfWay } from "./places.ts";
import type { StepEdge } from "./stepGraph.ts";

/** About half of the width of a number on an edge. */
const LABEL = 32;

/**
 * A line from an operand to its result, with what was sent back along it.
 *
 * @param below - how far below its middle a number is written; 0 for none
 */
export function createEdge(edge: StepEdge, points: readonly Point[], below: number): Part<Scene> {
  const [x, y] = halfWay(points);
  return createPart(boundsOf(points, LABEL), (group) => {
    svgElement("path", { d: `M${points[0]}C${points.slice(1)}` }, group);
    const label = below === 0 ? undefined : svgElement("text", { x, y: y + below }, group);
    return (scene, isFar) => {
      const state = stateOf(scene, edge);
      if (label && !isFar) {
        const { steps, ranks } = scene.pass;
        setText(
          label,
          state === "sent" || state === "sends" ? formatNumber(steps[ranks[edge.id]!]!.contribution) : "",
        );
      }
      return `edge ${edge.derivative === null ? "dead" : ""} ${state}`;
    };
  });
}

/** "read" while the operand is read, "sends" while a gradient is sent, "sent" afterwards. */
function stateOf({ timeline, pass, step }: Scene, { id, to }: StepEdge): "" | "read" | "sends" | "sent" {
  const moment = timeline.at(step);
  if (moment.phase === "forward") return moment.node === to ? "read" : "";
  const [rank, sent] = [pass.ranks[id], timeline.sentBy(step)];
  if (rank === undefined || rank >= sent) return "";
  return rank === sent - 1 ? "sends" : "sent";
}
