import type { Value } from "@chainrule/core";
import { checkOptions, checkRoots, flag, type OptionKind } from "../check.ts";
import { type Recording, recordingOf } from "../diagnosis/recording.ts";
import { TIMEOUT } from "../svg/renderSvg.ts";
import { xmlText } from "../text.ts";
import { documentOf } from "./document.ts";
import { questionsOf } from "./page/quiz/questions.ts";
import { decode } from "./page/stepGraph.ts";
import { sweep } from "./page/sweep.ts";
import { nowhere, pageDataOf, unplaced } from "./pageData.ts";
import { checkSize, type PageOptions, pageOptionKinds } from "./pageOptions.ts";
import { pageText } from "./pageText.ts";
import { quizText } from "./quizText.ts";

/** How to make a page of steps. */
export interface HtmlOptions extends PageOptions {
  /** The heading; "Backpropagation, step by step" unless told, of a quiz "Backpropagation: your turn". */
  readonly title?: string;
  /**
   * Whether the page asks for the gradients in place of showing them, one after the other as `backward()` completes them;
   * false unless told. They are not in the file: the page works them out when it checks an answer. Printed it is a
   * worksheet with blanks.
   */
  readonly quiz?: boolean;
}

const optionKinds: Readonly<Record<keyof HtmlOptions, OptionKind>> = {
  ...pageOptionKinds,
  quiz: flag,
};

/**
 * A page that steps through a graph: forward one operation a step, then the seed, then back one edge a step, each with
 * `upstream × local = contribution` and the running sum. After the last step every gradient is what `backward()`
 * gives from gradients of 0, to the last bit.
 *
 * One file: it needs no network, its own content policy allows nothing but itself, and it opens from disk. Where a graph
 * shows it, the page also runs backward in a wrong order, or with = in place of +=, and explains the wrong numbers.
 * Gradients that the Values hold are neither read nor changed.
 *
 * @param root - the one Value whose gradient is shown
 * @returns the text of an HTML file
 * @throws TypeError if root is not a Value or an option is not one of those allowed
 * @throws RangeError for an array of several roots; above 600 nodes or 1,500 edges, unless `force` is set; for a quiz
 *   without a question
 * @throws Error if Graphviz cannot lay the graph out, or takes longer than `timeout`
 * @throws CheckError if the data of leaves changed since they were used
 * @example (await toHtml(value(2, "x").square())).startsWith("<!doctype html>") // true
 */
export async function toHtml(root: Value | readonly [Value], options: HtmlOptions = {}): Promise<string> {
  const roots = checkRoots("toHtml", root);
  checkOptions("toHtml", options, optionKinds);
  if (roots.length > 1) {
    throw new RangeError(
      `toHtml: a page steps through the gradient of one root, got ${roots.length}. Make a page for each, or add them up.`,
    );
  }
  const {
    quiz = false,
    title = quiz ? "Backpropagation: your turn" : "Backpropagation, step by step",
    direction = "LR",
    force = false,
    timeout = TIMEOUT,
  } = options;
  const recording = recordingOf(roots);
  if (!force) {
    checkSize("toHtml", recording.graph, "Take a smaller network, one example, or a node further in");
  }
  if (quiz) checkQuestions(recording);
  const data = await pageDataOf(recording, direction, timeout);
  // What a mistake comes to is said with gradients.
  return quiz
    ? documentOf(xmlText(title), { ...data, mistakes: {} }, quizText)
    : documentOf(xmlText(title), data, pageText);
}

/** @throws RangeError if a quiz on this graph has nothing to ask */
function checkQuestions(recording: Recording): void {
  const steps = decode({ ...unplaced(recording), ...nowhere });
  if (questionsOf(steps, sweep(steps)).length > 0) return;
  throw new RangeError(
    "toHtml: there is no gradient to ask for, since none reaches an operation, an input or a parameter. " +
      'Give inputs labels, value(2, "x"), or take another root.',
  );
}
