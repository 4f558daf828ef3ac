import type { PageData } from "./pageData.ts";

/** A node as the page knows it. */
export interface StepNode {
  readonly id: number;
  readonly label: string;
  readonly kind: "operation" | "parameter" | "input" | "constant";
  readonly op: StepOp | undefined;
  readonly data: number;
  /** The edges into it, by operand slot. */
  readonly operands: readonly StepEdge[];
}

/** What the page must know of an operation. */
export interface StepOp {
  readonly name: string;
  readonly symbol: string;
  /** Whether a derivative of 0 means that a branch was not taken. */
  readonly selects: boolean;
}

/** One operand slot. */
export interface StepEdge {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly slot: number;
  /** ∂to/∂from by this slot alone; `null` where no gradient can flow. */
  readonly derivative: number | null;
}

/** The graph of the page, decoded. */
export interface StepGraph {
  readonly nodes: readonly StepNode[];
  /** First those that gradients are sent along, in the order of `backward()`, then the others. */
  readonly edges: readonly StepEdge[];
  /** How many of the edges gradients are sent along. */
  readonly flowing: number;
  readonly root: number;
  /** What a sum of gradients starts from: for leaves and few others 0, for the rest −0, which changes nothing. */
  readonly start: (node: number) => number;
}

const KINDS = ["constant", "input", "parameter"] as const;

/** Turns the compact data of a page into a graph. */
export function decode(data: PageData): StepGraph {
  const edges: StepEdge[] = [];
  let to = 0;
  data.from.forEach((from, id) => {
    to += data.to[id]!;
    const derivative = data.local[id]!;
    edges.push({
      id,
      from: to - from,
      to,
      slot: data.slot[id]!,
      derivative: derivative === null ? null : Number(derivative),
    });
  });
  const operands: StepEdge[][] = data.op.map(() => []);
  for (const edge of edges) operands[edge.to]!.push(edge);
  const nodes = data.op.map((kind, id): StepNode => {
    const row = data.ops[kind - KINDS.length];
    return {
      id,
      label: data.names[id] || "",
      kind: KINDS[kind] ?? "operation",
      op: row && { name: row[0], symbol: row[1], selects: row[2] === 1 },
      data: Number(data.data[id]),
      operands: operands[id]!.sort((a, b) => a.slot - b.slot),
    };
  });
  const fromZero = new Set(data.zero);
  const start = (id: number) => (nodes[id]!.op === undefined || fromZero.has(id) ? 0 : -0);
  return { nodes, edges, flowing: data.sends, root: nodes.length - 1, start };
}
