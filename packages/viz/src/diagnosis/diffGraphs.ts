import type { Value } from "@chainrule/core";
import { checkRoots } from "../check.ts";
import { formatNumber } from "../formatNumber.ts";
import { type Graph, type GraphNode, graphOf } from "../graph/graph.ts";
import { count } from "../text.ts";
import { nameOf } from "./calculation.ts";
import { checkSnapshot } from "./checkSnapshot.ts";
import { nodesAround } from "./neighbourhood.ts";
import { type Look, partToDot } from "./partToDot.ts";

/** A node whose number or gradient differs between two steps. */
export interface GraphChange {
  readonly before: GraphNode;
  readonly after: GraphNode;
  /** `after.data − before.data`. */
  readonly data: number;
  /** The same of the gradients; `null` where one of them is not there. */
  readonly grad: number | null;
}

/** What changed in a graph from one step to another. */
export interface GraphDiff {
  readonly isUnchanged: boolean;
  /** The largest change of a number first, relative to the number. */
  readonly changes: readonly GraphChange[];
  readonly text: string;
  /** The graph of the later step, with what changed highlighted, as DOT. */
  readonly dot: string;
}

const MOST_NODES = 60;
const MOST_LINES = 10;

/**
 * The graph below a root as plain data, which stays as it is when leaves change and the next step is built.
 *
 * @throws TypeError if root is not a Value, CheckError if the graph is out of date
 * @example snapshotOf(value(2).mul(3)).nodes.map(({ data }) => data) // [2, 3, 6]
 */
export function snapshotOf(root: Value): Graph {
  return graphOf(checkRoots("snapshotOf", root));
}

/**
 * What changed from one step to another of the same expression: numbers and gradients, node by node. 0 and −0 are equal,
 * and NaN equals NaN.
 *
 * @param before - by {@link snapshotOf}, after `backward()` if gradients shall be compared
 * @param after - the same expression, built again
 * @throws TypeError if one of them is no snapshot, RangeError where the structures part
 * @example
 * const step = (x) => snapshotOf(value(x, "x").mul(10));
 * diffGraphs(step(1), step(2)).changes.map(({ data }) => data) // [1, 10]
 */
export function diffGraphs(before: Graph, after: Graph): GraphDiff {
  checkSnapshot("diffGraphs", "before", before);
  checkSnapshot("diffGraphs", "after", after);
  checkStructure(before, after);
  const changes = after.nodes
    .map((node, id): GraphChange => {
      const old = before.nodes[id]!;
      const grad = node.grad === null || old.grad === null ? null : node.grad - old.grad;
      return { before: old, after: node, data: node.data - old.data, grad };
    })
    .filter(({ before: a, after: b }) => !isSame(a.data, b.data) || !isSame(a.grad, b.grad))
    .sort((a, b) => relative(b) - relative(a) || a.after.id - b.after.id);
  return { isUnchanged: changes.length === 0, changes, text: textOf(changes), dot: dotOf(after, changes) };
}

function checkStructure(before: Graph, after: Graph): void {
  const [a, b] = [before.nodes.length, after.nodes.length];
  const at = after.nodes.findIndex(({ op }, id) => op !== before.nodes[id]?.op);
  if (at >= 0 || a !== b) {
    const shown = [before, after].map(({ nodes }) => nodes[at]?.op ?? "a leaf").join(" and ");
    const where = at >= 0 ? `node ${at} is ${shown}` : `they have ${a} and ${b} nodes`;
    throw new RangeError(`diffGraphs: the graphs are not of the same expression: ${where}.`);
  }
  const wired = ({ edges }: Graph) => edges.map(({ from, to, slot }) => `${from},${to},${slot}`).join(" ");
  if (wired(before) === wired(after)) return;
  throw new RangeError("diffGraphs: the graphs are not of the same expression: their edges differ.");
}

/** What is not finite comes first. */
function relative({ before, data }: GraphChange): number {
  if (data === 0) return 0;
  const share = Math.abs(data / before.data);
  return Number.isNaN(share) ? Number.POSITIVE_INFINITY : Math.min(share, Number.MAX_VALUE);
}

function isSame(a: number | null, b: number | null): boolean {
  return a === b || Object.is(a, b);
}

function shown(x: number | null): string {
  return x === null ? "—" : formatNumber(x);
}

/** Such as ` (+1.2e-9)`, where two numbers differ beyond the digits that are shown; else "". */
function finely(from: number | null, to: number | null): string {
  if (from === null || to === null || isSame(from, to) || shown(from) !== shown(to)) return "";
  return ` (${to > from ? "+" : ""}${formatNumber(to - from)})`;
}

/** Such as `36 → 9`, and `36` where nothing changed. */
function arrow(from: number | null, to: number | null): string {
  return isSame(from, to) ? shown(to) : `${shown(from)} → ${shown(to)}${finely(from, to)}`;
}

function textOf(changes: readonly GraphChange[]): string {
  if (changes.length === 0) return "Nothing changed.";
  return [
    `${count(changes.length, "node")} changed.`,
    ...changes
      .slice(0, MOST_LINES)
      .map(
        ({ before, after }) =>
          `  ${nameOf(after)}: data ${arrow(before.data, after.data)}, grad ${arrow(before.grad, after.grad)}`,
      ),
    ...(changes.length > MOST_LINES ? [`  … ${changes.length - MOST_LINES} more`] : []),
  ].join("\n");
}

function dotOf(graph: Graph, changes: readonly GraphChange[]): string {
  const byId = new Map(changes.map((change) => [change.after.id, change]));
  const centres = [...changes.map(({ after }) => after.id), ...graph.roots];
  return partToDot({
    graph,
    shown:
      graph.nodes.length <= MOST_NODES
        ? new Set(graph.nodes.map(({ id }) => id))
        : nodesAround(graph, [...new Set(centres)], MOST_NODES),
    node: ({ id }) => lookOf(byId.get(id)),
    edge: ({ from }) => ({ emphasis: byId.has(from) ? "plain" : "dim" }),
    caption: captionOf(changes),
  });
}

/** Blue where the number changed, and as usual where the gradient alone did. */
function lookOf(change: GraphChange | undefined): Look {
  if (change === undefined) return { emphasis: "dim" };
  const { before, after } = change;
  const grad = `grad ${arrow(before.grad, after.grad)}`;
  if (isSame(before.data, after.data)) return { emphasis: "plain", notes: [grad] };
  return {
    emphasis: "strong",
    notes: [`was ${shown(before.data)}${finely(before.data, after.data)}`, grad],
  };
}

function captionOf(changes: readonly GraphChange[]): string[] {
  if (changes.length === 0) return ["nothing changed"];
  const alone = changes.filter(({ before, after }) => isSame(before.data, after.data)).length;
  const of =
    alone === 0 ? "" : `, ${alone === changes.length ? "all" : alone} in the gradient alone (not blue)`;
  return [`${count(changes.length, "node")} changed${of}`];
}
