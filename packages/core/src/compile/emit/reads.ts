import { decidingComparison } from "../comparisons.ts";
import type { Id, Program } from "../program.ts";

/** Visits the results that the code of an instruction reads: its operands, of a `select` those of its comparison first. */
export function forEachRead(program: Program, id: Id, visit: (operand: Id) => void): void {
  const { starts, operands } = program;
  const comparison = decidingComparison(program, id);
  if (comparison !== undefined) forEachRead(program, comparison, visit);
  const end = starts[id + 1]!;
  for (let k = starts[id]! + (comparison === undefined ? 0 : 1); k < end; k++) visit(operands[k]!);
}

/** Whether a result is somewhere without code that puts it there. */
export function isInMemory({ codes }: Program, id: Id): boolean {
  const code = codes[id];
  return code === "element" || code === "input" || code === "constant";
}
