import type { Camera } from "./camera.ts";
import { byId, element } from "./elements.ts";
import type { Scene } from "./nodeView.ts";
import { wordsOf } from "./words.ts";

/** More steps than this do not go on paper one by one. */
const MOST = 200;

/** On paper stand the whole picture after the last step, all gradients, and the steps of a small graph. */
export function printAll(
  current: () => Scene,
  camera: Camera,
  show: (step: number, isSmooth: boolean) => void,
): void {
  let step = 0;
  window.onbeforeprint = () => {
    step = current().step;
    show(current().timeline.last, false);
    camera.hold();
    listSteps(current());
  };
  window.onafterprint = () => show(step, false);
}

function listSteps({ graph, timeline, pass }: Scene): void {
  const list = byId("steps");
  list.replaceChildren();
  if (timeline.last > MOST) return;
  for (let step = 0; step <= timeline.last; step++) {
    element(element(list, "li"), "bdi", {}, wordsOf(graph, timeline, pass, step).sentence);
  }
}
