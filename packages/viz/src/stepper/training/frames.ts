import { flowScale } from "../../flowScale.ts";
import { formatNumber } from "../../formatNumber.ts";
import type { Graph } from "../../graph/graph.ts";
import { palettes } from "../../palette.ts";
import { LEVELS, type TrainingData } from "../page/training/trainingData.ts";
import { packSeries, shortened } from "./series.ts";

/** What becomes of the numbers and gradients of a graph, for a page. */
export function framesOf(
  frames: readonly Graph[],
): Pick<TrainingData, "frames" | "series" | "gradients" | "nodeLevels" | "edgeLevels" | "range"> {
  const { nodes, edges } = frames[0]!;
  const nodeFlows = nodes.map((_, id) => frames.map((frame) => frame.nodes[id]!.grad));
  const edgeFlows = edges.map((_, id) => frames.map((frame) => frame.edges[id]!.contribution));
  const { levelOf, range } = levels([...nodeFlows, ...edgeFlows]);
  const lettersOf = (flow: readonly (number | null)[]) => shortened(flow.map(levelOf)).join("");
  return {
    frames: frames.length,
    series: nodes.map((_, id) => packSeries(frames.map((frame) => frame.nodes[id]!.data))),
    gradients: nodeFlows.map(packSeries),
    nodeLevels: nodeFlows.map(lettersOf),
    edgeLevels: edgeFlows.map(lettersOf),
    ...(range && { range: [formatNumber(range.low), formatNumber(range.high)] as const }),
  };
}

/** One scale for all of the training, so that a gradient which fades is seen to. */
function levels(flows: readonly (readonly (number | null)[])[]) {
  const magnitudes = flows.flatMap((flow) => flow.flatMap((x) => (x === null ? [] : [Math.abs(x)])));
  const { flow } = palettes.light;
  const { style, range } = flowScale(magnitudes);
  const levelOf = (x: number | null): string => {
    if (x === null) return LEVELS[0]!;
    if (!Number.isFinite(x)) return LEVELS.at(-1)!;
    // The colour of 0 is none of them.
    return x === 0 ? LEVELS[1]! : LEVELS[2 + flow.indexOf(style(Math.abs(x)).color)]!;
  };
  return { levelOf, range };
}
