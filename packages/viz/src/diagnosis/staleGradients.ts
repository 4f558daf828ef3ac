import type { Value } from "@chainrule/core";
import { checkRoots } from "../check.ts";
import { formatNumber } from "../formatNumber.ts";
import type { GraphNode } from "../graph/graph.ts";
import { count } from "../text.ts";
import { nameOf } from "./calculation.ts";
import { nodesAround } from "./neighbourhood.ts";
import { partToDot } from "./partToDot.ts";
import { adjointsOf, recordingOf } from "./recording.ts";

/** A leaf whose `grad` is not the gradient of the root, or of several roots the sum. */
export interface StaleGradient {
  readonly node: GraphNode;
  /** What `grad` holds. */
  readonly grad: number;
  /** ∂root/∂leaf, added over the roots. */
  readonly fresh: number;
  /** How many times `fresh` it is, if that is a whole number above 1: so often ran `backward()`. */
  readonly times: number | null;
}

/** The gradients that are left over from before, or summed with others. */
export interface StaleGradients {
  /** Whether there are none. */
  readonly isFresh: boolean;
  readonly stale: readonly StaleGradient[];
  readonly text: string;
  readonly dot: string;
}

/** Rounding that depends on the order of a sum is no difference. */
const TOLERANCE = 1e-9;
const MOST_NODES = 60;
const MOST_LINES = 10;

/**
 * Finds the leaves whose `grad` is not ∂root/∂leaf. Leaves accumulate: each further `backward()`, of this root or of
 * another, adds to what is there until `zeroGrad()`. Leaves that no `backward()` has reached count as fresh.
 *
 * @param root - one Value, or several whose gradients shall add up, such as the losses of a batch: one `backward()` of each
 * @throws TypeError if root is not a Value, RangeError if it is an empty array, CheckError if the graph is out of date
 * @example const x = value(3, "x"); x.square().backward(); const y = x.square(); y.backward(); staleGradients(y).stale[0].times // 2
 */
export function staleGradients(root: Value | readonly Value[]): StaleGradients {
  const recording = recordingOf(checkRoots("staleGradients", root));
  const { graph } = recording;
  const adjoints = new Float64Array(graph.nodes.length);
  for (const id of graph.roots) {
    adjointsOf(recording, id).forEach((adjoint, node) => {
      adjoints[node]! += adjoint;
    });
  }
  const stale = graph.nodes.flatMap((node): StaleGradient[] => {
    const fresh = adjoints[node.id]!;
    const { grad, op } = node;
    if (op !== undefined || grad === null || isNear(grad, fresh)) return [];
    const times = Math.round(grad / fresh);
    return [{ node, grad, fresh, times: times > 1 && isNear(grad, times * fresh) ? times : null }];
  });
  const byId = new Map(stale.map((of) => [of.node.id, of]));
  const centres = [...new Set([...stale.map(({ node }) => node.id), ...graph.roots])];
  return {
    isFresh: stale.length === 0,
    stale,
    text: textOf(stale, graph.roots.length),
    dot: partToDot({
      graph,
      shown:
        graph.nodes.length <= MOST_NODES
          ? new Set(graph.nodes.map(({ id }) => id))
          : nodesAround(graph, centres, MOST_NODES),
      node: ({ id, grad, isPlain }) => {
        const of = byId.get(id);
        if (of !== undefined) return { emphasis: "alert", notes: badge(of) };
        return {
          emphasis: "plain",
          notes: isPlain ? [] : [`grad ${grad === null ? "—" : formatNumber(grad)}`],
        };
      },
      edge: () => ({ emphasis: "plain" }),
      caption: [stale.length === 0 ? "all gradients are fresh" : count(stale.length, "stale gradient")],
    }),
  };
}

function isNear(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

function badge({ grad, fresh, times }: StaleGradient): string[] {
  return [
    `grad ${formatNumber(grad)}${times === null ? "" : ` = ${times} ×`}`,
    `fresh: ${formatNumber(fresh)}`,
  ];
}

function textOf(stale: readonly StaleGradient[], roots: number): string {
  const of = roots === 1 ? "this root alone" : `these ${roots} roots alone, added up`;
  if (stale.length === 0) return `All gradients are those of ${of}.`;
  const subject =
    stale.length === 1
      ? "1 gradient of a leaf is not that"
      : `${count(stale.length, "gradient")} of leaves are not those`;
  const runs = roots === 1 ? "backward()" : "backward() of each";
  return [
    `${subject} of ${of}. Call zeroGrad() before backward().`,
    ...stale.slice(0, MOST_LINES).map(({ node, grad, fresh, times }) => {
      const why = times === null ? "left over, or summed with others" : `summed over ${times} ${runs}`;
      return `  ${nameOf(node)}: grad ${formatNumber(grad)}, fresh ${formatNumber(fresh)}: ${why}`;
    }),
    ...(stale.length > MOST_LINES ? [`  … ${stale.length - MOST_LINES} more`] : []),
  ].join("\n");
}
