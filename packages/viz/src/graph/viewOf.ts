import { Value } from "@chainrule/core";
import { checkRoots, flag, type OptionKind, oneOf } from "../check.ts";
import { grouped } from "../text.ts";
import { collapse, collapseToFit } from "./collapse.ts";
import { fold } from "./fold.ts";
import { numberedGraph } from "./graph.ts";
import { focusOn, parametersAndResults } from "./select.ts";
import { type View, wholeView } from "./view.ts";

/** What of a graph to show. */
export interface ViewOptions {
  /** Which leaves a model learns. Unless told, those whose label is a path such as `layers.1.neurons.0.w2`. */
  readonly parameters?: readonly Value[];
  /** Show what is near this node alone. */
  readonly focus?: Value;
  /** How many edges away from the focus still is near; 3 unless told. */
  readonly depth?: number;
  /** Of what is near the focus, show only what it was computed from; false unless told. */
  readonly ancestorsOnly?: boolean;
  /** Show the parameters and what depends on them alone; false unless told. */
  readonly paramsOnly?: boolean;
  /** Whether sums of products, such as w₁·x₁ + w₂·x₂ + b, are one Σ node each; false unless told. */
  readonly fold?: boolean;
  /**
   * Whether each neuron, or each layer, is one node. `"auto"` does what makes a graph of more than 200 nodes or 1,000
   * edges readable; of what belongs to no neuron it gathers more than 60 nodes into one. Neurons and layers are found
   * from the labels of the parameters.
   */
  readonly collapse?: "none" | "neurons" | "layers" | "auto";
}

const isValue: OptionKind = { fits: (x) => x instanceof Value, wanted: "a Value" };
const values: OptionKind = {
  fits: (x) => Array.isArray(x) && x.every((item) => item instanceof Value),
  wanted: "an array of Values, such as model.parameters()",
};
const depth: OptionKind = {
  fits: (x) => x === Number.POSITIVE_INFINITY || (Number.isInteger(x) && (x as number) >= 0),
  wanted: "a whole number, 0 or more",
};

export const viewOptionKinds: Readonly<Record<keyof ViewOptions, OptionKind>> = {
  parameters: values,
  focus: isValue,
  depth,
  ancestorsOnly: flag,
  paramsOnly: flag,
  fold: flag,
  collapse: oneOf("none", "neurons", "layers", "auto"),
};

/**
 * What pictures show of the graph below some roots.
 *
 * @param unlessTold - how far to collapse where the options do not say
 * @throws RangeError if the focus is not in the graph, or depth or ancestorsOnly is given without a focus
 */
export function viewOf(
  caller: string,
  root: Value | readonly Value[],
  options: ViewOptions,
  unlessTold: "none" | "auto",
): View {
  const { parameters, focus } = options;
  const roots = checkRoots(caller, root);
  const { graph, ids } = numberedGraph(roots, parameters && new Set(parameters));
  const id = focus && ids.get(focus);
  if (focus !== undefined && id === undefined) {
    throw new RangeError(`${caller}: focus (${focus}) is not in the graph of the root.`);
  }
  return partOf(caller, wholeView(graph), { ...options, focus: id }, unlessTold);
}

/** What of a view to show: as the options of {@link ViewOptions}, with the id of the focus. */
export interface PartOptions extends Omit<ViewOptions, "parameters" | "focus"> {
  readonly focus: number | undefined;
}

/**
 * As {@link viewOf}, of a view that shows everything.
 *
 * @throws RangeError if depth or ancestorsOnly is given without a focus
 */
export function partOf(caller: string, whole: View, options: PartOptions, unlessTold: "none" | "auto"): View {
  const { focus, depth, ancestorsOnly, collapse: level = unlessTold } = options;
  let view = whole;
  if (focus !== undefined) view = focusOn(view, focus, depth ?? 3, ancestorsOnly ?? false);
  else if (depth !== undefined || ancestorsOnly) {
    const name = depth === undefined ? "ancestorsOnly" : "depth";
    throw new RangeError(`${caller}: ${name} needs a focus. Pass { focus: node }.`);
  }
  if (options.paramsOnly) view = parametersAndResults(view);
  if (options.fold) view = fold(view);
  if (level === "auto") return collapseToFit(view);
  return level === "none" ? view : collapse(view, level);
}

/** Such as `showing 27 of 1,313 nodes (collapsed to neurons)`; `undefined` where all is shown. */
export function shownNote({ nodes, total, reasons }: View): string | undefined {
  if (reasons.length === 0) return undefined;
  const [n, all] = [nodes.length, total.nodes].map(grouped);
  return `showing ${n} of ${all} nodes (${reasons.join(", ")})`;
}
