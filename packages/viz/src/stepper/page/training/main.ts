import { formatNumber } from "../../../formatNumber.ts";
import { createCamera } from "../camera.ts";
import { byId, element, setText } from "../elements.ts";
import { nameOf } from "../names.ts";
import { boundsOfAll, createPicture } from "../picture.ts";
import { placesOf } from "../places.ts";
import { createPlayer } from "../player.ts";
import { decode } from "../stepGraph.ts";
import { createEdge } from "./edge.ts";
import { createLossPlot } from "./lossPlot.ts";
import { createNode } from "./node.ts";
import { readLevels, readSeries } from "./series.ts";
import { LEVELS, type TrainingData } from "./trainingData.ts";

// The page of a training: this file is the entry of its script.
const data = JSON.parse(byId("graph").textContent!) as TrainingData;
const { every, range } = data;
const graph = decode(data);
const { boxes, curves } = placesOf(graph, data);
const frames = graph.nodes.map(({ id }) => ({
  number: readSeries(data.series[id]!),
  gradient: readSeries(data.gradients[id]!),
  level: readLevels(data.nodeLevels[id]!),
}));
const losses = Array(data.frames)
  .fill(0)
  .map((_, frame) => frames[graph.root]!.number(frame)!);
const svg = byId<SVGSVGElement>("picture");
const picture = createPicture(svg, [
  graph.edges.map(({ id }) => createEdge(curves[id]!, readLevels(data.edgeLevels[id]!))),
  graph.nodes.map((node) => createNode(node, boxes[node.id]!, frames[node.id]!)),
]);
const bounds = boundsOfAll(data);
const camera = createCamera(byId("stage"), svg, bounds, picture.look);
const showLoss = createLossPlot(byId<SVGSVGElement>("loss"), losses, every, (frame) => player.goTo(frame));
const leaves = graph.nodes.filter(({ kind }) => kind !== "constant" && kind !== "operation");

function show(frame: number): void {
  picture.show(frame);
  showLoss(frame);
  const largest = leaves
    .map(({ id }) => ({ id, size: Math.abs(frames[id]!.gradient(frame) ?? 0) }))
    .reduce((a, b) => (b.size > a.size ? b : a), { id: -1, size: 0 });
  const root = nameOf(graph.nodes[graph.root]!);
  setText(byId("now"), `${root} = ${formatNumber(losses[frame]!)}`);
  setText(
    byId("sentence"),
    `Step ${frame * every}: ${root} is ${formatNumber(losses[frame]!)}` +
      (largest.id < 0
        ? "."
        : `; the largest gradient of a leaf is ${formatNumber(frames[largest.id]!.gradient(frame)!)}, at ` +
          `${nameOf(graph.nodes[largest.id]!)}.`),
  );
}

if (range !== undefined) {
  setText(byId("low"), range[0]);
  setText(byId("high"), range[1]);
  for (const level of LEVELS.slice(2, -1)) element(byId("scale"), "span", { class: `l${level}` });
}
byId("legend").hidden = range === undefined;
byId("closer").onclick = () => camera.zoom(1.4);
byId("farther").onclick = () => camera.zoom(1 / 1.4);
byId("whole").onclick = () => camera.fit();
// A training takes half a minute at most, and is no flicker.
const player = createPlayer(data.frames - 1, show, Math.min(500, Math.max(60, 30_000 / data.frames)));
player.goTo(0);
camera.follow([bounds], false);
// All of it, even where it is too small to be read: how gradients change is seen by their colours.
new ResizeObserver(() => camera.fit(false)).observe(byId("stage"));
window.onbeforeprint = camera.hold;
window.onafterprint = () => {
  camera.follow([bounds], false);
  camera.fit(false);
};
