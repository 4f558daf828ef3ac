import type { Op } from "../../op.ts";
import { isComparison } from "../comparisons.ts";
import type { Code, ValueType } from "../wasm/code.ts";
import { isOnArray, LEAF, type Pattern, type PatternId, SCALE, SUM } from "./patterns.ts";
import type { Plan } from "./plan.ts";

/** Byte addresses of a replay. */
export interface Layout {
  readonly outputsAt: number;
  readonly resultsAt: number;
  /** Where the operands of an imported function of any number of them are put. */
  readonly argumentsAt: number;
  readonly wordsAt: number;
}

/** The address of the next word. */
const WORD = 0;
/** The address of the next result. */
const RESULT = 1;
/** How many results the run still makes. */
const COUNT = 2;
/** Of an operation on an array: how many operands there are, how many are still to be put, and where. */
const OPERANDS = 3;
const WAITING = 4;
const ARGUMENT = 5;
/** The first factors of scales, one within the other. */
const FACTORS = 6;

/** Writes the function that goes through the table: a loop for each pattern, and one around them all. */
export function emitReplay(
  code: Code,
  { patterns, parts, outputs }: Plan,
  { outputsAt, resultsAt, argumentsAt, wordsAt }: Layout,
  imports: ReadonlyMap<Op, number>,
): readonly ValueType[] {
  code.i32(wordsAt).emit("local.set", WORD);
  code.i32(resultsAt).emit("local.set", RESULT);
  code.begin("block").begin("loop");
  for (let i = 0; i < patterns.length; i++) code.begin("block");
  loadWord(code, 4);
  code.emit("local.set", COUNT);
  loadWord(code, 0);
  advance(code, WORD, 8);
  // Label k ends the block before the code of pattern k; the last leaves all.
  code.branchTable([...patterns.keys()], patterns.length + 1);
  const writer = new PatternWriter(code, parts, imports, argumentsAt);
  for (const [index, pattern] of patterns.entries()) {
    code.emit("end").begin("loop");
    writer.write(pattern);
    advance(code, RESULT, 8);
    decrement(code, COUNT);
    code.emit("br_if", 0).emit("end");
    code.emit("br", patterns.length - 1 - index);
  }
  code.emit("end").emit("end");
  if (outputs.length > 0) {
    code.i32(outputsAt).emit("local.set", RESULT).i32(outputs.length).emit("local.set", COUNT).begin("loop");
    writer.write(parts[LEAF]!);
    advance(code, RESULT, 8);
    decrement(code, COUNT);
    code.emit("br_if", 0).emit("end");
  }
  const integers = Array.from({ length: FACTORS }, (): ValueType => "i32");
  return [...integers, ...Array.from({ length: writer.factors }, (): ValueType => "f64")];
}

class PatternWriter {
  /** How many factors are kept at a time at most. */
  factors = 0;
  readonly #code: Code;
  readonly #parts: readonly Pattern[];
  readonly #imports: ReadonlyMap<Op, number>;
  readonly #argumentsAt: number;
  #factor = 0;

  constructor(code: Code, parts: readonly Pattern[], imports: ReadonlyMap<Op, number>, argumentsAt: number) {
    this.#code = code;
    this.#parts = parts;
    this.#imports = imports;
    this.#argumentsAt = argumentsAt;
  }

  /** Writes what makes one result from the next words, and goes past them. */
  write(pattern: Pattern): void {
    this.#code.emit("local.get", RESULT);
    if (pattern.op === SUM) this.#pushSum();
    else if (isOnArray(pattern.op)) this.#pushOnArray(pattern.op as Op);
    else this.#push(pattern, 0);
    this.#code.access("f64.store", 0);
    advance(this.#code, WORD, 4 * pattern.leaves);
  }

  /** Puts the result of a pattern on the stack, whose operands are those from word number `at` on. */
  #push({ kind, value, op, operands }: Pattern, at: number): void {
    if (kind === "leaf") loadNumber(this.#code, 4 * at);
    else if (kind === "constant") this.#code.f64(value);
    else if (op === SCALE) this.#pushScale(operands, at);
    else this.#pushOperation(op as Op, operands, at);
  }

  #pushAll(operands: readonly PatternId[], at: number): void {
    let next = at;
    for (const operand of operands) {
      this.#push(this.#parts[operand]!, next);
      next += this.#parts[operand]!.leaves;
    }
  }

