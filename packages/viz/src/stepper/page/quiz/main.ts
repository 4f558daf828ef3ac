import { createCamera } from "../camera.ts";
import { byId } from "../elements.ts";
import { nodeView } from "../nodeView.ts";
import type { PageData } from "../pageData.ts";
import { decode } from "../stepGraph.ts";
import { createStepPicture } from "../stepPicture.ts";
import { sweep } from "../sweep.ts";
import { createTable } from "../table.ts";
import { timelineOf } from "../timeline.ts";
import { createForm } from "./form.ts";
import { questionsOf, sweepTo } from "./questions.ts";
import { printWorksheet } from "./worksheet.ts";

// The page of a quiz: this file is the entry of its script. Gradients are worked out here, from the local derivatives.
const data = JSON.parse(byId("graph").textContent!) as PageData;
const graph = decode(data);
const timeline = timelineOf(graph);
const right = sweep(graph);
const questions = questionsOf(graph, right);
const places = new Map(questions.map(({ node }, place) => [node, place]));
byId("stage").className = "backward";
const svg = byId<SVGSVGElement>("picture");
const picture = createStepPicture(svg, graph, data);
const camera = createCamera(svg, picture.bounds, picture.look);
const showTable = createTable(graph, (id) => right.arrivals[id]!.length > 0, nodeView);

/** Shows the gradients that were answered, and what is asked. */
function show(answered: number, isAsking = true): void {
  const asked = isAsking ? questions[answered] : undefined;
  const pass = sweepTo((node) => (places.get(node) ?? answered) < answered, right, graph);
  // After the last edge has sent: none is just sending.
  const step = timeline.forward + 2 + pass.steps.length;
  const scene = {
    graph,
    timeline,
    pass,
    right: pass,
    step,
    active: asked?.node ?? -1,
    sources: asked?.sent.map(({ edge }) => edge.to) ?? [],
  };
  picture.show(scene);
  showTable(scene);
  if (asked === undefined) camera.fit();
  else camera.follow(picture.about(scene), true);
}

const form = createForm(graph, questions, show);
printWorksheet(graph, questions, camera, show, form.place);
show(0);
