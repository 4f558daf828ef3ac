import { edgesByOperand, type Group, type View, type ViewEdge, type ViewNode } from "./view.ts";

/** What a node may stand for, from least to most. */
export type Level = "neurons" | "layers";

/** More than this is no picture that anybody could read. */
const MOST_NODES = 200;
const MOST_EDGES = 1000;

/** More than this beside neurons or layers, such as the losses of many examples, and nobody looks at these. */
const MOST_BESIDE = 60;

/** Collapses as little as makes the picture readable, as far as the labels of the parameters allow. */
export function collapseToFit(view: View): View {
  if (fits(view)) return view;
  let smallest = view;
  for (const level of ["neurons", "layers"] as const) {
    smallest = collapse(view, level);
    if (besides(smallest) > MOST_BESIDE) smallest = collapse(view, level, true);
    if (fits(smallest)) return smallest;
  }
  return smallest;
}

function fits({ nodes, edges }: View): boolean {
  return nodes.length <= MOST_NODES && edges.length <= MOST_EDGES;
}

/** How many nodes stand for themselves and belong to no part, in a view with nodes that stand for several. */
function besides({ nodes }: View): number {
  if (nodes.every(({ group }) => group === undefined)) return 0;
  return nodes.filter(({ group, parts }) => group === undefined && parts.length === 0).length;
}

/**
 * One node for each neuron, or for each layer.
 *
 * @param isGathered - whether what belongs to none is gathered too: leaves into one node, operations but the roots into
 *   another
 */
export function collapse(view: View, level: Level, isGathered = false): View {
  const keys = groupKeys(view, level, isGathered);
  const members = new Map<string, ViewNode[]>();
  for (const node of view.nodes) {
    const key = keys.get(node.id);
    if (key === undefined) continue;
    if (!members.has(key)) members.set(key, []);
    members.get(key)!.push(node);
  }
  if (members.size === 0) return view;
  const ids = new Map([...members.keys()].map((key, i) => [key, view.total.nodes + i]));
  const shownAs = (id: number) => ids.get(keys.get(id) ?? "") ?? id;
  const outOf = edgesByOperand(view.edges);
  const roots = new Set(view.roots);
  const nodes = view.nodes.flatMap((node) => {
    const key = keys.get(node.id);
    if (key === undefined) return [node];
    const all = members.get(key)!;
    // Where the last of them comes: weights of a later layer may come before the layers below it.
    if (node !== all.at(-1)) return [];
    const results = all.filter(
      ({ id }) => roots.has(id) || outOf.get(id)?.some(({ to }) => keys.get(to) !== key),
    );
    return [groupNode(ids.get(key)!, all, key, results)];
  });
  return {
    ...view,
    nodes,
    edges: mergeEdges(view.edges, shownAs, view.total.nodes),
    roots: [...new Set(view.roots.map(shownAs))],
    reasons: [...view.reasons, `collapsed to ${level}${isGathered ? ", the rest gathered" : ""}`],
  };
}

const INPUTS = "inputs";
const OPERATIONS = "operations";

/** The group of each node that is in one. */
function groupKeys(view: View, level: Level, isGathered: boolean): ReadonlyMap<number, string> {
  const keys = new Map<number, string>();
  const roots = new Set(view.roots);
  for (const { id, parts } of view.nodes) {
    const part = level === "neurons" ? parts.at(-1) : parts[0];
    // Named apart from the other parts, whatever the label.
    if (part !== undefined) keys.set(id, `in ${part}`);
  }
  if (keys.size === 0) return keys;
  const rest: Record<typeof INPUTS | typeof OPERATIONS, number[]> = { inputs: [], operations: [] };
  const outOf = edgesByOperand(view.edges);
  for (const { id, kind, parts } of view.nodes) {
    if (parts.length > 0) continue;
    const user = kind === "constant" ? onlyGroup(outOf.get(id) ?? [], keys) : undefined;
    if (user !== undefined) keys.set(id, user);
    else if (isGathered && !roots.has(id)) rest[kind === "operation" ? OPERATIONS : INPUTS].push(id);
  }
  for (const [key, ids] of Object.entries(rest)) {
    // One alone stands for itself.
    if (ids.length > 1) for (const id of ids) keys.set(id, key);
  }
  return keys;
}

/** The group of all that edges lead to, if it is one. */
function onlyGroup(edges: readonly ViewEdge[], keys: ReadonlyMap<number, string>): string | undefined {
  const key = edges[0] && keys.get(edges[0].to);
  return edges.every(({ to }) => keys.get(to) === key) ? key : undefined;
}

function groupNode(
  id: number,
  members: readonly ViewNode[],
  key: string,
  results: readonly ViewNode[],
): ViewNode {
  const named = members.find(({ parts }) => parts.length > 0);
  const isUnit = named !== undefined && key === `in ${named.parts.at(-1)}`;
  const hidden = members.reduce((sum, node) => sum + node.hidden, members.length - 1);
  const result = results.length === 1 && key !== INPUTS ? results[0]! : { data: null, grad: null };
  return {
    id,
    kind: named === undefined ? "part" : isUnit ? "neuron" : "layer",
    label: named === undefined ? key : key.slice("in ".length),
    op: undefined,
    symbol: undefined,
    data: result.data,
    grad: result.grad,
    isPlain: false,
    hidden,
    cut: members.reduce((sum, { cut }) => sum + cut, 0),
    parts: named === undefined ? [] : named.parts.slice(0, isUnit ? -1 : 0),
    group: groupOf(members),
  };
}

function groupOf(members: readonly ViewNode[]): Group {
  const parameters = members.filter(({ kind }) => kind === "parameter");
  const gradients = (parameters.length > 0 ? parameters : members).filter(({ isPlain }) => !isPlain);
  const total = gradients.reduce((sum, { grad }) => sum + Math.abs(grad ?? 0), 0);
  return {
    parameters: parameters.length,
    // As in pictures of networks, those that no gradient has reached count as 0 where others have one.
    meanGradient: gradients.some(({ grad }) => grad !== null) ? total / gradients.length : null,
    hasAlert: members.some(({ data }) => data !== null && !Number.isFinite(data)),
  };
}

/** One edge for all between the same two nodes, of which at least one stands for several. */
function mergeEdges(
  edges: readonly ViewEdge[],
  shownAs: (id: number) => number,
  firstGroup: number,
): ViewEdge[] {
  const shown: Mutable<ViewEdge>[] = [];
  const merged = new Map<number, Mutable<ViewEdge>>();
  const slots = new Map<number, number>();
  const last = 2 * firstGroup;
  for (const edge of edges) {
    const [from, to] = [shownAs(edge.from), shownAs(edge.to)];
    if (from < firstGroup && to < firstGroup) {
      shown.push(edge);
      continue;
    }
    if (from === to) continue;
    const first = merged.get(from * last + to);
    if (first === undefined) {
      const slot = slots.get(to) ?? 0;
      slots.set(to, slot + 1);
      const own = { ...edge, from, to, slot };
      merged.set(from * last + to, own);
      shown.push(own);
    } else join(first, edge);
  }
  return shown;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function join(all: Mutable<ViewEdge>, { contribution, count, flows }: ViewEdge): void {
  const isLarger =
    Math.abs(contribution ?? 0) > Math.abs(all.contribution ?? 0) || Number.isNaN(contribution);
  if (all.contribution === null || isLarger) all.contribution = contribution;
  all.derivative = null;
  all.count += count;
  all.flows ||= flows;
}
