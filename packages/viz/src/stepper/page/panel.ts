import { byId, element, setText } from "./elements.ts";
import type { Scene } from "./nodeView.ts";
import { wordsOf } from "./words.ts";

/** Says in formulas and in a sentence what a step does; below it what a mistake comes to. */
export function createPanel(): (scene: Scene, why: string) => void {
  const formula = byId("formula");
  return ({ graph, timeline, pass, step }, why) => {
    const words = wordsOf(graph, timeline, pass, step);
    const { phase } = timeline.at(step);
    for (const id of ["panel", "stage"]) byId(id).className = phase;
    setText(byId("phase"), words.phase);
    formula.replaceChildren();
    for (const line of words.lines) element(element(formula, "p"), "bdi", {}, line);
    for (const { sign, number, caption } of words.terms) {
      const term = element(formula, "span");
      element(term, "b", {}, `${sign}${number}`);
      element(term, "small", {}, caption);
    }
    setText(byId("sum"), words.sum);
    setText(byId("sentence"), words.sentence);
    setText(byId("why"), why);
  };
}
