import { edgesByOperand, edgesByResult, type View, type ViewEdge, type ViewNode } from "../graph/view.ts";
import type { Depths } from "./depths.ts";
import { frameOf } from "./frames.ts";

/** Nodes that the layout puts side by side, across the direction of the arrows. */
export interface Column {
  /** The frame that they are in; "" outside of any. */
  readonly frame: string;
  readonly ids: readonly number[];
  /** Whether in this order: from top to bottom, or from left to right. */
  readonly isOrdered: boolean;
}

/** With more edges into it than this, a node needs the room beside it for its arrows. */
const NARROW = 2;

/** Whether there are frames, or nodes that stand for several. */
export function hasUnits({ nodes }: View): boolean {
  return nodes.some(({ group, parts }) => group !== undefined || parts.length > 0);
}

/** Nodes that many arrows go into. */
export function wideNodes(view: View): ReadonlySet<number> {
  return new Set(
    [...edgesByResult(view.edges)].filter(([, { length }]) => length > NARROW).map(([id]) => id),
  );
}

/** All columns of a view. Graphviz can keep in one column only what is in the same frame. */
export function columnsOf(view: View, depths: Depths): readonly Column[] {
  if (!hasUnits(view)) return leafColumns(view);
  return [...parameterColumns(view), ...unitColumns(view, depths), ...inputColumns(view)];
}

/**
 * Leaves that belong in one column: those of a node with many operands, and the leaves that join its result, as the
 * bias of a neuron does. Nearer to where they join they would stand in the way of the arrows.
 */
function leafColumns(view: View): Column[] {
  const into = edgesByResult(view.edges);
  const wide = wideNodes(view);
  const leaves = new Set(
    view.nodes.filter(({ id, kind }) => kind !== "operation" && !into.has(id)).map(({ id }) => id),
  );
  const leavesAmong = (edges: readonly ViewEdge[] = []) =>
    edges.map(({ from }) => from).filter((id) => leaves.has(id));
  return view.nodes.flatMap(({ id }) => {
    const edges = into.get(id) ?? [];
    const joining = leavesAmong(edges);
    const first = edges
      .filter(({ from }) => wide.has(from))
      .flatMap(({ from }) => leavesAmong(into.get(from)))[0];
    return joining.length === 0 || first === undefined
      ? []
      : [{ frame: "", ids: [first, ...joining], isOrdered: false }];
  });
}

/** The weights and the bias of each neuron. */
function parameterColumns({ nodes }: View): Column[] {
  return ordered(
    nodes.filter((node) => node.kind === "parameter" && frameOf(node) !== ""),
    frameOf,
  );
}

/** Neurons that stand for their nodes, those of a layer that come equally late. */
function unitColumns(view: View, depths: Depths): Column[] {
  const units = view.nodes.filter(({ kind }) => kind === "neuron").sort(byNumber);
  return ordered(units, (node) => `${depths.get(node.id)} ${frameOf(node)}`);
}

/** Leaves outside of the frames that go into the same nodes. */
function inputColumns(view: View): Column[] {
  const outOf = edgesByOperand(view.edges);
  const inputs = view.nodes.filter((node) => node.kind === "input" && frameOf(node) === "");
  return ordered(inputs, ({ id }) => (outOf.get(id) ?? []).map(({ to }) => to).join());
}

function ordered(nodes: readonly ViewNode[], keyOf: (node: ViewNode) => string): Column[] {
  const columns = new Map<string, ViewNode[]>();
  for (const node of nodes) {
    const column = columns.get(keyOf(node));
    if (column === undefined) columns.set(keyOf(node), [node]);
    else column.push(node);
  }
  return [...columns.values()].map((column) => ({
    frame: frameOf(column[0]!),
    ids: column.map(({ id }) => id),
    isOrdered: true,
  }));
}

/** By the number that a label ends with. */
function byNumber(a: { readonly label: string }, b: { readonly label: string }): number {
  const [x, y] = [a, b].map(({ label }) => Number(/\d+$/.exec(label)?.[0] ?? 0));
  return x! - y!;
}
