import { Bytes } from "./bytes.ts";
import { type Code, typeBytes, type ValueType } from "./code.ts";

/** What a function takes and gives. */
export interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A function from outside, numbered before the module's own. */
export interface Import {
  readonly module: string;
  readonly name: string;
  readonly signature: Signature;
}

/** A function; its locals follow its params. */
export interface FunctionDefinition {
  readonly signature: Signature;
  readonly locals: readonly ValueType[];
  readonly code: Code;
}

/** What instances show: a function by its number, imports first, or the memory. */
export interface Export {
  readonly name: string;
  readonly kind: "function" | "memory";
  readonly index: number;
}

/** Bytes that the memory begins with at an address. */
export interface DataSegment {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Bytes of a page of memory. */
export const PAGE: number = 65_536;

/** The parts of a module with one memory. */
export interface ModuleParts {
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionDefinition[];
  /** Size of the memory, in pages of {@link PAGE} bytes. */
  readonly pages: number;
  readonly exports: readonly Export[];
  readonly data: readonly DataSegment[];
}

/**
 * A WebAssembly module in the binary format.
 *
 * @see WebAssembly Core Specification 2.0, §5.5
 */
export function encodeModule(parts: ModuleParts): Uint8Array {
  const { imports, functions, pages, exports, data } = parts;
  const types = new Types();
  const typeOf = (item: Import | FunctionDefinition) => types.indexOf(item.signature);
  for (const item of [...imports, ...functions]) typeOf(item);

  const module = new Bytes().append(header);
  const section = <T>(id: number, items: readonly T[], write: (bytes: Bytes, item: T) => void) => {
    if (items.length === 0) return;
    const bytes = new Bytes();
    bytes.vector(items, (item) => write(bytes, item));
    module.byte(id).sized(bytes.view());
  };
  section(1, types.signatures, writeSignature);
  section(2, imports, (bytes, item) => bytes.name(item.module).name(item.name).byte(0x00).u32(typeOf(item)));
  section(3, functions, (bytes, item) => bytes.u32(typeOf(item)));
  section(5, [pages], (bytes) => bytes.byte(0x00).u32(pages));
  section(7, exports, writeExport);
  section(10, functions, writeFunction);
  section(11, data, writeData);
  return module.view().slice();
}

/** What every module begins with: `\0asm`, version 1. */
export const header: Uint8Array = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** The distinct signatures, numbered as they come. */
class Types {
  readonly signatures: Signature[] = [];
  readonly #indices = new Map<string, number>();

  indexOf(signature: Signature): number {
    const key = `${signature.params} → ${signature.results}`;
    let index = this.#indices.get(key);
    if (index === undefined) {
      index = this.signatures.push(signature) - 1;
      this.#indices.set(key, index);
    }
    return index;
  }
}

function writeSignature(bytes: Bytes, { params, results }: Signature): void {
  bytes.byte(0x60);
  for (const types of [params, results]) bytes.vector(types, (type) => bytes.byte(typeBytes[type]));
}

function writeExport(bytes: Bytes, { name, kind, index }: Export): void {
  bytes
    .name(name)
    .byte(kind === "function" ? 0x00 : 0x02)
    .u32(index);
}

function writeFunction(bytes: Bytes, { locals, code }: FunctionDefinition): void {
  const body = new Bytes();
  body.vector(runsOf(locals), ({ type, count }) => body.u32(count).byte(typeBytes[type]));
  body.append(code.bytes.view()).byte(0x0b);
  bytes.sized(body.view());
}

function runsOf(types: readonly ValueType[]): { readonly type: ValueType; count: number }[] {
  const runs: { readonly type: ValueType; count: number }[] = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count += 1;
    else runs.push({ type, count: 1 });
  }
  return runs;
}

function writeData(bytes: Bytes, { at, bytes: content }: DataSegment): void {
  bytes.byte(0x00).byte(0x41).s32(at).byte(0x0b).sized(content);
}
