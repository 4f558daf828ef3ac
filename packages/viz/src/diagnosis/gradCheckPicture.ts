import {
  type GradCheckOptions,
  type GradCheckReport,
  gradCheck,
  type Numbers,
  type Scalar,
  Value,
  value,
} from "@chainrule/core";
import type { GraphEdge, GraphNode } from "../graph/graph.ts";
import { gradCheckDot } from "./gradCheckDot.ts";
import { gradCheckText } from "./gradCheckText.ts";
import { labelledInputs } from "./labelledInputs.ts";
import { operandsOf, type Recording, recordingOf } from "./recording.ts";

/** An edge whose local derivative the numbers of its operation contradict. */
export interface WrongEdge {
  readonly edge: GraphEdge;
  readonly op: string;
  /** What the rule says here; `null` where it says that no gradient flows. */
  readonly rule: number | null;
  /** What central differences say; `null` where the same rule was proven wrong at other numbers, and not tried here. */
  readonly numeric: number | null;
}

/** A gradient check, and where in the graph it fails. */
export interface GradCheckPicture {
  /** Whether every derivative is right, and the result depends on every input. */
  readonly passed: boolean;
  /** What gradCheck of @chainrule/core found. */
  readonly report: GradCheckReport;
  /** The inputs, in the order of `report.entries` unless the mode is `fast`. */
  readonly inputs: readonly GraphNode[];
  readonly wrongEdges: readonly WrongEdge[];
  readonly text: string;
  /** The graph with what disagrees outlined, as DOT. */
  readonly dot: string;
}

/**
 * Compares the gradient of f at x with central differences, as `gradCheck` of @chainrule/core does, and draws what
 * disagrees into the graph: inputs with both derivatives, and the edge of a rule that is wrong, such as a partial of an
 * operation by `defineOp`, with what the rule says and what the differences say.
 *
 * @param f - takes x with Values for its numbers, and gives one scalar; called many times
 * @param x - the point: a number, or arrays and objects of numbers
 * @param options - those of `gradCheck`, but for `throws`
 * @throws TypeError or RangeError where `gradCheck` does
 * @example
 * const cube = defineOp({ name: "cube", value: (a) => a ** 3, partials: [(a) => mul(2, mul(a, a))] });
 * gradCheckPicture((x: Value) => cube(x), 2).report.wrongRules[0].op // "cube"
 */
export function gradCheckPicture<X>(
  f: (x: X) => Scalar,
  x: Numbers<NoInfer<X>>,
  options: Omit<GradCheckOptions, "throws"> = {},
): GradCheckPicture {
  const report = gradCheck(f as (x: never) => Scalar, x as never, { ...options, throws: false });
  const { tree, leaves } = labelledInputs(x);
  const result = f(tree as X);
  // The inputs are roots too, for those that the result does not depend on.
  const recording = recordingOf([result instanceof Value ? result : value(result), ...leaves]);
  const { graph } = recording;
  const inputs = graph.roots.slice(1).map((id) => graph.nodes[id]!);
  const found = {
    passed: report.passed,
    report,
    inputs,
    wrongEdges: wrongEdgesOf(recording, report),
  };
  return { ...found, text: gradCheckText(report), dot: gradCheckDot(graph, found) };
}

/** All edges that go by a rule that was proven wrong, at one place. */
function wrongEdgesOf(recording: Recording, { wrongRules }: GradCheckReport): WrongEdge[] {
  const { nodes, edges } = recording.graph;
  return edges.flatMap((edge) => {
    const { op } = nodes[edge.to]!;
    const wrong = wrongRules.find((rule) => rule.op === op && rule.operand === edge.slot + 1);
    if (wrong === undefined || recording.values[edge.from] === undefined) return [];
    const operands = operandsOf(recording, edge.to);
    const isProven = wrong.operands.every((x, slot) => Object.is(x, operands[slot]));
    const numeric = isProven ? wrong.numeric : null;
    return [{ edge, op: wrong.op, rule: edge.derivative, numeric }];
  });
}
