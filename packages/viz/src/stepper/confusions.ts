import { formatNumber } from "../formatNumber.ts";
import { depthFirst, outOf } from "./page/depthFirst.ts";
import { nameOf } from "./page/names.ts";
import type { StepEdge, StepGraph } from "./page/stepGraph.ts";
import { arrivedAt, gradientAt, type Sweep, sweep } from "./page/sweep.ts";

/** A backward pass with a mistake that learners make, and what it does to this graph. */
export interface Confusion {
  readonly pass: Sweep;
  /** One sentence with the numbers of the graph. */
  readonly sentence: string;
}

/**
 * Sends depth first, each node as soon as something has reached it. `undefined` where that makes no difference: where no
 * operation has several uses.
 */
export function wrongOrder(graph: StepGraph, right: Sweep): Confusion | undefined {
  const pass = sweep(graph, depthFirst(graph));
  const { isWrong, final } = comparison(graph, right, pass);
  for (const [step, { edge, upstream }] of pass.steps.entries()) {
    const { from, to } = edge;
    if (formatNumber(upstream) === formatNumber(final(right, to)) || !isWrong(from)) continue;
    const all = pass.arrivals[to]!.length;
    const arrived = arrivedAt(pass, to, step);
    const leaf = victim(graph, from, isWrong);
    const sentence =
      `Depth first, ${name(graph, to)} sends on ${formatNumber(upstream)} when ${arrived} of its ${all} ` +
      `contributions ${arrived === 1 ? "has" : "have"} arrived, and ${name(graph, leaf)} ends with ` +
      `${formatNumber(final(pass, leaf))} in place of ${formatNumber(final(right, leaf))}: in reverse topological ` +
      "order a node waits until every use has sent.";
    return { pass, sentence };
  }
  return undefined;
}

/** Assigns each contribution. `undefined` where that makes no difference: where no node has several uses. */
export function assigned(graph: StepGraph, right: Sweep): Confusion | undefined {
  const pass = sweep(graph, undefined, true);
  const { isWrong, final } = comparison(graph, right, pass);
  // Where the mistake begins: everything that comes in is still right.
  const origins = graph.nodes.filter(
    ({ id }) =>
      isWrong(id) &&
      pass.arrivals[id]!.every((step) => pass.steps[step]!.upstream === right.steps[step]!.upstream),
  );
  const origin = origins.find(({ label }) => label !== "") ?? origins[0];
  if (origin === undefined) return undefined;
  const sent = pass.arrivals[origin.id]!.map((step) => formatNumber(pass.steps[step]!.contribution));
  const listed = sent.length > 4 ? [...sent.slice(0, 3), "…", sent.at(-1)!] : sent;
  const sentence =
    `${nameOf(origin)} is used ${sent.length} times and gets ${listed.join(", ").replace(/, ([^,]*)$/, " and $1")}: ` +
    `assigned with =, the last one alone is left, ${formatNumber(final(pass, origin.id))}; added with +=, they make ` +
    `${formatNumber(final(right, origin.id))}, for each use of it changes the result.`;
  return { pass, sentence };
}

function comparison(graph: StepGraph, right: Sweep, wrong: Sweep) {
  const final = (pass: Sweep, id: number) => gradientAt(graph, pass, id, pass.steps.length) ?? 0;
  // As shown: sums in another order differ in their last digits, which is no mistake.
  const isWrong = (id: number) => formatNumber(final(wrong, id)) !== formatNumber(final(right, id));
  return { final, isWrong };
}

/** A leaf below a wrong node that is wrong too, or the last wrong operation on the way there. */
function victim(graph: StepGraph, node: number, isWrong: (id: number) => boolean): number {
  let at = node;
  for (let next: StepEdge | undefined; ; at = next.from) {
    next = outOf(graph, at).find(({ from }) => isWrong(from));
    if (next === undefined) return at;
  }
}

function name({ nodes }: StepGraph, id: number): string {
  return nameOf(nodes[id]!);
}
