import { formatNumber } from "../../../formatNumber.ts";
import { boxAround, middleOf, sizeOf } from "../bounds.ts";
import { createCamera } from "../camera.ts";
import { byId, element, setText } from "../elements.ts";
import { nameOf } from "../names.ts";
import { boundsOfAll, createPicture } from "../picture.ts";
import { placesOf } from "../places.ts";
import { createPlayer } from "../player.ts";
import { decode } from "../stepGraph.ts";
import { createTable, type Row } from "../table.ts";
import { createEdge } from "./edge.ts";
import { largestOf } from "./largest.ts";
import { createLossPlot } from "./lossPlot.ts";
import { createNode } from "./node.ts";
import { readGradients, readLevels, readSeries } from "./series.ts";
import { LEVELS, type TrainingData } from "./trainingData.ts";

/** Pixels of the screen for one of the picture: fewer, and names stand alone; fewer, and even they cannot be read. */
const [FAR, SMALLEST] = [0.6, 0.3];

// The page of a training: this file is the entry of its script.
const data = JSON.parse(byId("graph").textContent!) as TrainingData;
const { every, range } = data;
const graph = decode(data);
const { boxes, curves } = placesOf(graph, data);
const frames = graph.nodes.map(({ id }) => ({
  number: readSeries(data.series[id]!) as (frame: number) => number,
  gradient: readGradients(data.gradients[id]!),
  level: readLevels(data.nodeLevels[id]!),
}));
const losses = Array(data.frames)
  .fill(0)
  .map((_, frame) => frames[graph.root]!.number(frame));
const svg = byId<SVGSVGElement>("picture");
const picture = createPicture(
  svg,
  [
    graph.edges.map(({ id }) => createEdge(curves[id]!, readLevels(data.edgeLevels[id]!))),
    graph.nodes.map((node) => createNode(node, boxes[node.id]!, frames[node.id]!)),
  ],
  FAR,
);
const bounds = boundsOfAll(data);
// Where all of it would be too small to be read, the side of the loss.
const end = boxAround(middleOf(boxes[graph.root]!), ...sizeOf(bounds));
const camera = createCamera(svg, bounds, picture.look, SMALLEST);
const showTable = createTable(graph, hasGradient, rowOf);
const showLoss = createLossPlot(byId<SVGSVGElement>("loss"), losses, every, (frame) => player.goTo(frame));
const leaves = graph.nodes.filter(({ kind }) => kind !== "constant" && kind !== "operation");

function hasGradient(node: number): boolean {
  return data.nodeLevels[node] !== LEVELS[0];
}

function rowOf(frame: number, node: number): Row {
  const { number, gradient } = frames[node]!;
  const [x, grad] = [number(frame), gradient(frame)];
  return { looks: `${x} ${grad}`, data: x, grad, instead: "", part: "" };
}

function show(frame: number): void {
  picture.show(frame);
  showLoss(frame);
  showTable(frame);
  const largest = largestOf(leaves.map(({ id }) => frames[id]!.gradient(frame)));
  const root = nameOf(graph.nodes[graph.root]!);
  setText(byId("now"), `${root} = ${formatNumber(losses[frame]!)}`);
  setText(
    byId("sentence"),
    `Step ${frame * every}: ${root} is ${formatNumber(losses[frame]!)}` +
      (largest === undefined
        ? "."
        : `; the largest gradient of a leaf is ${formatNumber(largest.gradient)}, at ${nameOf(leaves[largest.place]!)}.`),
  );
}

if (range !== undefined) {
  setText(byId("low"), range[0]);
  setText(byId("high"), range[1]);
  for (const level of LEVELS.slice(2, -1)) element(byId("scale"), "span", { class: `l${level}` });
}
byId("legend").hidden = range === undefined;
// A training takes half a minute at most, and is no flicker.
const player = createPlayer(data.frames - 1, show, Math.min(500, Math.max(60, 30_000 / data.frames)));
player.goTo(0);
const open = () => camera.follow([bounds, end], false);
open();
window.onbeforeprint = camera.hold;
window.onafterprint = open;
