import { evaluate } from "../apply.ts";
import type { Op } from "../op.ts";
import type { Id, Loop, Program, Source } from "./program.ts";
import { simplified } from "./simplify.ts";

/**
 * Writes a {@link Program}. An instruction that is there already is not written again; one whose operands are constants
 * becomes a constant; and each goes into the outermost body in which its operands are known.
 */
export class Builder {
  readonly codes: (Op | Source)[] = [];
  readonly starts: number[] = [0];
  readonly operands: Id[] = [];
  readonly immediates: number[] = [];
  readonly seconds: number[] = [];
  readonly loops: Loop[] = [];
  /** The bodies being written, outermost first. */
  readonly #bodies: Id[][] = [[]];
  /** Per instruction: the number of the body that it is in, from 0 for the outermost. */
  readonly #depths: number[] = [];
  readonly #constants = new Map<number | string, Id>();
  /** Operations by hash, at the first free place from there on; −1 is free. */
  #table = new Int32Array(1024).fill(-1);
  /** The hash of each, which saves looking at others, and looking at all when the table grows. */
  #hashes = new Int32Array(1024);
  #tableSize = 0;
  readonly #opNumbers = new Map<Op, number>();

  constant(x: number): Id {
    const key = Object.is(x, -0) ? "-0" : x;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const id = this.#write("constant", [], x, 0, 0);
    this.#constants.set(key, id);
    return id;
  }

  input(index: number): Id {
    return this.#write("input", [], index, 0, 0);
  }

  /** What an operation gives for earlier results. */
  apply(op: Op, operands: readonly Id[]): Id {
    let depth = 0;
    let isConstant = true;
    for (let i = 0; i < operands.length; i++) {
      const id = operands[i]!;
      if (this.codes[id] !== "constant") isConstant = false;
      if (this.#depths[id]! > depth) depth = this.#depths[id]!;
    }
    if (isConstant) {
      const numbers = operands.map((id) => this.immediates[id]!);
      return this.constant(evaluate(op, numbers));
    }
    return simplified(this, op, operands) ?? this.#unique(op, operands, depth);
  }

  /** The number of a constant; `undefined` for any other instruction. */
  constantAt(id: Id): number | undefined {
    return this.codes[id] === "constant" ? this.immediates[id] : undefined;
  }

  /** Starts the body of a loop. */
  openBody(): void {
    this.#bodies.push([]);
  }

  column(index: number): Id {
    return this.#write("column", [], index, 0, this.#bodies.length - 1);
  }

  carry(index: number): Id {
    return this.#write("carry", [], index, 0, this.#bodies.length - 1);
  }

  /** Ends the body, and runs the loop in the body around it. */
  closeBody(loop: Omit<Loop, "body">): Id {
    const body = this.#bodies.pop()!;
    const index = this.loops.push({ ...loop, body }) - 1;
    return this.#write("loop", [], index, 0, this.#bodies.length - 1);
  }

  /** A result of the loop that `run` runs. */
  resultOf(run: Id, kind: "sum" | "final" | "element", immediate: number, stack = 0): Id {
    return this.#write(kind, [run], immediate, stack, this.#depths[run]!);
  }

  finish(inputCount: number, outputs: readonly Id[]): Program {
    const { codes, starts, operands, immediates, seconds, loops } = this;
    return {
      inputCount,
      codes,
      starts,
      operands,
      immediates,
      seconds,
      loops,
      body: this.#bodies[0]!,
      outputs,
    };
  }

  #write(code: Op | Source, operands: readonly Id[], immediate: number, second: number, depth: number): Id {
    const id = this.codes.length;
    this.codes.push(code);
    for (const operand of operands) this.operands.push(operand);
    this.starts.push(this.operands.length);
    this.immediates.push(immediate);
    this.seconds.push(second);
    this.#depths.push(depth);
    this.#bodies[depth]!.push(id);
    return id;
  }

  /** The instruction with this operation and these operands, written if it is not there. */
  #unique(op: Op, operands: readonly Id[], depth: number): Id {
    if (2 * this.#tableSize > this.#table.length) this.#grow();
    const mask = this.#table.length - 1;
    const hash = this.#hash(op, operands);
    let at = hash & mask;
    for (let id = this.#table[at]!; id >= 0; at = (at + 1) & mask, id = this.#table[at]!) {
      if (this.#hashes[at] === hash && this.#isSame(id, op, operands)) return id;
    }
    const id = this.#write(op, operands, 0, 0, depth);
    this.#table[at] = id;
    this.#hashes[at] = hash;
    this.#tableSize++;
    return id;
  }

  #isSame(id: Id, op: Op, operands: readonly Id[]): boolean {
    const start = this.starts[id]!;
    if (this.codes[id] !== op || this.starts[id + 1]! - start !== operands.length) return false;
    for (let i = 0; i < operands.length; i++) if (this.operands[start + i] !== operands[i]) return false;
    return true;
  }

  #hash(op: Op, operands: readonly Id[]): number {
    let number = this.#opNumbers.get(op);
    if (number === undefined) {
      number = this.#opNumbers.size;
      this.#opNumbers.set(op, number);
    }
    let hash = number + 1;
    for (const operand of operands) hash = Math.imul(hash ^ operand, 0x9e3779b1) ^ (hash >>> 15);
    return hash ^ (hash >>> 13);
  }

  #grow(): void {
    const [oldTable, oldHashes] = [this.#table, this.#hashes];
    const length = 4 * oldTable.length;
    this.#table = new Int32Array(length).fill(-1);
    this.#hashes = new Int32Array(length);
    for (let i = 0; i < oldTable.length; i++) {
      if (oldTable[i]! < 0) continue;
      let at = oldHashes[i]! & (length - 1);
      while (this.#table[at]! >= 0) at = (at + 1) & (length - 1);
      this.#table[at] = oldTable[i]!;
      this.#hashes[at] = oldHashes[i]!;
    }
  }
}
