import type { ViewNode } from "../graph/view.ts";
import type { Palette } from "../palette.ts";
import { linesOf } from "../text.ts";
import { quoteLeft, statement } from "./dotStatement.ts";

/** What is drawn in a frame: nodes and frames, in order. */
interface Cluster {
  readonly path: string;
  readonly children: (ViewNode | Cluster)[];
}

/**
 * The statements of nodes, those of one part of a model in a frame with its name.
 *
 * @param columns - nodes for one column each
 */
export function clustered(
  nodes: readonly ViewNode[],
  columns: readonly (readonly number[])[],
  palette: Palette,
  draw: (node: ViewNode) => string,
): string[] {
  const byPath = new Map<string, Cluster>([["", { path: "", children: [] }]]);
  const partOf = new Map<number, string>();
  for (const node of nodes) {
    let inner = byPath.get("")!;
    for (const path of node.parts) {
      let cluster = byPath.get(path);
      if (cluster === undefined) {
        cluster = { path, children: [] };
        byPath.set(path, cluster);
        inner.children.push(cluster);
      }
      inner = cluster;
    }
    inner.children.push(node);
    partOf.set(node.id, inner.path);
  }
  const columnsIn = new Map<string, string[]>();
  for (const column of columns) {
    const path = partOf.get(column[0]!)!;
    // Graphviz cannot keep in one column what is in different frames.
    if (!column.every((id) => partOf.get(id) === path)) continue;
    const same = `{rank=same; ${column.map((id) => `n${id}`).join("; ")}}`;
    columnsIn.set(path, [...(columnsIn.get(path) ?? []), same]);
  }
  let next = 0;
  const write = ({ path, children }: Cluster, indent: string): string[] => [
    ...children.flatMap((child) => {
      if ("id" in child) return [`${indent}${draw(child)}`];
      const box = {
        label: quoteLeft(...linesOf(child.path)),
        labelloc: "t",
        labeljust: "l",
        style: '"rounded,filled"',
        color: `"${palette.neutral}"`,
        fillcolor: `"${palette.panel}"`,
        penwidth: 0.5,
        fontsize: 10,
        fontcolor: `"${palette.muted}"`,
      };
      return [
        `${indent}  subgraph cluster_${next++} {`,
        `${indent}  ${statement("graph", box)}`,
        ...write(child, `${indent}  `),
        `${indent}  }`,
      ];
    }),
    ...(columnsIn.get(path) ?? []).map((same) => `${indent}  ${same}`),
  ];
  return write(byPath.get("")!, "");
}
