import type { Graph } from "../graph/graph.ts";
import type { View, ViewEdge, ViewNode } from "../graph/view.ts";
import type { EdgeJson, GraphJson, JsonNumber, NodeJson } from "../json/toJson.ts";
import { UsageError } from "./usageError.ts";

type Fields<Row> = Readonly<Record<keyof Row, (x: unknown) => boolean>>;

const isText = (x: unknown) => typeof x === "string";
/** Such as `showing 27 of 1,313 nodes (focus, w·x + b folded)`. */
const NOTE = /^showing [\d,]+ of [\d,]+ nodes \(([\w ,·+-]+)\)$/;
const isNoteOrNull = (x: unknown) => x === null || (isText(x) && NOTE.test(x as string));
const isTextOrNull = (x: unknown) => x === null || isText(x);
const isCount = (x: unknown) => Number.isSafeInteger(x) && (x as number) >= 0;
const isNumber = (x: unknown) =>
  typeof x === "number" || ["NaN", "Infinity", "-Infinity", "-0"].includes(x as string);
const isNumberOrNull = (x: unknown) => x === null || isNumber(x);

const nodeFields: Fields<NodeJson> = {
  id: isCount,
  kind: (x) => ["operation", "parameter", "input", "constant"].includes(x as string),
  plain: (x) => typeof x === "boolean",
  label: isText,
  op: isTextOrNull,
  symbol: isTextOrNull,
  data: isNumber,
  grad: isNumberOrNull,
  parts: (x) => Array.isArray(x) && x.every(isText),
  hidden: isCount,
  cut: isCount,
};
const edgeFields: Fields<EdgeJson> = {
  from: isCount,
  to: isCount,
  slot: isCount,
  derivative: isNumberOrNull,
  contribution: isNumberOrNull,
  count: isCount,
};
const GROUPS: readonly unknown[] = ["neuron", "layer", "part"];

/**
 * What {@link toJson} wrote, as it is drawn. Not where nodes stand for neurons or layers: the JSON does not hold all that
 * a picture shows of these, and can be collapsed here.
 *
 * @throws UsageError with what is wrong
 */
export function viewFromJson(text: string, shown: string): View {
  const { nodes, edges, roots, total, note } = parseGraph(text, shown);
  const places = new Map(nodes.map(({ id }, place) => [id, place]));
  const isThere = (id: number) => places.has(id) && id < total.nodes;
  if (places.size !== nodes.length || nodes.length === 0 || ![...places.keys(), ...roots].every(isThere)) {
    throw new UsageError(
      `${shown}: there are no nodes, or ids are missing, there twice, or not below total.nodes. Write the JSON anew, with toJson.`,
    );
  }
  const wrong = edges.findIndex(({ from, to }) => !(places.get(from)! < places.get(to)!));
  if (wrong >= 0) {
    throw new UsageError(
      `${shown}: edges[${wrong}] does not lead from a node to a later one. Write the JSON anew, with toJson.`,
    );
  }
  return {
    nodes: nodes.map((node): ViewNode => {
      const { plain, ...shared } = node;
      const { kind, op, symbol, data, grad } = shared;
      return {
        ...shared,
        kind: kind as ViewNode["kind"],
        op: op ?? undefined,
        symbol: symbol ?? undefined,
        data: numberOf(data),
        grad: numberOf(grad),
        isPlain: plain,
        group: undefined,
      };
    }),
    edges: edges.map((edge, id): ViewEdge => {
      const derivative = numberOf(edge.derivative);
      const flows = derivative !== null || edge.count > 1;
      return { ...edge, id, derivative, contribution: numberOf(edge.contribution), flows };
    }),
    roots,
    total,
    reasons: NOTE.exec(note ?? "")?.[1]?.split(", ") ?? [],
  };
}

/** The whole graph that JSON holds. @throws UsageError if it holds a part */
export function graphFromJson(text: string, shown: string): Graph {
  const { nodes, edges, roots, reasons } = viewFromJson(text, shown);
  if (reasons.length > 0) {
    throw new UsageError(
      `${shown} holds a part of a graph (${reasons.join(", ")}). Write all of it, with toJson(root).`,
    );
  }
  return { nodes: nodes as Graph["nodes"], edges, roots };
}

function parseGraph(text: string, shown: string): GraphJson {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${shown} is not JSON: ${(error as Error).message}.`);
  }
  const { format, version, nodes, edges, roots, total, note } = (parsed ?? {}) as Partial<GraphJson>;
  if (format !== "chainrule graph") {
    throw new UsageError(
      `${shown} is JSON, but not of a graph. Write it with toJson(root) of @chainrule/viz.`,
    );
  }
  if (version !== 1) {
    throw new UsageError(
      `${shown} is of version ${version}; this is for version 1. Install a newer @chainrule/viz.`,
    );
  }
  const collapsed = Array.isArray(nodes) && nodes.find((node) => GROUPS.includes(node?.kind));
  if (collapsed) {
    throw new UsageError(
      `${shown} is collapsed: node ${collapsed.id} stands for a ${collapsed.kind}. Write all of it, with toJson(root), and collapse here.`,
    );
  }
  checkRows(shown, "nodes", nodes, nodeFields);
  checkRows(shown, "edges", edges, edgeFields);
  const hasHead =
    Array.isArray(roots) && isCount(total?.nodes) && isCount(total?.edges) && isNoteOrNull(note);
  if (!hasHead)
    throw new UsageError(`${shown}: roots, total or note is missing or wrong. Write it anew, with toJson.`);
  return parsed as GraphJson;
}

function checkRows<Row>(shown: string, name: string, rows: unknown, fields: Fields<Row>): void {
  if (!Array.isArray(rows)) throw new UsageError(`${shown}: ${name} must be an array.`);
  rows.forEach((row: Record<string, unknown> | null, i) => {
    const wrong = Object.entries<(x: unknown) => boolean>(fields).find(([key, fits]) => !fits(row?.[key]));
    if (wrong === undefined) return;
    const got = JSON.stringify(row?.[wrong[0]]) ?? "nothing";
    throw new UsageError(`${shown}: ${name}[${i}].${wrong[0]} is wrong: ${got}. Write it anew, with toJson.`);
  });
}

function numberOf(x: JsonNumber | null): number | null {
  return x === null ? null : Number(x);
}
