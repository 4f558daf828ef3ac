import type { View, ViewNode } from "../graph/view.ts";

/** The innermost part of the model that a node is in, which is drawn as a frame; "" if it is in none. */
export function frameOf({ parts }: ViewNode): string {
  return parts.at(-1) ?? "";
}

/**
 * A view to draw: with frames where they stand one after the other, and without any where arrows lead out of a frame
 * and back into it, as they do where every step of a recurrence takes the same weights. Such a frame would hold all
 * steps, and Graphviz loses arrows between frames like that.
 */
export function framed(view: View): View {
  if (view.nodes.every((node) => frameOf(node) === "") || !haveLoops(view)) return view;
  return { ...view, nodes: view.nodes.map((node) => ({ ...node, parts: [] })) };
}

/** Whether any frame, taken as one node, is part of a loop. */
function haveLoops({ nodes, edges }: View): boolean {
  const frames = new Map(nodes.map((node) => [node.id, frameOf(node) || node.id]));
  const links = edges
    .map(({ from, to }) => ({ from: frames.get(from)!, to: frames.get(to)! }))
    .filter(({ from, to }) => from !== to);
  const back = links.map(({ from, to }) => ({ from: to, to: from }));
  const left = cyclic(back, cyclic(links, new Set(frames.values())));
  return [...left].some((unit) => typeof unit === "string");
}

type Unit = string | number;
type Links = readonly { readonly from: Unit; readonly to: Unit }[];

/** What is left of some units when those that no other leads to are taken away, again and again. */
function cyclic(links: Links, units: ReadonlySet<Unit>): ReadonlySet<Unit> {
  const left = new Set(units);
  const outOf = new Map<Unit, Unit[]>([...units].map((unit) => [unit, []]));
  const before = new Map<Unit, number>([...units].map((unit) => [unit, 0]));
  for (const { from, to } of links) {
    if (!units.has(from) || !units.has(to)) continue;
    outOf.get(from)!.push(to);
    before.set(to, before.get(to)! + 1);
  }
  const free = [...units].filter((unit) => before.get(unit) === 0);
  for (let unit = free.pop(); unit !== undefined; unit = free.pop()) {
    left.delete(unit);
    for (const next of outOf.get(unit)!) {
      const count = before.get(next)! - 1;
      before.set(next, count);
      if (count === 0) free.push(next);
    }
  }
  return left;
}