  #pushScale(operands: readonly PatternId[], at: number): void {
    const code = this.#code;
    const [a, b] = operands.map((operand) => this.#parts[operand]!) as [Pattern, Pattern];
    const factor = FACTORS + this.#factor++;
    this.factors = Math.max(this.factors, this.#factor);
    this.#push(a, at);
    code.emit("local.set", factor).f64(0).emit("local.get", factor);
    this.#push(b, at + a.leaves);
    code.emit("f64.mul").emit("local.get", factor).f64(0).emit("f64.eq").emit("select");
    this.#factor--;
  }

  #pushOperation(op: Op, operands: readonly PatternId[], at: number): void {
    const code = this.#code;
    if (op.instruction === "select") {
      const condition = this.#parts[operands[0]!]!;
      this.#pushAll(operands.slice(1), at + condition.leaves);
      this.#pushCondition(condition, at);
      code.emit("select");
      return;
    }
    this.#pushAll(operands, at);
    if (op.instruction === undefined) code.emit("call", this.#imports.get(op)!);
    else code.emit(`f64.${op.instruction}`);
    if (isComparison(op)) code.emit("f64.convert_i32_u");
  }

  /** Puts an i32 on the stack: whether a `select` takes its second operand. */
  #pushCondition(condition: Pattern, at: number): void {
    const { op, operands } = condition;
    if (typeof op === "object" && isComparison(op)) {
      this.#pushAll(operands, at);
      this.#code.emit(`f64.${op.instruction as "eq"}`);
    } else {
      this.#push(condition, at);
      this.#code.f64(0).emit("f64.ne");
    }
  }

  /** The first word says how many terms there are. */
  #pushSum(): void {
    const code = this.#code;
    const sum = FACTORS + this.#factor;
    this.factors = Math.max(this.factors, 1);
    loadWord(code, 0);
    code.emit("local.set", WAITING);
    loadNumber(code, 4);
    code.emit("local.set", sum);
    advance(code, WORD, 8);
    code.emit("local.get", WAITING).i32(-1).emit("i32.add").emit("local.set", WAITING);
    code.begin("loop").emit("local.get", sum);
    loadNumber(code, 0);
    code.emit("f64.add").emit("local.set", sum);
    advance(code, WORD, 4);
    decrement(code, WAITING);
    code.emit("br_if", 0).emit("end").emit("local.get", sum);
  }

  /** The first word says how many operands there are. */
  #pushOnArray(op: Op): void {
    const code = this.#code;
    loadWord(code, 0);
    code.emit("local.tee", OPERANDS).emit("local.set", WAITING);
    advance(code, WORD, 4);
    code.i32(this.#argumentsAt).emit("local.set", ARGUMENT);
    code.begin("block").emit("local.get", OPERANDS).emit("i32.eqz").emit("br_if", 0).begin("loop");
    code.emit("local.get", ARGUMENT);
    loadNumber(code, 0);
    code.access("f64.store", 0);
    advance(code, WORD, 4);
    advance(code, ARGUMENT, 8);
    decrement(code, WAITING);
    code.emit("br_if", 0).emit("end").emit("end");
    code.i32(this.#argumentsAt).emit("local.get", OPERANDS).emit("call", this.#imports.get(op)!);
  }
}

function advance(code: Code, local: number, bytes: number): void {
  if (bytes > 0) code.emit("local.get", local).i32(bytes).emit("i32.add").emit("local.set", local);
}

/** Leaves what remains on the stack, too. */
function decrement(code: Code, local: number): void {
  code.emit("local.get", local).i32(-1).emit("i32.add").emit("local.tee", local);
}

/** Puts the number on the stack whose address is `offset` bytes after the next word. */
function loadNumber(code: Code, offset: number): void {
  loadWord(code, offset);
  code.access("f64.load", 0);
}

function loadWord(code: Code, offset: number): void {
  code.emit("local.get", WORD).access("i32.load", offset);
}
