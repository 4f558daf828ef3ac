import { checkOptions, type OptionKind } from "../../check.ts";
import type { Graph } from "../../graph/graph.ts";
import { TIMEOUT } from "../../svg/renderSvg.ts";
import { xmlText } from "../../text.ts";
import { boxOf } from "../box.ts";
import { documentOf } from "../document.ts";
import { decode } from "../page/stepGraph.ts";
import { columnsOf, nowhere, placed } from "../pageData.ts";
import { checkSize, type PageOptions, pageOptionKinds } from "../pageOptions.ts";
import { positionsOf } from "../positions.ts";
import { trainingText } from "../trainingText.ts";
import { checkFrames } from "./checkFrames.ts";
import { framesOf } from "./frames.ts";

/** How to make a page of training. */
export interface TrainingHtmlOptions extends PageOptions {
  /** The heading; "Training, step by step" unless told. */
  readonly title?: string;
  /** How many steps of training lie between two frames; 1 unless told. */
  readonly every?: number;
  /** Whether to go above 600 nodes, 1,500 edges and 200,000 nodes in all frames; false unless told. */
  readonly force?: boolean;
}

const optionKinds: Readonly<Record<keyof TrainingHtmlOptions, OptionKind>> = {
  ...pageOptionKinds,
  every: {
    fits: (x) => Number.isInteger(x) && (x as number) >= 1,
    wanted: "a whole number of steps, at least 1",
  },
};

const MOST_IN_ALL = 200_000;

/**
 * A page on which a slider goes through a training: in each frame the graph with its numbers and gradients, coloured by
 * the size of the gradients on one scale for all frames, beside the curve of the loss. One file, as of `toHtml`.
 *
 * @param frames - snapshots of one expression, by `snapshotOf(loss)` after `loss.backward()`, one a step
 * @returns the text of an HTML file
 * @throws TypeError if frames are not snapshots or an option is not one of those allowed
 * @throws RangeError if there is no frame, if they are not of the same expression, or for too many of them unless `force`
 *   is set
 * @throws Error if Graphviz cannot lay the graph out, or takes longer than `timeout`
 * @example
 * const [w, frames] = [value(1, "w"), []];
 * for (let step = 0; step < 9; step++) {
 *   const loss = w.sub(3).square();
 *   loss.zeroGrad();
 *   loss.backward();
 *   frames.push(snapshotOf(loss));
 *   w.data -= 0.1 * w.grad;
 * }
 * (await trainingHtml(frames)).startsWith("<!doctype html>") // true
 */
export async function trainingHtml(
  frames: readonly Graph[],
  options: TrainingHtmlOptions = {},
): Promise<string> {
  checkFrames(frames);
  checkOptions("trainingHtml", options, optionKinds);
  const {
    title = "Training, step by step",
    every = 1,
    direction = "LR",
    force = false,
    timeout = TIMEOUT,
  } = options;
  const [first] = frames as readonly [Graph];
  if (!force) {
    checkSize("trainingHtml", first, "Take the snapshot of one example's loss");
    checkFrameCount(first, frames.length);
  }
  const order = first.edges.map((_, id) => id);
  const data = { ...columnsOf(first, order, () => false), sends: 0 };
  const graph = decode({ ...data, ...nowhere });
  const boxes = graph.nodes.map(boxOf);
  const positions = await positionsOf(boxes, graph.edges, direction, timeout, "trainingHtml");
  const all = { ...placed(data, boxes, positions), ...framesOf(frames), every };
  return documentOf(xmlText(title), all, trainingText);
}

function checkFrameCount({ nodes }: Graph, frames: number): void {
  const inAll = nodes.length * frames;
  if (inAll > MOST_IN_ALL) {
    const every = Math.ceil(inAll / MOST_IN_ALL);
    throw new RangeError(
      `trainingHtml: ${frames} frames of ${nodes.length} nodes are ${inAll} in all; the limit is ${MOST_IN_ALL}. ` +
        `Take a snapshot once in ${every} steps and pass { every: ${every} }, or pass { force: true }.`,
    );
  }
}
