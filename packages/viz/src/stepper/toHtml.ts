import type { Value } from "@chainrule/core";
import { checkOptions, checkRoots, flag, type OptionKind, oneOf, text } from "../check.ts";
import { TIMEOUT } from "../svg/renderSvg.ts";
import { xmlText } from "../text.ts";
import { documentOf } from "./document.ts";
import { pageDataOf } from "./pageData.ts";
import { pageText } from "./pageText.ts";
import { valueGraph } from "./valueGraph.ts";

/** How to make a page of steps. */
export interface HtmlOptions {
  /** The heading; "Backpropagation, step by step" unless told. */
  readonly title?: string;
  /** From operands to results: left to right, `"LR"` (unless told), or top to bottom, `"TB"`. */
  readonly direction?: "LR" | "TB";
  /** Whether to go above 600 nodes or 1,500 edges, which may take minutes or fail; false unless told. */
  readonly force?: boolean;
  /** How long the layout may take, in milliseconds; 10,000 unless told. Browsers know no such limit. */
  readonly timeout?: number;
}

const optionKinds: Readonly<Record<keyof HtmlOptions, OptionKind>> = {
  title: text,
  direction: oneOf("LR", "TB"),
  force: flag,
  timeout: {
    fits: (x) => typeof x === "number" && x >= 1,
    wanted: "a number of milliseconds, at least 1",
  },
};

const MOST_NODES = 600;
const MOST_EDGES = 1500;

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
 * @throws RangeError for an array of several roots; above 600 nodes or 1,500 edges, unless `force` is set
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
    title = "Backpropagation, step by step",
    direction = "LR",
    force = false,
    timeout = TIMEOUT,
  } = options;
  const graph = valueGraph(roots[0]!);
  const [nodes, edges] = [graph.nodes.length, graph.edges.length];
  if ((nodes > MOST_NODES || edges > MOST_EDGES) && !force) {
    throw new RangeError(
      `toHtml: ${nodes} nodes and ${edges} edges are too many to step through; the limits are ${MOST_NODES} and ${MOST_EDGES}. ` +
        "Take a smaller network, one example, or a node further in. To make the page all the same, pass { force: true }.",
    );
  }
  return documentOf(xmlText(title), await pageDataOf(graph, direction, timeout), pageText);
}
