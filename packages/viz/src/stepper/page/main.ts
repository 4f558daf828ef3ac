import { createCamera } from "./camera.ts";
import { depthFirst } from "./depthFirst.ts";
import { byId } from "./elements.ts";
import { castOf, nodeView, type Scene } from "./nodeView.ts";
import type { PageData } from "./pageData.ts";
import { createPanel } from "./panel.ts";
import { createPlayer } from "./player.ts";
import { printAll } from "./printing.ts";
import { decode } from "./stepGraph.ts";
import { createStepPicture } from "./stepPicture.ts";
import { sweep } from "./sweep.ts";
import { createTable } from "./table.ts";
import { timelineOf } from "./timeline.ts";

// The page of a graph: this file is the entry of its script.
const data = JSON.parse(byId("graph").textContent!) as PageData;
const graph = decode(data);
const timeline = timelineOf(graph);
const right = sweep(graph);
const { mistakes } = data;
const svg = byId<SVGSVGElement>("picture");
const picture = createStepPicture(svg, graph, data);
const camera = createCamera(svg, picture.bounds, picture.look);
const showTable = createTable(graph, (id) => right.arrivals[id]!.length > 0, nodeView);
const showPanel = createPanel();

let pass = right;
let why = "";
let scene: Scene;

function show(step: number, isSmooth: boolean): void {
  const next = { graph, timeline, right, pass, step };
  scene = { ...next, ...castOf(next) };
  picture.show(scene);
  showTable(scene);
  showPanel(scene, why);
  camera.follow(picture.about(scene), isSmooth);
}

// Slow enough to read, but a long graph takes no hour.
const pace = Math.min(1600, Math.max(300, 120_000 / timeline.last));
const player = createPlayer(timeline.last, show, pace);
const modes = [...byId("modes").children] as HTMLElement[];
for (const button of modes) {
  const { mode } = button.dataset as { mode?: "order" | "sum" };
  button.hidden = mode !== undefined && !mistakes[mode];
  button.onclick = () => {
    if (mode === "order") pass = sweep(graph, depthFirst(graph));
    else pass = mode ? sweep(graph, undefined, true) : right;
    why = (mode && mistakes[mode]) ?? "";
    for (const other of modes) other.ariaPressed = String(other === button);
    // The wrong numbers are all there at the end.
    player.goTo(why ? timeline.last : player.step());
  };
}
byId("modes").hidden = modes.slice(1).every(({ hidden }) => hidden);
printAll(() => scene, camera, show);
modes[0]!.click();
