import type { Id, Program } from "./program.ts";

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
