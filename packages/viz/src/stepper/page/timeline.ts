import type { StepGraph } from "./stepGraph.ts";

/** What happens in a step. */
export type Moment =
  | { readonly phase: "start" }
  | { readonly phase: "forward"; readonly node: number }
  | { readonly phase: "seed" }
  /** The edge that was sent along last is `sent` − 1 of the sweep. */
  | { readonly phase: "backward"; readonly sent: number };

/** The steps of a page: the start, one a forward operation, the seed, one a backward edge. */
export interface Timeline {
  /** How many operations and how many edges there are. */
  readonly forward: number;
  readonly backward: number;
  /** The number of the last step; the first is 0. */
  readonly last: number;
  readonly at: (step: number) => Moment;
  /** Whether a node has its number. */
  readonly isComputed: (node: number, step: number) => boolean;
  /** How many edges have sent, −1 before the seed. */
  readonly sentBy: (step: number) => number;
}

export function timelineOf({ nodes, flowing }: StepGraph): Timeline {
  const operations = nodes.filter(({ op }) => op).map(({ id }) => id);
  const rank = new Map(operations.map((id, i) => [id, i + 1]));
  const forward = operations.length;
  return {
    forward,
    backward: flowing,
    last: forward + 1 + flowing,
    at(step) {
      if (step === 0) return { phase: "start" };
      if (step <= forward) return { phase: "forward", node: operations[step - 1]! };
      return step === forward + 1 ? { phase: "seed" } : { phase: "backward", sent: step - forward - 1 };
    },
    isComputed: (node, step) => (rank.get(node) ?? 0) <= step,
    sentBy: (step) => step - forward - 1,
  };
}
