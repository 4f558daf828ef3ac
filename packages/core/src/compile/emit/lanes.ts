import { type Column, type Id, loopNumberOf, operationOf, type Program } from "../program.ts";
import { type Body, bodyAt, bodyOfLoop, loopOf } from "../structure.ts";
import { forEachRead } from "./reads.ts";

/** Which loops take several rows at a time, side by side in the lanes of vectors of two. */
export interface Lanes {
  /** Per body: how many vectors hold a number, one lane per row; 0 where rows go one by one. */
  readonly vectors: Uint8Array;
  /** Per loop: whether its own rows are side by side, rather than those of a loop around it. */
  readonly distributes: Uint8Array;
  /** Per instruction: whether the result differs between lanes. Else it is one number. */
  readonly varies: Uint8Array;
  /** Per loop and carry: whether it differs between lanes. */
  readonly carriesVary: readonly Uint8Array[];
}

/** How many vectors the rows of a loop without carries should be spread over; 0 for one row at a time. */
export type ChooseVectors = (loop: number) => number;

/** A loop without carries is spread over lanes; loops in its body run once for all lanes. */
export function lanesOf(program: Program, choose: ChooseVectors): Lanes {
  const vectors = new Uint8Array(program.loops.length + 1);
  const distributes = new Uint8Array(program.loops.length);
  const decide = (body: Body) => {
    for (const id of bodyAt(program, body)) {
      if (program.codes[id] !== "loop") continue;
      const loop = program.immediates[id]!;
      const inner = bodyOfLoop(loop);
      const isParallel = program.loops[loop]!.inits.length === 0;
      if (vectors[body]! > 0) vectors[inner] = vectors[body]!;
      else if (isParallel) {
        vectors[inner] = choose(loop);
        distributes[loop] = vectors[inner]! > 0 ? 1 : 0;
      }
      decide(inner);
    }
  };
  decide(0);
  return { vectors, distributes, ...new Variation(program, vectors, distributes).find() };
}

/** Finds which results differ between lanes. */
class Variation {
  readonly #varies: Uint8Array;
  /** Per loop and carry. */
  readonly #carries: Uint8Array[];

  readonly program: Program;
  readonly vectors: Uint8Array;
  readonly distributes: Uint8Array;

  constructor(program: Program, vectors: Uint8Array, distributes: Uint8Array) {
    this.program = program;
    this.vectors = vectors;
    this.distributes = distributes;
    this.#varies = new Uint8Array(program.codes.length);
    this.#carries = program.loops.map((loop) => new Uint8Array(loop.inits.length));
  }

  find(): Pick<Lanes, "varies" | "carriesVary"> {
    this.#visit(0);
    return { varies: this.#varies, carriesVary: this.#carries };
  }

  #visit(body: Body): void {
    for (const id of bodyAt(this.program, body)) {
      if (this.program.codes[id] === "loop") this.#visitLoop(this.program.immediates[id]!, body);
      else if (this.vectors[body]! > 0) this.#varies[id] = this.#doesVary(id, body) ? 1 : 0;
    }
  }

  #visitLoop(loop: number, body: Body): void {
    const { inits, nexts } = this.program.loops[loop]!;
    const carries = this.#carries[loop]!;
    for (let k = 0; k < inits.length; k++) carries[k] = this.#varies[inits[k]!]!;
    this.#visit(bodyOfLoop(loop));
    if (this.vectors[body] === 0 || !nexts.some((next, k) => this.#varies[next]! > carries[k]!)) return;
    // Carries that begin equal in all lanes part ways; which of them is not worth finding out.
    carries.fill(1);
    this.#visit(bodyOfLoop(loop));
  }

  #doesVary(id: Id, body: Body): boolean {
    const { program } = this;
    const index = program.immediates[id]!;
    switch (program.codes[id]) {
      case "input":
      case "constant":
        return false;
      case "column": {
        const loop = loopOf(body);
        return this.distributes[loop] === 1 || this.#isWide(program.loops[loop]!.columns[index]!);
      }
      case "carry":
        return this.#carries[loopOf(body)]![index] === 1;
      case "final":
        return this.#carries[loopNumberOf(program, id)]![index] === 1;
      case "sum": {
        const loop = loopNumberOf(program, id);
        const summed = program.loops[loop]!.sums[index]!;
        // An element that is summed in a run may be in no body.
        if (program.codes[summed] === "element")
          return this.#isWithinLanes(loop) && this.#doesVary(summed, body);
        return this.#isWithinLanes(loop) && this.#varies[summed] === 1;
      }
      case "element":
        return this.#isWideStack(loopNumberOf(program, id), program.seconds[id]!);
      default:
        return operationOf(program, id) !== undefined && this.#readsVarying(id);
    }
  }

  #readsVarying(id: Id): boolean {
    let varies = false;
    forEachRead(this.program, id, (operand) => {
      varies ||= this.#varies[operand] === 1;
    });
    return varies;
  }

  #isWide(column: Column): boolean {
    if (column.kind === "stack") return this.#isWideStack(column.loop, column.stack);
    return column.kind === "list" && column.ids.some((id) => this.#varies[id] === 1);
  }

  #isWideStack(loop: number, stack: number): boolean {
    return this.#isWithinLanes(loop) && this.#varies[this.program.loops[loop]!.stacks[stack]!] === 1;
  }

  #isWithinLanes(loop: number): boolean {
    return this.vectors[bodyOfLoop(loop)]! > 0 && this.distributes[loop] === 0;
  }
}
