import type { PageData } from "./pageData.ts";
import { unpack, unpackSums } from "./unpack.ts";

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

/**
 * The numbers that a derivative may be one of: `null`, 0, 1, −1, the result, or the operand across, which in a product is
 * the other one, in a dot that of the same pair.
 */
export function likelyDerivatives(
  slot: number,
  operands: readonly number[],
  result: number,
): readonly (number | null | undefined)[] {
  return [null, 0, 1, -1, result, operands[(slot + operands.length / 2) % operands.length]];
}

/** Turns the compact data of a page into a graph. */
export function decode(data: PageData): StepGraph {
  const numbers = data.values.map(Number);
  const [results, distances, slots] = [unpackSums(data.results), unpack(data.distances), unpack(data.slots)];
  const kinds = unpack(data.op);
  const into: number[][] = kinds.map(() => []);
  results.forEach((to, id) => {
    into[to]!.push(id);
  });
  for (const ids of into) ids.sort((a, b) => slots[a]! - slots[b]!);
  const from = results.map((to, id) => to - distances[id]!);
  const operands = into.map((ids) => ids.map((id) => numbers[from[id]!]!));
  const own = data.local.values();
  const edges = results.map((to, id): StepEdge => {
    const slot = slots[id]!;
    const likely = likelyDerivatives(slot, operands[to]!, numbers[to]!)[Number(data.rule[id])];
    return {
      id,
      from: from[id]!,
      to,
      slot,
      derivative: likely === undefined ? Number(own.next().value) : likely,
    };
  });
  const nodes = kinds.map((kind, id): StepNode => {
    const row = data.ops[kind - KINDS.length];
    return {
      id,
      label: data.names[id] || "",
      kind: KINDS[kind] ?? "operation",
      op: row && { name: row[0], symbol: row[1], selects: row[2] === 1 },
      data: numbers[id]!,
      operands: into[id]!.map((edge) => edges[edge]!),
    };
  });
  const fromZero = new Set(data.zero);
  const start = (id: number) => (nodes[id]!.op && !fromZero.has(id) ? -0 : 0);
  return { nodes, edges, flowing: data.sends, root: nodes.length - 1, start };
}
