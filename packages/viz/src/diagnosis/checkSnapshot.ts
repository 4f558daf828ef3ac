import { describe } from "../check.ts";
import type { Graph, GraphEdge, GraphNode } from "../graph/graph.ts";

type Fields<Row> = Readonly<Record<keyof Row, (x: unknown) => boolean>>;

const isText = (x: unknown) => typeof x === "string";
const isTextOrNone = (x: unknown) => x === undefined || isText(x);
const isNumber = (x: unknown) => typeof x === "number";
const isNumberOrNull = (x: unknown) => x === null || isNumber(x);

/**
 * Checks that something is a graph as plain data, such as {@link snapshotOf} gives, so that it can be read without fear.
 *
 * @param caller - the function that was given it, for the error
 * @param name - of the argument, such as `before` or `frames[3]`
 * @throws TypeError with what is wrong
 * @example checkSnapshot("diffGraphs", "before", snapshotOf(value(2))) // undefined
 */
export function checkSnapshot(caller: string, name: string, given: unknown): asserts given is Graph {
  const wanted = `${caller}: ${name} must be a snapshot by snapshotOf(root)`;
  const { nodes, edges, roots } = (given ?? {}) as Partial<Graph>;
  if (!Array.isArray(nodes) || !Array.isArray(edges) || !Array.isArray(roots)) {
    throw new TypeError(`${wanted}, got ${describe(given)}.`);
  }
  const wrong =
    faultOf("nodes", nodes, nodeFields) ??
    misplaced(nodes) ??
    faultOf("edges", edges, edgeFields(nodes.length)) ??
    faultOfRoots(roots, nodes.length);
  if (wrong !== undefined) throw new TypeError(`${wanted}, but its ${wrong}.`);
}

const nodeFields: Fields<GraphNode> = {
  id: isNumber,
  kind: isText,
  label: isText,
  op: isTextOrNone,
  symbol: isTextOrNone,
  data: isNumber,
  isPlain: (x) => typeof x === "boolean",
  grad: isNumberOrNull,
};

function edgeFields(nodes: number): Fields<GraphEdge> {
  const isNode = idBelow(nodes);
  return {
    from: isNode,
    to: isNode,
    slot: isNumber,
    derivative: isNumberOrNull,
    contribution: isNumberOrNull,
  };
}

function idBelow(nodes: number): (x: unknown) => boolean {
  return (x) => Number.isInteger(x) && (x as number) >= 0 && (x as number) < nodes;
}

/** What is wrong with the first row that is not as it should be, such as `nodes[0] is null`. */
function faultOf<Row>(name: string, rows: readonly unknown[], fields: Fields<Row>): string | undefined {
  const kinds = Object.entries<(x: unknown) => boolean>(fields);
  for (const [i, row] of rows.entries()) {
    if (typeof row !== "object" || row === null) return `${name}[${i}] is ${describe(row)}`;
    for (const [field, fits] of kinds) {
      const given = (row as Readonly<Record<string, unknown>>)[field];
      if (!fits(given)) return `${name}[${i}].${field} is ${describe(given)}`;
    }
  }
  return undefined;
}

function misplaced(nodes: readonly GraphNode[]): string | undefined {
  const at = nodes.findIndex(({ id }, i) => id !== i);
  return at < 0 ? undefined : `nodes[${at}].id is ${nodes[at]!.id}`;
}

function faultOfRoots(roots: readonly unknown[], nodes: number): string | undefined {
  if (roots.length === 0) return "roots are an empty array";
  const at = roots.findIndex((root) => !idBelow(nodes)(root));
  return at < 0 ? undefined : `roots[${at}] is ${describe(roots[at])}, the id of no node`;
}
