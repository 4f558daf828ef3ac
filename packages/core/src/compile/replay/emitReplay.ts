import type { Op } from "../../op.ts";
import { Locals } from "../emit/locals.ts";
import type { Memory } from "../emit/memory.ts";
import type { Maths } from "../math/maths.ts";
import { Code } from "../wasm/code.ts";
import type { FunctionDefinition } from "../wasm/encoder.ts";
import { PairWriter } from "./pairWriter.ts";
import { isOnArray, type Pattern, SUM } from "./patterns.ts";
import type { Plan } from "./plan.ts";

/** What the code of a replay refers to. */
export interface Surroundings {
  readonly memory: Memory;
  readonly maths: Maths;
  readonly imports: ReadonlyMap<Op, number>;
  /** Byte addresses. */
  readonly outputsAt: number;
  readonly resultsAt: number;
  /** Where the operands of an imported function of any number of them are put. */
  readonly argumentsAt: number;
  readonly wordsAt: number;
}

/** Writes the function that goes through the table: a loop for each pattern, and one around them all. */
export function emitReplay(plan: Plan, surroundings: Surroundings): FunctionDefinition {
  const writer = new ReplayWriter(plan, surroundings);
  writer.write();
  return { signature: { params: [], results: [] }, locals: writer.locals.types, code: writer.code };
}

class ReplayWriter {
  readonly code: Code = new Code();
  readonly locals: Locals = new Locals([]);
  readonly #plan: Plan;
  readonly #surroundings: Surroundings;
  readonly #pairs: PairWriter;
  /** The local with the address of the next word. */
  readonly #word = this.locals.take("i32");
  /** That of the next result. */
  readonly #result = this.locals.take("i32");
  /** How many times the pass of a run is still to be made. */
  readonly #count = this.locals.take("i32");

  constructor(plan: Plan, surroundings: Surroundings) {
    this.#plan = plan;
    this.#surroundings = surroundings;
    this.#pairs = new PairWriter(this.code, this.locals, this.#word, plan.parts, surroundings);
  }

  write(): void {
    const { code } = this;
    const { patterns, outputs } = this.#plan;
    const { wordsAt, resultsAt, outputsAt } = this.#surroundings;
    code.i32(wordsAt).emit("local.set", this.#word);
    code.i32(resultsAt).emit("local.set", this.#result);
    code.begin("block").begin("loop");
    for (let i = 0; i < patterns.length; i++) code.begin("block");
    this.#loadWord(4);
    code.emit("local.set", this.#count);
    this.#loadWord(0);
    this.#advance(this.#word, 8);
    // Label k ends the block before the code of pattern k; the last leaves all.
    code.branchTable([...patterns.keys()], patterns.length + 1);
    for (const [index, pattern] of patterns.entries()) {
      code.emit("end");
      this.#repeat(this.#count, () => this.#pass(pattern));
      code.emit("br", patterns.length - 1 - index);
    }
    code.emit("end").emit("end");
    if (outputs.length === 0) return;
    code.i32(outputsAt).emit("local.set", this.#result).i32(outputs.length).emit("local.set", this.#count);
    this.#repeat(this.#count, () => {
      code.emit("local.get", this.#result);
      this.#loadNumber(0);
      code.access("f64.store", 0);
      this.#advance(this.#word, 4);
      this.#advance(this.#result, 8);
    });
  }

  /** Writes what makes two results, or one of any number of operands, from the next words, and goes past them. */
  #pass(pattern: Pattern): void {
    const { code } = this;
    code.emit("local.get", this.#result);
    if (isOnArray(pattern.op)) {
      if (pattern.op === SUM) this.#pushSum();
      else this.#pushOnArray(pattern.op as Op);
      code.access("f64.store", 0);
      this.#advance(this.#result, 8);
      return;
    }
    this.#pairs.push(pattern);
    code.access("v128.store", 0);
    this.#advance(this.#word, 8 * pattern.leaves);
    this.#advance(this.#result, 16);
  }

  /** The first word says how many terms there are. */
  #pushSum(): void {
    const { code } = this;
    const waiting = this.locals.take("i32");
    const sum = this.locals.take("f64");
    this.#loadWord(0);
    code.i32(-1).emit("i32.add").emit("local.set", waiting);
    this.#loadNumber(4);
    code.emit("local.set", sum);
    this.#advance(this.#word, 8);
    this.#repeat(waiting, () => {
      code.emit("local.get", sum);
      this.#loadNumber(0);
      code.emit("f64.add").emit("local.set", sum);
      this.#advance(this.#word, 4);
    });
    code.emit("local.get", sum);
    this.locals.give(waiting);
    this.locals.give(sum);
  }

  /** The first word says how many operands there are. */
  #pushOnArray(op: Op): void {
    const { code } = this;
    const { argumentsAt, imports } = this.#surroundings;
    const [operands, waiting, argument] = this.locals.takeAll("i32", 3) as [number, number, number];
    this.#loadWord(0);
    code.emit("local.tee", operands).emit("local.set", waiting);
    this.#advance(this.#word, 4);
    code.i32(argumentsAt).emit("local.set", argument);
    code.begin("block").emit("local.get", operands).emit("i32.eqz").emit("br_if", 0);
    this.#repeat(waiting, () => {
      code.emit("local.get", argument);
      this.#loadNumber(0);
      code.access("f64.store", 0);
      this.#advance(this.#word, 4);
      this.#advance(argument, 8);
    });
    code.emit("end").i32(argumentsAt).emit("local.get", operands).emit("call", imports.get(op)!);
    for (const local of [operands, waiting, argument]) this.locals.give(local);
  }

  /** Writes a loop of at least one round, that counts a local down to 0. */
  #repeat(count: number, writeRound: () => void): void {
    const { code } = this;
    code.begin("loop");
    writeRound();
    code.emit("local.get", count).i32(-1).emit("i32.add").emit("local.tee", count);
    code.emit("br_if", 0).emit("end");
  }

  #advance(local: number, bytes: number): void {
    if (bytes > 0) this.code.emit("local.get", local).i32(bytes).emit("i32.add").emit("local.set", local);
  }

  /** Puts the number on the stack whose address is `offset` bytes after the next word. */
  #loadNumber(offset: number): void {
    this.#loadWord(offset);
    this.code.access("f64.load", 0);
  }

  #loadWord(offset: number): void {
    this.code.emit("local.get", this.#word).access("i32.load", offset);
  }
}
