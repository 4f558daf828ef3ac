import { createCamera } from "./camera.ts";
import { assigned, type Confusion, wrongOrder } from "./confusions.ts";
import { byId } from "./elements.ts";
import { castOf, type Scene } from "./nodeView.ts";
import type { PageData } from "./pageData.ts";
import { createPanel } from "./panel.ts";
import { createPicture } from "./picture.ts";
import { createPlayer } from "./player.ts";
import { printAll } from "./printing.ts";
import { decode } from "./stepGraph.ts";
import { sweep } from "./sweep.ts";
import { createTable } from "./table.ts";
import { timelineOf } from "./timeline.ts";

// The page of a graph: this file is the entry of its script.
const data = JSON.parse(byId("graph").textContent!) as PageData;
const graph = decode(data);
const timeline = timelineOf(graph);
const right = sweep(graph);
const confusions: Readonly<Record<string, Confusion | undefined>> = {
  order: wrongOrder(graph, right),
  sum: assigned(graph, right),
};
const svg = byId<SVGSVGElement>("picture");
const picture = createPicture(svg, graph, data);
const camera = createCamera(byId("stage"), svg, picture.bounds);
const showTable = createTable(byId("nodes"), graph);
const showPanel = createPanel();

let confusion: Confusion | undefined;
let scene: Scene;

function show(step: number, isSmooth: boolean): void {
  const next = { graph, timeline, right, pass: confusion?.pass ?? right, step };
  scene = { ...next, ...castOf(next) };
  picture.show(scene);
  showTable(scene);
  showPanel(scene, confusion?.sentence ?? "");
  camera.follow(picture.focus(scene), isSmooth);
}

const player = createPlayer(timeline.last, show);
const modes = [...document.querySelectorAll<HTMLButtonElement>("#modes button")];
for (const button of modes) {
  const { mode } = button.dataset;
  button.hidden = mode !== "" && confusions[mode!] === undefined;
  button.onclick = () => {
    confusion = confusions[mode!];
    for (const other of modes) other.ariaPressed = String(other === button);
    // The wrong numbers are all there at the end.
    player.goTo(confusion === undefined ? player.step() : timeline.last);
  };
}
byId("modes").hidden = modes.filter(({ hidden }) => !hidden).length === 1;
byId("closer").onclick = () => camera.zoom(1.4);
byId("farther").onclick = () => camera.zoom(1 / 1.4);
byId("whole").onclick = camera.fit;
printAll(() => scene, camera, show);
player.goTo(0);
