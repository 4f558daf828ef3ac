import type { NaryDeclaration, Op } from "../op.ts";
import type { Executable } from "./executable.ts";
import type { Image } from "./image.ts";

/**
 * The parts of WebAssembly's JavaScript interface in use here: they are no part of the language, and engines and pages
 * may do without.
 *
 * @see https://webassembly.github.io/spec/js-api/
 */
interface WebAssemblyInterface {
  readonly Module: new (bytes: Uint8Array) => WebAssemblyModule;
  readonly Instance: new (module: WebAssemblyModule, imports: Imports) => WebAssemblyInstance;
  readonly instantiate: (module: WebAssemblyModule, imports: Imports) => Promise<WebAssemblyInstance>;
  readonly compile: (bytes: Uint8Array) => Promise<WebAssemblyModule>;
  readonly validate: (bytes: Uint8Array) => boolean;
}
type WebAssemblyModule = { readonly module: unique symbol };
interface WebAssemblyInstance {
  readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }; readonly run: () => void };
}
type Imports = { readonly op: { readonly [name: string]: (...operands: number[]) => number } };

function webAssembly(): WebAssemblyInterface | undefined {
  return (globalThis as unknown as { readonly WebAssembly?: WebAssemblyInterface }).WebAssembly;
}

/** A module without anything in it. */
const EMPTY = [0, 97, 115, 109, 1, 0, 0, 0];

/** Why WebAssembly cannot be used here: there is none, or a page's policy forbids it; `undefined` if it can. */
export function refusal(): string | undefined {
  const wasm = webAssembly();
  if (wasm === undefined) return "there is no WebAssembly here";
  try {
    new wasm.Module(Uint8Array.from(EMPTY));
    return undefined;
  } catch (error) {
    return refusalBy(error);
  }
}

/** What is said of an error that compiling a module threw. */
export function refusalBy(error: unknown): string {
  return `WebAssembly was refused (${String(error)})`;
}

/** A module of one function that adds vectors. */
const VECTORS = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
];
let vectors: boolean | undefined;

/** Whether this engine has WebAssembly's vectors of 128 bits. */
export function hasVectors(): boolean {
  vectors ??= webAssembly()?.validate(Uint8Array.from(VECTORS));
  return vectors ?? false;
}

/** A module to be run. */
export type Linkable = Pick<
  Image,
  "bytes" | "imports" | "importNames" | "inputsAt" | "outputsAt" | "outputCount"
>;

/** Compiles a module at once. @throws CompileError or RangeError where the engine or a page's policy refuses */
export function instantiate(image: Linkable): Executable {
  const wasm = webAssembly()!;
  const link = new Linking(image);
  return link.executable(new wasm.Instance(new wasm.Module(image.bytes), link.imports));
}

/** Compiles a module without blocking. */
export async function instantiateLater(image: Linkable): Promise<Executable> {
  const wasm = webAssembly()!;
  const link = new Linking(image);
  return link.executable(await wasm.instantiate(await wasm.compile(image.bytes), link.imports));
}

class Linking {
  readonly imports: Imports;
  readonly #image: Linkable;
  #memory = new Float64Array();

  constructor(image: Linkable) {
    this.#image = image;
    const functions = image.imports.map((op, i) => [image.importNames[i]!, this.#functionOf(op)] as const);
    this.imports = { op: Object.fromEntries(functions) };
  }

  executable({ exports: { memory, run } }: WebAssemblyInstance): Executable {
    const { inputsAt, outputsAt, outputCount } = this.#image;
    this.#memory = new Float64Array(memory.buffer);
    return {
      inputs: this.#memory.subarray(inputsAt / 8, outputsAt / 8),
      outputs: this.#memory.subarray(outputsAt / 8, outputsAt / 8 + outputCount),
      run,
    };
  }

  #functionOf(op: Op): (...operands: number[]) => number {
    if (op.arity !== undefined) return op.value as (...operands: number[]) => number;
    const value = op.value as NaryDeclaration["value"];
    return (address, count) => value(Array.from(this.#memory.subarray(address! / 8, address! / 8 + count!)));
  }
}
