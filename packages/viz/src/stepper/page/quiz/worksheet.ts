import type { Camera } from "../camera.ts";
import { byId, element } from "../elements.ts";
import type { StepGraph } from "../stepGraph.ts";
import type { Question } from "./questions.ts";
import { gradientName } from "./replies.ts";

/** On paper stand the whole picture without a gradient, and a blank for each, whatever was answered. */
export function printWorksheet(
  graph: StepGraph,
  questions: readonly Question[],
  camera: Camera,
  show: (answered: number, isAsking?: boolean) => void,
  place: () => number,
): void {
  const list = byId("steps");
  for (const { node } of questions) {
    element(element(list, "li"), "bdi", {}, `${gradientName(graph, node)} = `);
  }
  window.onbeforeprint = () => {
    show(0, false);
    camera.hold();
  };
  window.onafterprint = () => show(place());
}
