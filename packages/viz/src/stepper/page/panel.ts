import { byId, element, setText } from "./elements.ts";
import { nodeView, type Scene } from "./nodeView.ts";
import { wordsOf } from "./words.ts";

/** Says in formulas and in a sentence what a step does; below it what a mistake comes to. */
export function createPanel(): (scene: Scene, why: string) => void {
  const formula = byId("formula");
  return (scene, why) => {
    const { graph, timeline, pass, step } = scene;
    const words = wordsOf(graph, timeline, pass, step);
    const { phase } = timeline.at(step);
    for (const id of ["panel", "stage"]) byId(id).className = phase;
    formula.replaceChildren();
    for (const line of words.lines) element(element(formula, "p"), "bdi", {}, line);
    for (const { sign, number, caption } of words.terms) {
      const term = element(formula, "span");
      element(term, "b", {}, `${sign}${number}`);
      element(term, "small", {}, caption);
    }
    const instead = words.sum && nodeView(scene, scene.active).instead;
    byId("sum").className = instead && "instead";
    const sum = instead ? `${words.sum} ≠ ${instead}` : words.sum;
    for (const [id, text] of [
      ["phase", words.phase],
      ["sum", sum],
      ["sentence", words.sentence],
      ["why", why],
    ] as const) {
      setText(byId(id), text);
    }
  };
}
