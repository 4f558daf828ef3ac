import { opcodes } from "../../../src/compile/wasm/opcodes.ts";

const names = new Map<number, string>(Object.entries(opcodes).map(([name, code]) => [code, name]));
const types = new Map([
  [0x7f, "i32"],
  [0x7e, "i64"],
  [0x7c, "f64"],
  [0x7b, "v128"],
]);

/** How many numbers follow each instruction that has any, by the specification (§5.4). */
const indices: Readonly<Record<string, number>> = {
  "local.get": 1,
  "local.set": 1,
  "local.tee": 1,
  call: 1,
  br_if: 1,
  "memory.copy": 2,
  "memory.fill": 1,
};

/** The text of a module's functions, one line for an instruction: as much of WebAssembly as this package writes. */
export function disassemble(module: Uint8Array): string[] {
  const reader = new Reader(module, 8);
  const imports: string[] = [];
  const lines: string[] = [];
  while (reader.at < module.length) {
    const section = reader.byte();
    const end = reader.u32() + reader.at;
    if (section === 2) {
      for (let count = reader.u32(); count > 0; count--) {
        reader.name();
        imports.push(reader.name());
        reader.byte();
        reader.u32();
      }
    } else if (section === 10) {
      for (let count = reader.u32(); count > 0; count--)
        lines.push("func", ...functionLines(reader, imports));
    }
    reader.at = end;
  }
  return lines;
}

function functionLines(reader: Reader, imports: readonly string[]): string[] {
  const end = reader.u32() + reader.at;
  const lines: string[] = [];
  for (let runs = reader.u32(); runs > 0; runs--) {
    const count = reader.u32();
    lines.push(`  local ${count} × ${types.get(reader.byte())}`);
  }
  let indent = "  ";
  while (reader.at < end) {
    const name = instruction(reader);
    if (name === "end") indent = indent.slice(2);
    const operands = operandsOf(name, reader);
    const shown = name === "call" ? [imports[operands[0] as number] ?? operands[0]] : operands;
    if (reader.at < end) lines.push([indent + name, ...shown].join(" "));
    if (name === "loop" || name === "if") indent += "  ";
  }
  return lines;
}

function instruction(reader: Reader): string {
  const byte = reader.byte();
  const code = byte >= 0xfc ? byte * 0x1000 + reader.u32() : byte;
  const name = names.get(code);
  if (name === undefined) throw new Error(`no instruction ${code.toString(16)} at ${reader.at}`);
  return name;
}

function operandsOf(name: string, reader: Reader): (number | string)[] {
  if (name === "loop" || name === "if") return reader.byte() === 0x40 ? [] : ["with a result"];
  if (name === "f64.const") return [reader.f64()];
  if (name === "v128.const") return [reader.f64(), reader.f64()];
  if (name === "i32.const" || name === "i64.const") return [reader.s32()];
  if (/load|store/.test(name)) {
    reader.u32();
    const offset = `offset=${reader.u32()}`;
    return name.endsWith("_lane") ? [offset, reader.byte()] : [offset];
  }
  if (/extract_lane|replace_lane/.test(name)) return [reader.byte()];
  return Array.from({ length: indices[name] ?? 0 }, () => reader.u32());
}

class Reader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte(): number {
    return this.#bytes[this.at++]!;
  }

  u32(): number {
    return this.#leb(false);
  }

  s32(): number {
    return this.#leb(true);
  }

  f64(): number {
    this.at += 8;
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset).getFloat64(this.at - 8, true);
  }

  name(): string {
    const length = this.u32();
    this.at += length;
    return new TextDecoder().decode(this.#bytes.subarray(this.at - length, this.at));
  }

  #leb(isSigned: boolean): number {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      shift += 7;
      if (byte < 0x80) return isSigned ? (value << (32 - shift)) >> (32 - shift) : value >>> 0;
    }
  }
}
