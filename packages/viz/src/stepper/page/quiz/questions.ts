import type { StepGraph } from "../stepGraph.ts";
import type { Sent, Sweep } from "../sweep.ts";

/** A gradient that is asked for. */
export interface Question {
  readonly node: number;
  /** What the node gets, one for each use; the last one has the answer in `after`. */
  readonly sent: readonly [Sent, ...Sent[]];
}

/** One question for each node that gets a gradient, in the order in which `backward()` completes them. */
export function questionsOf({ nodes }: StepGraph, { steps, arrivals }: Sweep): Question[] {
  return nodes
    .filter(({ id, kind }) => kind !== "constant" && arrivals[id]!.length > 0)
    .sort((a, b) => arrivals[a.id]!.at(-1)! - arrivals[b.id]!.at(-1)!)
    .map(({ id }) => ({ node: id, sent: arrivals[id]!.map((step) => steps[step]!) as [Sent, ...Sent[]] }));
}

/** The right answer. */
export function answerTo({ sent }: Question): number {
  return sent.at(-1)!.after;
}

/** As if `backward()` had sent along the edges to these nodes alone. */
export function sweepTo(isReached: (node: number) => boolean, { steps }: Sweep, graph: StepGraph): Sweep {
  const some = steps.filter(({ edge }) => isReached(edge.from));
  const arrivals: number[][] = graph.nodes.map(() => []);
  const ranks: (number | undefined)[] = graph.edges.map(() => undefined);
  some.forEach(({ edge }, step) => {
    arrivals[edge.from]!.push(step);
    ranks[edge.id] = step;
  });
  return { assigns: false, steps: some, arrivals, ranks };
}
