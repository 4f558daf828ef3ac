import type { Program } from "../program.ts";
import { type Body, bodyAt, bodyOfLoop, loopOf } from "../structure.ts";
import type { Lanes } from "./lanes.ts";

/** What the writer of code may decide otherwise. */
export interface EmitOptions {
  /** Whether rows of loops without carries go side by side in vectors (the default). */
  readonly simd?: boolean;
  /** How many rows go side by side, rather than as many as suit the loop. */
  readonly lanes?: 2 | 4 | 8;
  /** How many operations, roughly, a function has before it is cut, rather than as many as suit the body. */
  readonly functionSize?: number;
  /** Whether the module computes `exp`, `tanh` and the like itself (the default), rather than call JavaScript. */
  readonly maths?: boolean;
}

/** How many vectors the rows of a loop without carries are spread over; 0 for one row at a time. */
export function vectorsFor(program: Program, { simd = true, lanes }: EmitOptions): (loop: number) => number {
  const lengths = lengthsOf(program);
  return (loop) => {
    const { count } = program.loops[loop]!;
    if (!simd || count < 2) return 0;
    const body = bodyOfLoop(loop);
    let vectors = lanes === undefined ? vectorsForBody(program, lengths, body) : lanes / 2;
    while (2 * vectors > count) vectors /= 2;
    return vectors;
  };
}

/**
 * Several vectors keep the processor busy while the additions of a sum, or a recurrence, wait for each other, and
 * share what they load. Long bodies have enough to do anyway, and each vector makes them longer; but of a body with
 * loops, they are what matters, and those are short. There two vectors of each of four sums, as of four dot products at
 * a time, are what fits into 16 registers. Bodies that store results spill sooner: with 20 to 40 instructions two vectors
 * take 0.8 to 0.9 of the time of four.
 */
function vectorsForBody(program: Program, lengths: Float64Array, body: Body): number {
  const { stacks } = program.loops[loopOf(body)]!;
  if (lengths[body]! <= (stacks.length > 0 ? 16 : 40)) return 4;
  const hasLoops = bodyAt(program, body).some((id) => program.codes[id] === "loop");
  return hasLoops || lengths[body]! <= 1000 ? 2 : 1;
}

/** Per body: its instructions, those of the loops in it included. */
function lengthsOf(program: Program): Float64Array {
  const lengths = new Float64Array(program.loops.length + 1);
  const measure = (body: Body) => {
    for (const id of bodyAt(program, body)) {
      lengths[body]! += 1;
      if (program.codes[id] !== "loop") continue;
      const inner = bodyOfLoop(program.immediates[id]!);
      measure(inner);
      lengths[body]! += lengths[inner]!;
    }
  };
  measure(0);
  return lengths;
}

/**
 * V8 keeps loads in order and puts off arithmetic until a store needs it. Of a long body in lanes it would load all
 * that is read before it computes, and spill most of that; where a function ends, results are stored. Numbers that
 * are not in lanes can be operands from memory, and for them longer functions are faster.
 */
export function functionSizeFor({ vectors }: Lanes, { functionSize }: EmitOptions): (body: Body) => number {
  return (body) => functionSize ?? (vectors[body]! > 0 ? 600 * vectors[body]! : 4000);
}
