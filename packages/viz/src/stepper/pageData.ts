import { xmlText } from "../text.ts";
import { boxOf } from "./box.ts";
import { engineOrder } from "./engineOrder.ts";
import type { Encoded, PageData } from "./page/pageData.ts";
import { decode } from "./page/stepGraph.ts";
import { type Box, type Positions, positionsOf } from "./positions.ts";
import type { ValueGraph } from "./valueGraph.ts";

const KINDS = ["constant", "input", "parameter"];

/** What a page knows but for where things are. */
export type Unplaced = Omit<PageData, "x" | "y" | "wide" | "path" | "width" | "height">;

/** The compact data of a page. */
export async function pageDataOf(
  graph: ValueGraph,
  direction: "LR" | "TB",
  timeout: number,
): Promise<PageData> {
  const data = unplaced(graph);
  const { nodes, edges } = decode({ ...data, ...nowhere });
  const boxes = nodes.map(boxOf);
  return placed(data, boxes, await positionsOf(boxes, edges, direction, timeout));
}

const nowhere = { x: [], y: [], wide: [], path: "", width: 0, height: 0 } as const;

/** What a graph is, without a layout. */
export function unplaced(graph: ValueGraph): Unplaced {
  const rows = new Map<string, number>();
  const ops: PageData["ops"][number][] = [];
  const op = graph.nodes.map(({ kind, op: name, symbol }, id) => {
    if (kind !== "operation") return KINDS.indexOf(kind);
    const row = [xmlText(name!), xmlText(symbol!), graph.values[id]!.op!.selects ? 1 : 0] as const;
    const key = row.join("\n");
    if (!rows.has(key)) rows.set(key, ops.push(row) - 1);
    return rows.get(key)! + KINDS.length;
  });
  const { edges: flowing, fromZero } = engineOrder(graph);
  const isFlowing = new Set(flowing);
  const others = graph.edges.flatMap((_, edge) => (isFlowing.has(edge) ? [] : [edge]));
  const edges = [...flowing, ...others].map((edge) => graph.edges[edge]!);
  return {
    ops,
    op,
    names: graph.nodes.map(({ label }) => (label === "" ? 0 : xmlText(label))),
    data: graph.nodes.map(({ data }) => encoded(data)),
    sends: flowing.length,
    to: differences(edges.map(({ to }) => to)),
    from: edges.map(({ from, to }) => to - from),
    slot: edges.map(({ slot }) => slot),
    local: edges.map(({ derivative }) => (derivative === null ? null : encoded(derivative))),
    zero: fromZero,
  };
}

/** The same with a layout. */
export function placed(data: Unplaced, boxes: readonly Box[], at: Positions): PageData {
  const { x, y, paths, ...size } = at;
  const wide = boxes.map(({ width }) => width);
  return { ...data, x: differences(x), y: differences(y), wide, path: paths.join("\n"), ...size };
}

function encoded(x: number): Encoded {
  if (Object.is(x, -0)) return "-0";
  return Number.isFinite(x) ? x : String(x);
}

function differences(numbers: readonly number[]): number[] {
  return numbers.map((x, i) => x - (numbers[i - 1] ?? 0));
}
