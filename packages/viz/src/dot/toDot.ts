import type { Value } from "@chainrule/core";
import { checkOptions, flag, type OptionKind, oneOf } from "../check.ts";
import { type ViewOptions, viewOf, viewOptionKinds } from "../graph/viewOf.ts";
import { viewToDot } from "./viewToDot.ts";

/** How to draw a computation graph, and what of it. */
export interface DotOptions extends ViewOptions {
  /** From operands to results: left to right, `"LR"` (unless told), or top to bottom, `"TB"`. */
  readonly direction?: "LR" | "TB";
  /**
   * `"teaching"` (unless told) shows every number: data and grad of each node, the local derivative of each edge.
   * `"flow"` shows at a glance how large the gradients are, by colour and width.
   */
  readonly look?: "teaching" | "flow";
  /** For a light or a dark page; `"light"` unless told. */
  readonly theme?: "light" | "dark";
  /** Whether colours and line widths show how large the gradients are; true unless told. */
  readonly flow?: boolean;
  /** Whether a strip below the graph explains the colours, if they show the flow; unless told, in the flow look. */
  readonly legend?: boolean;
}

export const dotOptionKinds: Readonly<Record<keyof DotOptions, OptionKind>> = {
  ...viewOptionKinds,
  direction: oneOf("LR", "TB"),
  look: oneOf("teaching", "flow"),
  theme: oneOf("light", "dark"),
  flow: flag,
  legend: flag,
};

/**
 * The computation graph below a root as DOT, the language of Graphviz: one node per Value, one edge per operand.
 *
 * Nodes show label or operation, data and grad; edges show the local derivative, and are dashed where no gradient
 * flows. Inputs have sharp corners, parameters a double border, operations round corners, constants a dashed border.
 * `grad —` says that no `backward()` has reached the node. The text depends on the graph alone.
 *
 * Above 200 nodes or 1,000 edges, neurons or layers are one node each, found from the labels of the parameters; where
 * more than 60 nodes belong to none, such as the losses of many examples, these are gathered too.
 *
 * @param root - one Value, or several
 * @throws TypeError if root is not a Value or an option is not one of those allowed
 * @throws RangeError if root is an empty array or the focus is not in the graph
 * @example toDot(value(2, "x")).includes("data 2") // true
 */
export function toDot(root: Value | readonly Value[], options: DotOptions = {}): string {
  checkOptions("toDot", options, dotOptionKinds);
  return viewToDot(viewOf("toDot", root, options, "auto"), options);
}
