import { Bytes } from "./bytes.ts";
import { type InstructionName, opcodes } from "./opcodes.ts";

/** The type of a WebAssembly value. */
export type ValueType = "i32" | "i64" | "f64" | "v128";

/** The byte of each type, and of a block without a result. */
export const typeBytes: Readonly<Record<ValueType | "void", number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f64: 0x7c,
  v128: 0x7b,
  void: 0x40,
};

/** Of accesses that are not of 8 bytes: of how many, as a power of two. */
const alignments: ReadonlyMap<InstructionName, number> = new Map([
  ["i32.load", 2],
  ["v128.load", 4],
  ["v128.store", 4],
]);

/** The instructions of one function. */
export class Code {
  readonly bytes: Bytes = new Bytes();

  /** An instruction with the indices that follow it: of a local, a function, a label, a lane or memories. */
  emit(name: InstructionName, index?: number, second?: number): this {
    this.#opcode(name);
    if (index !== undefined) this.bytes.u32(index);
    if (second !== undefined) this.bytes.u32(second);
    return this;
  }

  /** `block`, `loop` or `if`, without a result. */
  begin(name: "block" | "loop" | "if"): this {
    this.#opcode(name);
    this.bytes.byte(typeBytes.void);
    return this;
  }

  /** `br_table`: to the label that the number on the stack counts to, or to the last. */
  branchTable(labels: readonly number[], last: number): this {
    this.#opcode("br_table");
    this.bytes.vector(labels, (label) => this.bytes.u32(label)).u32(last);
    return this;
  }

  /** A load or store at the address on the stack plus `offset`; of one lane if that is given. */
  access(name: InstructionName, offset: number, lane?: number): this {
    this.#opcode(name);
    this.bytes.u32(alignments.get(name) ?? 3).u32(offset);
    if (lane !== undefined) this.bytes.byte(lane);
    return this;
  }

  i32(value: number): this {
    this.#opcode("i32.const");
    this.bytes.s32(value);
    return this;
  }

  /** An `i64.const`, of a number of 32 bits. */
  i64(value: number): this {
    this.#opcode("i64.const");
    this.bytes.s32(value);
    return this;
  }

  f64(value: number): this {
    this.#opcode("f64.const");
    this.bytes.f64(value);
    return this;
  }

  /** A `v128.const` with these bytes. */
  v128(bytes: Uint8Array): this {
    this.#opcode("v128.const");
    this.bytes.append(bytes);
    return this;
  }

  /** Takes bytes of two vectors: 0 to 15 are those of the first. */
  shuffle(bytes: Uint8Array): this {
    this.#opcode("i8x16.shuffle");
    this.bytes.append(bytes);
    return this;
  }

  #opcode(name: InstructionName): void {
    const opcode: number = opcodes[name];
    if (opcode < 0x1000) this.bytes.byte(opcode);
    else this.bytes.byte(opcode >> 12).u32(opcode & 0xfff);
  }
}
