import { formatNumber } from "../formatNumber.ts";
import type { Graph, GraphEdge } from "../graph/graph.ts";
import type { GradientPath, GradientPaths } from "./gradientPaths.ts";
import { pathCount, productOf, smallestOf } from "./gradientPathsText.ts";
import { type Look, partToDot } from "./partToDot.ts";

/** Up to so many nodes the whole graph is drawn; else the paths alone, of the first the ends if it is longer. */
const WHOLE = 60;
/** Nodes at each end of a path that is too long to draw, and on each side of its smallest factor. */
const END = 5;
const SIDE = 2;

/** The largest path highlighted, with its smallest factor in red; the other paths listed are drawn thinner. */
export function gradientPathsDot(graph: Graph, of: Omit<GradientPaths, "text" | "dot">): string {
  const { root, parameter, paths, gradient, count } = of;
  const [first, ...others] = paths;
  const inFirst = new Set(first?.edges);
  const inOthers = new Set(others.flatMap(({ edges }) => edges));
  const ends = new Set([root.id, ...(parameter === null ? [] : [parameter.id])]);
  const onFirst = new Set(first?.nodes.map(({ id }) => id) ?? ends);
  const onOthers = new Set(others.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const all = new Set([...onFirst, ...onOthers]);
  const { shown, shortcuts } =
    graph.nodes.length <= WHOLE
      ? { shown: new Set(graph.nodes.map(({ id }) => id)), shortcuts: [] }
      : all.size <= WHOLE
        ? { shown: all, shortcuts: [] }
        : shortened(first!);
  const smallest = first?.edges[first.smallest];
  const edge = (of: GraphEdge): Look => {
    if (of === smallest) return { emphasis: "alert" };
    return { emphasis: inFirst.has(of) ? "strong" : inOthers.has(of) ? "plain" : "dim" };
  };
  return partToDot({
    graph,
    shown,
    shortcuts,
    node: ({ id }) => ({ emphasis: onFirst.has(id) ? "strong" : onOthers.has(id) ? "plain" : "dim" }),
    edge,
    caption: [
      `gradient ${formatNumber(gradient)} by ${pathCount(count)}`,
      ...(first === undefined ? [] : [`largest path (blue): ${productOf(first)}`]),
      ...(first === undefined || first.smallest < 0 ? [] : [`its ${smallestOf(first)} (red)`]),
    ],
  });
}

/** The ends of a path and what is around its smallest factor, with the products of the stretches between. */
function shortened({ nodes, edges, factors, smallest }: GradientPath) {
  const last = nodes.length - 1;
  const isKept = (i: number) => i < END || i > last - END || (i > smallest - SIDE && i <= smallest + SIDE);
  const kept = nodes.flatMap((_, i) => (isKept(i) ? [i] : []));
  const shortcuts = kept.slice(1).flatMap((to, k) => {
    const from = kept[k]!;
    if (to === from + 1) return [];
    const product = factors.slice(from, to).reduce((all, factor) => all * factor, 1);
    const note = `… ${to - from} edges, product ${formatNumber(product)}`;
    return [{ from: edges[from]!.from, to: nodes[to]!.id, note }];
  });
  return { shown: new Set(kept.map((i) => nodes[i]!.id)), shortcuts };
}
