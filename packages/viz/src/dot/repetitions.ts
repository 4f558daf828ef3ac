import { edgesByOperand, type View, type ViewNode } from "../graph/view.ts";
import { hasUnits } from "./columns.ts";
import type { Depths } from "./depths.ts";

/** A node that is shown again beside what takes it, so that no arrow crosses half of the picture. */
export interface Repetition {
  /** Its name in DOT. */
  readonly name: string;
  readonly of: ViewNode;
}

/** All that is shown again. */
export interface Repetitions {
  readonly nodes: readonly Repetition[];
  /** By the id of an edge that does not begin at its operand itself, where it begins. */
  readonly starts: ReadonlyMap<number, string>;
}

/** An arrow over more columns than this is far. */
const FAR = 4;
/**
 * The columns that all far arrows together may cross: beyond it the eye loses them. Graphviz makes a node wherever an arrow
 * crosses a column: with 1,400 a layout takes a second, with 2,500 nine, and with 5,500 more than a minute.
 */
const MOST_CROSSINGS = 400;

/** With so many arrows of more columns than this, one operand is shown again wherever it is far. */
const [SEVERAL, VERY_FAR] = [3, 8];

/**
 * What to show again, beside what takes it: operands that several take very far away, such as a weight that every step of
 * a recurrence takes, so that each step looks like the one before; all that are far where arrows cross very many columns.
 */
export function repetitionsOf(view: View, depths: Depths): Repetitions {
  const lengths = lengthsOf(view, depths);
  const crossings = [...lengths.values()].reduce((sum, length) => sum + (length > FAR ? length : 0), 0);
  const isAll = crossings > MOST_CROSSINGS;
  const scattered = isAll ? new Set<number>() : scatteredOf(view, lengths);
  const starts = new Map<number, string>();
  const nodes = new Map<string, Repetition>();
  const byId = new Map(view.nodes.map((node) => [node.id, node]));
  for (const { id, from, to } of view.edges) {
    if (lengths.get(id)! <= FAR || !(isAll || scattered.has(from))) continue;
    // x·x has two edges, which begin at the same place.
    const name = `again${from}_${to}`;
    starts.set(id, name);
    nodes.set(name, { name, of: byId.get(from)! });
  }
  return { nodes: [...nodes.values()], starts };
}

/** The operands that several take very far away; frames have a place for what is theirs. */
function scatteredOf(view: View, lengths: ReadonlyMap<number, number>): ReadonlySet<number> {
  if (hasUnits(view)) return new Set();
  const takers = [...edgesByOperand(view.edges)].map(([id, edges]) => {
    const far = new Set(edges.filter((edge) => lengths.get(edge.id)! > VERY_FAR).map(({ to }) => to));
    return [id, far.size] as const;
  });
  return new Set(takers.filter(([, count]) => count >= SEVERAL).map(([id]) => id));
}

/** How many columns each edge leads on, where each node stands as near to what takes it as it can. */
function lengthsOf(view: View, depths: Depths): ReadonlyMap<number, number> {
  const columns = new Map(depths);
  const outOf = edgesByOperand(view.edges);
  const isDone = new Set<number>();
  for (const { id } of view.nodes.toReversed()) {
    isDone.add(id);
    const before = (outOf.get(id) ?? []).filter(({ to }) => isDone.has(to) && to !== id);
    if (before.length === 0) continue;
    const next = before.reduce(
      (least, { to }) => Math.min(least, columns.get(to)!),
      Number.POSITIVE_INFINITY,
    );
    columns.set(id, next - 1);
  }
  return new Map(view.edges.map(({ id, from, to }) => [id, columns.get(to)! - columns.get(from)!]));
}
