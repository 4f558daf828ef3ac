import { byId, element, setText } from "../elements.ts";
import type { StepGraph } from "../stepGraph.ts";
import { judge } from "./judge.ts";
import { answerTo, type Question } from "./questions.ts";
import { gradientName, hintLines, replyTo, solution } from "./replies.ts";

/** Wrong answers after which the right one may be shown. */
const TRIES = 2;

/** What asks. */
export interface Form {
  /** How many questions are behind. */
  readonly place: () => number;
}

/**
 * Asks one question after the other.
 *
 * @param show - called with how many are answered, after each
 */
export function createForm(
  graph: StepGraph,
  questions: readonly Question[],
  show: (answered: number) => void,
): Form {
  const input = byId<HTMLInputElement>("answer");
  const [hints, reveal] = [byId("hints"), byId("reveal")];
  let place = 0;
  let [tries, isHelped] = [0, false];
  let atFirst = 0;

  const ask = (): void => {
    const question = questions[place];
    const { length } = questions;
    setText(byId("progress"), `${Math.min(place + 1, length)} of ${length}`);
    byId<HTMLProgressElement>("done").value = place / length;
    byId("ask").hidden = question === undefined;
    byId("again").hidden = question !== undefined;
    hints.replaceChildren();
    [tries, isHelped] = [0, false];
    reveal.ariaDisabled = "true";
    input.value = "";
    if (question === undefined) {
      setText(byId("wanted"), "");
      byId("again").focus();
    } else setText(byId("wanted"), `${gradientName(graph, question.node)} =`);
  };
  const say = (text: string): void => setText(byId("feedback"), text);
  const goOn = (text: string): void => {
    place++;
    const next = questions[place];
    say(
      next === undefined
        ? `${text} All are answered, ${atFirst} of ${questions.length} at the first try and without a hint.`
        : `${text} Next: ${gradientName(graph, next.node)}.`,
    );
    ask();
    show(place);
  };
  const check = (): void => {
    const question = questions[place]!;
    const parts = question.sent.map(({ contribution }) => contribution);
    const verdict = judge(input.value, answerTo(question), parts);
    const reply = replyTo(graph, question, verdict);
    byId("feedback").className = verdict === "right" ? "right" : "";
    if (verdict === "right") {
      if (tries === 0 && !isHelped) atFirst++;
      goOn(reply);
      return;
    }
    if (verdict !== "no number") tries++;
    if (tries >= TRIES) reveal.ariaDisabled = "false";
    // The same words once more would not be read out.
    say("");
    say(tries > 1 ? `${reply} (${tries} tries)` : reply);
    input.select();
  };

  byId("check").onclick = check;
  input.onkeydown = (event) => {
    if (event.key !== "Enter") return;
    // Or the button that has the focus next would be pressed too.
    event.preventDefault();
    check();
  };
  byId("hint").onclick = () => {
    isHelped = true;
    hints.replaceChildren();
    for (const line of hintLines(graph, questions[place]!)) element(hints, "p", {}, line);
    input.focus();
  };
  reveal.onclick = () => {
    if (reveal.ariaDisabled === "true") say(`It is shown after ${TRIES} tries.`);
    else {
      byId("feedback").className = "";
      goOn(`It was ${solution(graph, questions[place]!)}.`);
    }
    input.focus();
  };
  byId("again").onclick = () => {
    [place, atFirst] = [0, 0];
    say("");
    ask();
    show(0);
    input.focus();
  };
  ask();
  return { place: () => place };
}
