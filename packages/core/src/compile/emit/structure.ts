import type { Op } from "../../op.ts";
import type { Id, Program, Source } from "../program.ts";

/** A body: 0 is the program's own, k + 1 that of loop k. */
export type Body = number;

/** Which instruction is where in a program. */
export interface Structure {
  /** Per instruction: its body. */
  readonly bodyOf: Int32Array;
  /** Per loop: the instruction that runs it, −1 if none does. */
  readonly runners: Int32Array;
}

export function structureOf(program: Program): Structure {
  const bodyOf = new Int32Array(program.codes.length).fill(-1);
  const runners = new Int32Array(program.loops.length).fill(-1);
  for (let body = 0; body <= program.loops.length; body++) {
    const ids = bodyAt(program, body);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      bodyOf[id] = body;
      if (program.codes[id] === "loop") runners[program.immediates[id]!] = id;
    }
  }
  return { bodyOf, runners };
}

export function bodyAt(program: Program, body: Body): readonly Id[] {
  return body === 0 ? program.body : program.loops[body - 1]!.body;
}

/** The number of the loop whose body this is. */
export function loopOf(body: Body): number {
  return body - 1;
}

/** The body of a loop. */
export function bodyOfLoop(loop: number): Body {
  return loop + 1;
}

/** The body that runs a loop. */
export function enclosing(structure: Structure, loop: number): Body {
  return structure.bodyOf[structure.runners[loop]!]!;
}

/** The number of the loop that an instruction runs or takes a result of. */
export function loopNumberOf(program: Program, id: Id): number {
  const runner = program.codes[id] === "loop" ? id : program.operands[program.starts[id]!]!;
  return program.immediates[runner]!;
}

/** The operation of an instruction, if it is one. */
export function operationOf(program: Program, id: Id): Op | undefined {
  const code: Op | Source = program.codes[id]!;
  return typeof code === "string" ? undefined : code;
}

/** Whether a result is somewhere without code that puts it there. */
export function isInMemory({ codes }: Program, id: Id): boolean {
  const code = codes[id];
  return code === "element" || code === "input" || code === "constant";
}

const comparisons: ReadonlySet<string | undefined> = new Set(["gt", "ge", "lt", "le", "eq", "ne"]);

export function isComparison(op: Op): boolean {
  return comparisons.has(op.instruction);
}

/** The comparison that decides a `select`, made where the `select` is; `undefined` if a number decides. */
export function decidingComparison(program: Program, id: Id): Id | undefined {
  if (operationOf(program, id)?.instruction !== "select") return undefined;
  const condition = program.operands[program.starts[id]!]!;
  const op = operationOf(program, condition);
  return op !== undefined && isComparison(op) ? condition : undefined;
}

/** Visits the results that the code of an instruction reads: its operands, of a `select` those of its comparison first. */
export function forEachRead(program: Program, id: Id, visit: (operand: Id) => void): void {
  const { starts, operands } = program;
  const comparison = decidingComparison(program, id);
  if (comparison !== undefined) forEachRead(program, comparison, visit);
  const end = starts[id + 1]!;
  for (let k = starts[id]! + (comparison === undefined ? 0 : 1); k < end; k++) visit(operands[k]!);
}

/** How many operands an instruction has. */
export function operandCount({ starts }: Program, id: Id): number {
  return starts[id + 1]! - starts[id]!;
}
