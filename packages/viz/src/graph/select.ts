import { edgesByOperand, edgesByResult, type View, type ViewEdge } from "./view.ts";

/** The nodes at most `depth` edges from one: what it was computed from, and unless left out what was computed from it. */
export function focusOn(view: View, focus: number, depth: number, ancestorsOnly: boolean): View {
  const near = within(focus, depth, edgesByResult(view.edges), ({ from }) => from);
  if (!ancestorsOnly) {
    for (const id of within(focus, depth, edgesByOperand(view.edges), ({ to }) => to)) near.add(id);
  }
  return keep(view, near, "focus");
}

function within(
  start: number,
  depth: number,
  edges: ReadonlyMap<number, readonly ViewEdge[]>,
  end: (edge: ViewEdge) => number,
): Set<number> {
  const reached = new Set([start]);
  let frontier = [start];
  for (let step = 0; step < depth && frontier.length > 0; step++) {
    const next: number[] = [];
    for (const id of frontier) {
      for (const edge of edges.get(id) ?? []) {
        if (reached.has(end(edge))) continue;
        reached.add(end(edge));
        next.push(end(edge));
      }
    }
    frontier = next;
  }
  return reached;
}

/** The parameters and what depends on them. */
export function parametersAndResults(view: View): View {
  const kept = new Set<number>();
  const into = edgesByResult(view.edges);
  for (const { id, kind } of view.nodes) {
    if (kind === "parameter" || into.get(id)?.some(({ from }) => kept.has(from))) kept.add(id);
  }
  return keep(view, kept, "parameters only");
}

function keep(view: View, kept: ReadonlySet<number>, reason: string): View {
  const edges = view.edges.filter(({ from, to }) => kept.has(from) && kept.has(to));
  const [before, after] = [edgesByResult(view.edges), edgesByResult(edges)];
  const missing = (id: number) => (before.get(id)?.length ?? 0) - (after.get(id)?.length ?? 0);
  const nodes = view.nodes.filter(({ id }) => kept.has(id));
  return {
    ...view,
    nodes: nodes.map((node) => ({ ...node, cut: node.cut + missing(node.id) })),
    edges,
    roots: view.roots.filter((id) => kept.has(id)),
    reasons: [...view.reasons, reason],
  };
}
