import { describe } from "../value.ts";
import { imageOf } from "./executable.ts";
import { ownOperations } from "./ownOperations.ts";
import type { Shape } from "./shape.ts";
import type { Specialisation } from "./specialisation.ts";

/** A compiled function as data: a WebAssembly module, and the description that calling it takes. */
export interface SavedKernel {
  readonly bytes: Uint8Array;
  /** Goes through JSON unchanged. */
  readonly abi: KernelAbi;
}

/**
 * How to call the module of a saved kernel, from this package by `compile.load` or from anything that runs WebAssembly.
 *
 * The module exports `memory` and `run`, without parameters or results. Numbers are doubles, little endian as all of
 * WebAssembly's memory. Before `run`, `inputCount` of them are to be at byte address `inputsAt`: those of the arguments
 * (arrays by index, objects by key as written in `arguments`), then one for each of `captured`. After it,
 * `outputCount` are at `outputsAt`: those of the result, in the same order. The rest of the memory is the module's own.
 */
export interface KernelAbi {
  readonly format: "chainrule kernel";
  readonly version: 1;
  /** Size of the memory, in pages of 65,536 bytes. It does not grow. */
  readonly pages: number;
  readonly inputsAt: number;
  readonly inputCount: number;
  readonly outputsAt: number;
  readonly outputCount: number;
  /** The structure of each argument. */
  readonly arguments: readonly Shape[];
  /** The labels of the leaves that the function captured; "" where there is none. */
  readonly captured: readonly string[];
  readonly result: Shape;
  readonly imports: readonly KernelImport[];
}

/**
 * A function that the module imports, from its module `"op"`. One of an operation on one to three numbers takes them;
 * one of an operation on an array takes the byte address of its first number in memory, and how many there are.
 */
export interface KernelImport {
  /** What the module calls it. */
  readonly name: string;
  readonly operation: string;
  /** How many numbers the operation takes; `null` for an array. */
  readonly arity: 1 | 2 | 3 | null;
  /** Whether the operation is one of this package, or one that was defined by `defineOp`. */
  readonly origin: "core" | "defined";
}

/** The code of a function compiled for arguments of one shape. */
export function save({ shapes, result, captured, build }: Specialisation): SavedKernel {
  for (const [i, shape] of shapes.entries()) checkFixed(shape, `argument ${i + 1}`);
  checkFixed(result, "the result");
  const image = imageOf(build);
  const { bytes, pages, inputsAt, outputsAt, outputCount } = image;
  const own = ownOperations();
  const imports = image.imports.map((op, i): KernelImport => {
    const { name: operation, arity = null } = op;
    return { name: image.importNames[i]!, operation, arity, origin: own.has(op) ? "core" : "defined" };
  });
  const abi: KernelAbi = {
    format: "chainrule kernel",
    version: 1,
    pages,
    inputsAt,
    inputCount: build.program.inputCount,
    outputsAt,
    outputCount,
    arguments: shapes,
    captured: captured.map(({ label }) => label ?? ""),
    result,
    imports,
  };
  return { bytes: bytes.slice(), abi };
}

/** @throws TypeError if a structure holds what JSON does not */
function checkFixed(shape: Shape, path: string): void {
  switch (shape.kind) {
    case "rows":
      checkFixed(shape.row, `${path}[0]`);
      return;
    case "array":
      for (const [i, item] of shape.items.entries()) checkFixed(item, `${path}[${i}]`);
      return;
    case "object":
      for (const [i, item] of shape.items.entries()) checkFixed(item, `${path}.${shape.keys[i]}`);
      return;
    case "fixed":
      if (isInJson(shape.value)) return;
      throw new TypeError(
        `compile: a kernel cannot be saved for ${path}, ${describe(shape.value)}. ` +
          "Let the function capture it, or pass numbers, strings and flags.",
      );
  }
}

/** JSON leaves `undefined` out, which reads the same. */
function isInJson(x: unknown): boolean {
  return x === null || x === undefined || typeof x === "string" || typeof x === "boolean";
}
