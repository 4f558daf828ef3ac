import { formatNumber } from "../../../formatNumber.ts";
import { inBrackets, nameOf, slotName } from "../names.ts";
import type { StepGraph } from "../stepGraph.ts";
import type { Sent } from "../sweep.ts";
import { cutNote } from "../words.ts";
import type { Verdict } from "./judge.ts";
import { answerTo, type Question } from "./questions.ts";

/** `∂y/∂x`. */
export function gradientName({ nodes, root }: StepGraph, node: number): string {
  return `∂${nameOf(nodes[root]!)}/∂${nameOf(nodes[node]!)}`;
}

/** What the page says to an answer. */
export function replyTo(graph: StepGraph, question: Question, verdict: Verdict): string {
  const { length } = question.sent;
  switch (verdict) {
    case "right":
      return `Right: ${solution(graph, question)}.`;
    case "no number":
      return "That is no number. Type one such as 0.25, -3 or 1e-4.";
    case "sign":
      return "Look at the sign.";
    case "a part":
      return `That is what one of its ${length} uses sends. Add up what all of them send.`;
    case "close":
      return "Close: 3 significant digits are wanted.";
    case "wrong":
      return length === 1
        ? "Not so. What does the node that it goes into send back?"
        : `Not so. It has ${length} uses: what does each of them send back?`;
  }
}

/** `∂y/∂x = 6`. */
export function solution(graph: StepGraph, question: Question): string {
  return `${gradientName(graph, question.node)} = ${formatNumber(answerTo(question))}`;
}

/** One line for each use: `from y: 1 × 4 (∂×/∂arg₁)`. What is to be worked out is left to do. */
export function hintLines({ nodes }: StepGraph, { sent }: Question): string[] {
  const lines = sent.map((one) => `from ${nameOf(nodes[one.edge.to]!)}: ${factors(one)}${noteOn(one)}`);
  return ["upstream × local", ...lines, ...(sent.length > 1 ? [`Add up these ${sent.length}.`] : [])];

  function noteOn(one: Sent): string {
    const result = nodes[one.edge.to]!;
    return cutNote(one, result) || ` (${slotName(result.op!.symbol, one.edge.slot)})`;
  }
}

function factors({ upstream, edge }: Sent): string {
  return `${formatNumber(upstream)} × ${inBrackets(formatNumber(edge.derivative ?? 0))}`;
}
