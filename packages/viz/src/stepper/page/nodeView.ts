import { formatNumber } from "../../formatNumber.ts";
import type { StepGraph } from "./stepGraph.ts";
import { arrivedAt, gradientAt, type Sweep } from "./sweep.ts";
import type { Timeline } from "./timeline.ts";

/** What a picture and a table show of a node at a step. */
export interface NodeView {
  /** Equal for two steps where the node looks the same. */
  readonly looks: string;
  /** Its number; `undefined` before it is computed. */
  readonly data: number | undefined;
  /** The running sum of its gradient; `undefined` before the first contribution. */
  readonly grad: number | undefined;
  /** Whether nothing more will come. */
  readonly isComplete: boolean;
  /** How many contributions have come of how many, `1/2`; "" if there is one at most. */
  readonly share: string;
  /** The right gradient, as text, where a mistake has made another. */
  readonly instead: string;
  /** Its part in the step: `active` is computed or receives, `source` is read or sends. */
  readonly part: "" | "active" | "source";
}

/** The nodes that a step is about. */
export interface Cast {
  /** −1 for none. */
  readonly active: number;
  readonly sources: readonly number[];
}

/** What there is to see at a step. */
export interface Scene extends Cast {
  readonly graph: StepGraph;
  readonly timeline: Timeline;
  /** The backward pass that is shown, and the right one. */
  readonly pass: Sweep;
  readonly right: Sweep;
  readonly step: number;
}

export function nodeView(
  { graph, timeline, pass, right, step, active, sources }: Scene,
  id: number,
): NodeView {
  const sent = timeline.sentBy(step);
  const data = timeline.isComputed(id, step) ? graph.nodes[id]!.data : undefined;
  const total = pass.arrivals[id]!.length;
  const arrived = sent < 0 ? 0 : arrivedAt(pass, id, sent);
  const grad = sent < 0 ? undefined : gradientAt(graph, pass, id, sent);
  const isComplete = grad !== undefined && arrived === total;
  const part = id === active ? "active" : sources.includes(id) ? "source" : "";
  const final = () => formatNumber(gradientAt(graph, right, id, right.steps.length) ?? 0);
  const instead = pass !== right && isComplete && formatNumber(grad) !== final() ? final() : "";
  const share = total > 1 && arrived > 0 ? `${arrived}/${total}` : "";
  const looks = `${data} ${part} ${arrived} ${grad} ${instead}`;
  return { looks, data, grad, isComplete, share, instead, part };
}

/** Which nodes a step is about: the one that is computed or receives, and those that are read or send. */
export function castOf({ graph, timeline, pass, step }: Omit<Scene, keyof Cast>): Cast {
  const moment = timeline.at(step);
  if (moment.phase === "start") return { active: -1, sources: [] };
  if (moment.phase === "seed") return { active: graph.root, sources: [] };
  if (moment.phase === "forward") {
    return { active: moment.node, sources: graph.nodes[moment.node]!.operands.map(({ from }) => from) };
  }
  const { from, to } = pass.steps[moment.sent - 1]!.edge;
  return { active: from, sources: [to] };
}
