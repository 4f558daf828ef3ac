import type { View, ViewNode } from "../graph/view.ts";
import type { Palette } from "../palette.ts";
import { linesOf } from "../text.ts";
import { type Column, columnsOf } from "./columns.ts";
import type { Depths } from "./depths.ts";
import { quoteLeft, statement } from "./dotStatement.ts";
import { frameOf } from "./frames.ts";

/** What a drawing of nodes needs to know. */
export interface ClusterStyle {
  readonly direction: "LR" | "TB";
  readonly palette: Palette;
}

/** The statements of nodes, those of one part of a model in a frame with its name; and what keeps them in order. */
export function clustered(
  view: View,
  depths: Depths,
  { direction, palette }: ClusterStyle,
  draw: (node: ViewNode) => string,
): string[] {
  const columns = columnsOf(view, depths);
  const drawColumns = (frame: string) =>
    columns
      .filter((column) => column.frame === frame && column.ids.length > 1)
      .map((column) => sameRank(column, direction));
  let next = 0;
  const drawn = [...membersOf(view)].flatMap(([frame, nodes]) => {
    if (frame === "") return nodes.map(draw);
    const inside = [...nodes.map(draw), ...drawColumns(frame)];
    return [
      `  subgraph cluster_${next++} {`,
      `  ${statement("graph", frameAttributes(frame, palette))}`,
      ...inside.map((line) => `  ${line}`),
      "  }",
    ];
  });
  return [...drawn, ...drawColumns("")];
}

/** The nodes in each frame, and under "" those in none. */
function membersOf({ nodes }: View): ReadonlyMap<string, readonly ViewNode[]> {
  const members = new Map<string, ViewNode[]>();
  for (const node of nodes) {
    const frame = members.get(frameOf(node));
    if (frame === undefined) members.set(frameOf(node), [node]);
    else frame.push(node);
  }
  return members;
}

/** The statement that puts nodes into a column, held in order by invisible edges from each to the next. */
function sameRank({ frame, ids, isOrdered }: Column, direction: "LR" | "TB"): string {
  // From left to right Graphviz draws columns upside down, and turns their order; but not in frames.
  const turned = frame !== "" && direction === "LR" ? ids.toReversed() : ids;
  const names = turned.map((id) => `n${id}`);
  return isOrdered
    ? `  {rank=same; ${names.join(" -> ")} [style=invis]}`
    : `  {rank=same; ${names.join("; ")}}`;
}

function frameAttributes(frame: string, palette: Palette) {
  return {
    label: quoteLeft(...linesOf(frame)),
    labelloc: "t",
    labeljust: "l",
    style: '"rounded,filled"',
    color: `"${palette.neutral}"`,
    fillcolor: `"${palette.panel}"`,
    penwidth: 0.5,
    fontsize: 10,
    fontcolor: `"${palette.muted}"`,
  };
}
