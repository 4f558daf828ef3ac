import type { Recording } from "../diagnosis/recording.ts";
import type { Graph, GraphEdge } from "../graph/graph.ts";
import { xmlText } from "../text.ts";
import { boxOf } from "./box.ts";
import { assigned, wrongOrder } from "./confusions.ts";
import { engineOrder } from "./engineOrder.ts";
import { labelPlaces } from "./labelPlaces.ts";
import { pack } from "./pack.ts";
import { boxAround } from "./page/bounds.ts";
import type { Encoded, PageData } from "./page/pageData.ts";
import { decode, likelyDerivatives, type StepGraph } from "./page/stepGraph.ts";
import { sweep } from "./page/sweep.ts";
import { unpack, unpackSums } from "./page/unpack.ts";
import { type Box, type Point, type Positions, positionsOf } from "./positions.ts";

const KINDS = ["constant", "input", "parameter"];

/** What a page knows but for where things are. */
export type Unplaced = Omit<PageData, keyof typeof nowhere>;

/** The compact data of a page. */
export async function pageDataOf(
  recording: Recording,
  direction: "LR" | "TB",
  timeout: number,
): Promise<PageData> {
  const data = unplaced(recording);
  const steps = decode({ ...data, ...nowhere });
  const boxes = steps.nodes.map(boxOf);
  const at = await positionsOf(boxes, steps.edges, direction, timeout);
  return { ...placed(data, boxes, at), mistakes: mistakesOf(steps) };
}

function mistakesOf(graph: StepGraph): PageData["mistakes"] {
  const right = sweep(graph);
  return { order: wrongOrder(graph, right)?.sentence, sum: assigned(graph, right)?.sentence };
}

/** For a graph whose places do not matter. */
export const nowhere = {
  x: "",
  y: "",
  wide: "",
  path: "",
  labels: "",
  width: 0,
  height: 0,
  mistakes: {},
} as const;

/** What a graph is, without a layout. */
export function unplaced(recording: Recording): Unplaced {
  const { graph, values } = recording;
  const { edges: flowing, fromZero } = engineOrder(recording);
  const isFlowing = new Set(flowing);
  const others = graph.edges.flatMap((_, edge) => (isFlowing.has(edge) ? [] : [edge]));
  return {
    ...columnsOf(graph, [...flowing, ...others], (id) => values[id]!.op!.selects),
    sends: flowing.length,
    ...(fromZero.length > 0 && { zero: fromZero }),
  };
}

/**
 * Nodes and edges as columns.
 *
 * @param order - of the edges
 * @param selects - whether a derivative of 0 means that an operation did not take a branch
 */
export function columnsOf(
  graph: Graph,
  order: readonly number[],
  selects: (node: number) => boolean,
): Omit<Unplaced, "sends"> {
  const rows = new Map<string, number>();
  const ops: PageData["ops"][number][] = [];
  const op = graph.nodes.map(({ kind, op: name, symbol }, id) => {
    if (kind !== "operation") return KINDS.indexOf(kind);
    const row = [xmlText(name!), xmlText(symbol!), selects(id) ? 1 : 0] as const;
    const key = row.join("\n");
    if (!rows.has(key)) rows.set(key, ops.push(row) - 1);
    return rows.get(key)! + KINDS.length;
  });
  const edges = order.map((edge) => graph.edges[edge]!);
  const numbers = operandNumbers(graph);
  const rules = edges.map((edge) => ruleOf(edge, numbers[edge.to]!, graph.nodes[edge.to]!.data));
  return {
    ops,
    op: pack(op),
    names: graph.nodes.map(({ label }) => (label === "" ? 0 : xmlText(label))),
    values: graph.nodes.map(({ data }) => encoded(data)),
    results: pack(differences(edges.map(({ to }) => to))),
    distances: pack(edges.map(({ from, to }) => to - from)),
    slots: pack(edges.map(({ slot }) => slot)),
    rule: rules.join(""),
    local: edges.flatMap(({ derivative }, i) => (rules[i] === OWN ? [encoded(derivative!)] : [])),
  };
}

/** What each operation computes with, by slot. */
function operandNumbers({ nodes, edges }: Graph): number[][] {
  const numbers: number[][] = nodes.map(() => []);
  for (const { from, to, slot } of edges) numbers[to]![slot] = nodes[from]!.data;
  return numbers;
}

const OWN = "9";

/** A derivative that stands in the graph already need not be kept: that of a product is the other operand. */
function ruleOf({ slot, derivative }: GraphEdge, operands: readonly number[], result: number): string {
  const likely = likelyDerivatives(slot, operands, result);
  const place = likely.findIndex((number) => Object.is(number, derivative));
  return place < 0 ? OWN : String(place);
}

/** The same with a layout. */
export function placed(
  data: Unplaced,
  boxes: readonly Box[],
  { x, y, curves, ...size }: Positions,
): PageData {
  const distances = unpack(data.distances);
  const operands = unpackSums(data.results).map((to, edge) => to - distances[edge]!);
  const paths = curves.flatMap((points, edge) => {
    const from = operands[edge]!;
    return [(points.length - 1) / 3, ...relative(points, [x[from]!, y[from]!])];
  });
  const wide = boxes.map(({ width }) => width);
  const places = boxes.map(({ width, height }, i) => boxAround([x[i]!, y[i]!], width, height));
  return {
    ...data,
    x: pack(differences(x)),
    y: pack(differences(y)),
    wide: pack(wide),
    path: pack(paths),
    labels: pack(labelPlaces(curves, places)),
    mistakes: {},
    ...size,
  };
}

/** The first point from somewhere, those of each curve from its start. */
function relative(points: readonly Point[], from: Point): number[] {
  let start = from;
  return points.flatMap((point, i) => {
    const [x, y] = [point[0] - start[0], point[1] - start[1]];
    if (i % 3 === 0) start = point;
    return [x, y];
  });
}

function encoded(x: number): Encoded {
  if (Object.is(x, -0)) return "-0";
  return Number.isFinite(x) ? x : String(x);
}

function differences(numbers: readonly number[]): number[] {
  return numbers.map((x, i) => x - (numbers[i - 1] ?? 0));
}
