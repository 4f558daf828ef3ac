import type { Op } from "../../op.ts";
import { isComparison } from "../comparisons.ts";
import type { Locals } from "../emit/locals.ts";
import type { Code } from "../wasm/code.ts";
import type { Surroundings } from "./emitReplay.ts";
import { type Pattern, type PatternId, SCALE } from "./patterns.ts";

const zeros = new Uint8Array(16);

/**
 * Writes what makes two results of a pattern side by side in a vector: from the next words one, from those after them
 * the other. What depends on a comparison is taken by masks, where V8 makes branches of a `select` of numbers. One number
 * at a time, with branches, the gradient of an irregular graph takes 1.7 times as long; with masks 1.2 times.
 */
export class PairWriter {
  readonly #code: Code;
  readonly #locals: Locals;
  /** The local with the address of the next word. */
  readonly #word: number;
  readonly #parts: readonly Pattern[];
  readonly #surroundings: Surroundings;

  constructor(
    code: Code,
    locals: Locals,
    word: number,
    parts: readonly Pattern[],
    surroundings: Surroundings,
  ) {
    this.#code = code;
    this.#locals = locals;
    this.#word = word;
    this.#parts = parts;
    this.#surroundings = surroundings;
  }

  /** Puts the results of a pattern on the stack. */
  push(pattern: Pattern): void {
    this.#push(pattern, 0, pattern.leaves);
  }

  /** The operands are those from word number `at` on; those of the second result come `step` words later. */
  #push({ kind, value, op, operands }: Pattern, at: number, step: number): void {
    if (kind === "leaf") this.#pushNumbers(at, at + step);
    else if (kind === "constant") this.#pushConstant(value);
    else if (op === SCALE) this.#pushScale(operands, at, step);
    else this.#pushOperation(op as Op, operands, at, step);
  }

  #pushAll(operands: readonly PatternId[], at: number, step: number): void {
    let next = at;
    for (const operand of operands) {
      this.#push(this.#parts[operand]!, next, step);
      next += this.#parts[operand]!.leaves;
    }
  }

  #pushNumbers(first: number, second: number): void {
    const code = this.#code;
    code.emit("local.get", this.#word).access("i32.load", 4 * second);
    code.emit("local.get", this.#word).access("i32.load", 4 * first);
    code.access("v128.load64_zero", 0).access("v128.load64_lane", 0, 1);
  }

  #pushConstant(value: number): void {
    this.#code.i32(0).access("v128.load64_splat", this.#surroundings.memory.constant(value));
  }

  #pushScale(operands: readonly PatternId[], at: number, step: number): void {
    const code = this.#code;
    const [a, b] = operands.map((operand) => this.#parts[operand]!) as [Pattern, Pattern];
    const factor = this.#locals.take("v128");
    this.#push(a, at, step);
    code.emit("local.tee", factor);
    this.#push(b, at + a.leaves, step);
    code.emit("f64x2.mul").emit("local.get", factor).v128(zeros).emit("f64x2.eq").emit("v128.andnot");
    this.#locals.give(factor);
  }

  #pushOperation(op: Op, operands: readonly PatternId[], at: number, step: number): void {
    const code = this.#code;
    if (op.instruction === undefined) this.#pushCall(op, operands, at, step);
    else if (op.instruction === "select") {
      const condition = this.#parts[operands[0]!]!;
      this.#pushAll(operands.slice(1), at + condition.leaves, step);
      this.#pushMask(condition, at, step);
      code.emit("v128.bitselect");
    } else {
      this.#pushAll(operands, at, step);
      code.emit(`f64x2.${op.instruction}`);
      if (!isComparison(op)) return;
      this.#pushConstant(1);
      code.emit("v128.and");
    }
  }

  /** Puts all bits on the stack where a `select` takes its second operand. */
  #pushMask(condition: Pattern, at: number, step: number): void {
    const { op, operands } = condition;
    if (typeof op === "object" && isComparison(op)) {
      this.#pushAll(operands, at, step);
      this.#code.emit(`f64x2.${op.instruction as "eq"}`);
    } else {
      this.#push(condition, at, step);
      this.#code.v128(zeros).emit("f64x2.ne");
    }
  }

  /** Calls the module's own function of vectors, or else one of numbers twice. */
  #pushCall(op: Op, operands: readonly PatternId[], at: number, step: number): void {
    const code = this.#code;
    const { maths, imports } = this.#surroundings;
    this.#pushAll(operands, at, step);
    if (maths.has(op, 2)) {
      code.emit("call", imports.size + 1 + maths.numberOf(op, 2));
      return;
    }
    const locals = this.#locals.takeAll("v128", operands.length);
    for (const local of locals.toReversed()) code.emit("local.set", local);
    for (const lane of [0, 1]) {
      for (const local of locals) code.emit("local.get", local).emit("f64x2.extract_lane", lane);
      code.emit("call", imports.get(op)!);
      if (lane === 0) code.emit("f64x2.splat");
      else code.emit("f64x2.replace_lane", 1);
    }
    for (const local of locals) this.#locals.give(local);
  }
}
