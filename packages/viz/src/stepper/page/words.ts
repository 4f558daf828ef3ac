import { formatNumber } from "../../formatNumber.ts";
import { formulaOf, inBrackets, nameOf, productOf, slotName } from "./names.ts";
import type { StepGraph, StepNode } from "./stepGraph.ts";
import { arrivedAt, type Sent, type Sweep } from "./sweep.ts";
import type { Moment, Timeline } from "./timeline.ts";

/** A number with what it is, below it. */
export interface Term {
  readonly number: string;
  readonly caption: string;
  /** Between it and the term before. */
  readonly sign: string;
}

/** What the page says of a step. */
export interface Words {
  readonly phase: string;
  /** Lines of a formula, for forward steps. */
  readonly lines: readonly string[];
  /** `upstream × local = contribution`, for backward steps. */
  readonly terms: readonly Term[];
  /** The running sum. */
  readonly sum: string;
  /** The step as a sentence, also for screen readers. */
  readonly sentence: string;
}

export function wordsOf(graph: StepGraph, timeline: Timeline, pass: Sweep, step: number): Words {
  const moment = timeline.at(step);
  switch (moment.phase) {
    case "start":
      return startWords(graph, timeline);
    case "forward":
      return forwardWords(graph, graph.nodes[moment.node]!, `Forward · ${step} of ${timeline.forward}`);
    case "seed":
      return seedWords(graph);
    case "backward":
      return backwardWords(graph, pass, moment, step === timeline.last);
  }
}

const NOTHING = { lines: [], terms: [], sum: "" };

function startWords({ nodes, root }: StepGraph, { forward, backward }: Timeline): Words {
  const leaves = nodes.length - forward;
  const sentence =
    `${count(leaves, "leaf", "leaves")} with a number; ${count(forward, "operation")} to compute, then ` +
    `${count(backward, "edge")} to send the gradient of ${nameOf(nodes[root]!)} back along.`;
  return { ...NOTHING, phase: "Start", sentence };
}

function forwardWords(graph: StepGraph, node: StepNode, phase: string): Words {
  const { letters, numbers } = formulaOf(graph, node);
  const result = formatNumber(node.data);
  const lines = [`${nameOf(node)} = ${letters}`, `= ${numbers}`, `= ${result}`];
  return { ...NOTHING, phase, lines, sentence: `${lines.join(" ")}.` };
}

function seedWords({ nodes, root }: StepGraph): Words {
  const name = nameOf(nodes[root]!);
  const lines = [`∂${name}/∂${name} = 1`];
  const sentence = `The seed: ${name} changes as fast as itself, so its gradient is 1.`;
  return { ...NOTHING, phase: "Seed", lines, sentence };
}

function backwardWords(
  graph: StepGraph,
  pass: Sweep,
  { sent }: Moment & { phase: "backward" },
  isLast: boolean,
): Words {
  const { steps, arrivals } = pass;
  const step = steps[sent - 1]!;
  const { edge, upstream, contribution, arrival, after } = step;
  const [operand, result] = [graph.nodes[edge.from]!, graph.nodes[edge.to]!];
  const [name, root] = [nameOf(operand), nameOf(graph.nodes[graph.root]!)];
  const local = formatNumber(edge.derivative ?? 0);
  const slot = slotName(result.op!.symbol, edge.slot);
  const all = arrivals[operand.id]!.length;
  const rest = all === arrival ? "complete" : `${arrival} of ${all}`;
  const early = arrivals[result.id]!.length - arrivedAt(pass, result.id, sent - 1);
  return {
    ...NOTHING,
    phase: `Backward · edge ${sent} of ${steps.length}`,
    terms: [
      { sign: "", number: formatNumber(upstream), caption: `upstream ∂${root}/∂${nameOf(result)}` },
      { sign: "× ", number: inBrackets(local), caption: `local ${slot}` },
      { sign: "= ", number: formatNumber(contribution), caption: `sent to ${name}` },
    ],
    sum: `∂${root}/∂${name} = ${sumOf(step, pass.assigns)} · ${rest}`,
    sentence:
      `${nameOf(result)} sends ${productOf(step)} to ${name}${cutNote(step, result)}${earlyNote(early)}, whose gradient is ` +
      `${arrival === 1 ? "" : "now "}${formatNumber(after)}${all === arrival ? "" : " so far"}.` +
      (isLast ? " That was the last edge." : ""),
  };
}

/** `0.5 + 0.25 = 0.75`, or what came alone. */
function sumOf({ before, contribution, after, arrival }: Sent, assigns: boolean): string {
  if (arrival === 1) return formatNumber(after);
  if (assigns) return `${formatNumber(after)}, which replaces ${formatNumber(before)}`;
  return `${formatNumber(before)} + ${inBrackets(formatNumber(contribution))} = ${formatNumber(after)}`;
}

/** Why 0 was sent where the product is not 0. */
export function cutNote({ upstream, edge, contribution }: Sent, { op }: StepNode): string {
  if (contribution !== 0 || upstream * (edge.derivative ?? 0) === 0) return "";
  return upstream === 0
    ? " (a gradient of 0 sends 0, whatever the local derivative)"
    : ` (${op!.name} did not choose this operand, so nothing flows)`;
}

/** What a wrong order does not wait for. */
function earlyNote(missing: number): string {
  return missing === 0 ? "" : ` too early (${count(missing, "contribution")} still to come)`;
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
