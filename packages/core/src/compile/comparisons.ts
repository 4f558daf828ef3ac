import type { Op } from "../op.ts";
import { type Id, type Instructions, operationOf } from "./program.ts";

const comparisons: ReadonlySet<string | undefined> = new Set(["gt", "ge", "lt", "le", "eq", "ne"]);

/** Whether an operation gives 1 or 0 for certain. */
export function isComparison({ instruction }: Op): boolean {
  return comparisons.has(instruction);
}

/** The comparison that decides a `select`, made where the `select` is; `undefined` if a number decides. */
export function decidingComparison(program: Instructions, id: Id): Id | undefined {
  if (operationOf(program, id)?.instruction !== "select") return undefined;
  const condition = program.operands[program.starts[id]!]!;
  const op = operationOf(program, condition);
  return op !== undefined && isComparison(op) ? condition : undefined;
}
