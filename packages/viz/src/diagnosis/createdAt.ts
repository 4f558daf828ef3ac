import { CheckError, checked, type Value } from "@chainrule/core";

/** A node as far as it can be known again in a graph that was built anew. */
export interface Trait {
  readonly op: string | undefined;
  readonly label: string;
  readonly data: number;
  readonly operands: readonly number[];
}

/**
 * The line that creates a node, as `file:line:column`: runs build again under `checked`, which stops at the first fault.
 * `null` if that is another node than the one wanted, or the engine does not tell.
 */
export function createdAt(build: () => unknown, wanted: Trait): string | null {
  try {
    checked(build);
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    return isWanted(error.node, wanted) ? (error.createdAt ?? null) : null;
  }
  return null;
}

/** Of a leaf, the first operation on it will do. */
function isWanted(node: Value, { op, label, data, operands }: Trait): boolean {
  if (op === undefined) return node.operands.some((operand) => Object.is(numberOf(operand), data));
  if (node.op?.name !== op || (node.label ?? label) !== label || !Object.is(node.data, data)) return false;
  return node.operands.every((operand, slot) => Object.is(numberOf(operand), operands[slot]));
}

function numberOf(x: number | Value): number {
  return typeof x === "number" ? x : x.data;
}
