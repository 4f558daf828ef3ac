import { DEEPEST } from "../transforms/tree.ts";
import { describe } from "../value.ts";
import type { KernelAbi, KernelImport, SavedKernel } from "./save.ts";
import { type Shape, sizeOf } from "./shape.ts";
import { header, PAGE } from "./wasm/encoder.ts";

/** What `kernel.wasm` gave, and nothing else. @throws TypeError or RangeError naming what is wrong */
export function checkSaved(saved: unknown): SavedKernel {
  if (typeof saved !== "object" || saved === null) {
    throw new TypeError(`compile.load: needs what kernel.wasm gave, { bytes, abi }, got ${describe(saved)}.`);
  }
  const { bytes, abi } = saved as { readonly bytes?: unknown; readonly abi?: unknown };
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`compile.load: bytes must be a Uint8Array, got ${describe(bytes)}.`);
  }
  if (!header.every((byte, i) => bytes[i] === byte)) {
    throw new TypeError("compile.load: bytes do not begin as a WebAssembly module of version 1 does.");
  }
  return { bytes, abi: checkAbi(abi) };
}

function checkAbi(given: unknown): KernelAbi {
  if (typeof given !== "object" || given === null) {
    throw new TypeError(`compile.load: abi must be an object, got ${describe(given)}.`);
  }
  const abi = given as KernelAbi;
  if (abi.format !== "chainrule kernel" || abi.version !== 1) {
    throw new TypeError(
      'compile.load: abi must be of format "chainrule kernel", version 1, ' +
        `got ${describe(abi.format)}, version ${describe(abi.version)}.`,
    );
  }
  const isString = (x: unknown) => typeof x === "string";
  const areGiven = [abi.arguments, abi.captured, abi.imports].every((list: unknown) => Array.isArray(list));
  if (!areGiven || !abi.captured.every(isString) || !abi.imports.every(isImport)) {
    throw new TypeError(
      "compile.load: abi must have arrays arguments, captured and imports, as it was saved.",
    );
  }
  if (!abi.arguments.every((shape) => isShape(shape)) || !isShape(abi.result)) {
    throw new TypeError("compile.load: abi.arguments and abi.result must be structures, as they were saved.");
  }
  const inputs = abi.arguments.reduce((size, shape) => size + sizeOf(shape), abi.captured.length);
  checkRegion("input", abi.inputsAt, abi.inputCount, inputs, abi.pages);
  checkRegion("output", abi.outputsAt, abi.outputCount, sizeOf(abi.result), abi.pages);
  return abi;
}

function checkRegion(what: "input" | "output", at: number, count: number, size: number, pages: number): void {
  if (count !== size) {
    throw new RangeError(
      `compile.load: abi.${what}Count must be ${size} by the structures, got ${describe(count)}.`,
    );
  }
  const isWhole = Number.isSafeInteger(at) && at >= 0 && at % 8 === 0 && Number.isSafeInteger(pages);
  if (!isWhole || at + 8 * count > pages * PAGE) {
    throw new RangeError(
      `compile.load: abi.${what}sAt must be a multiple of 8, with ${count} numbers within ` +
        `abi.pages (${describe(pages)}) of ${PAGE} bytes, got ${describe(at)}.`,
    );
  }
}

function isImport(x: unknown): boolean {
  if (typeof x !== "object" || x === null) return false;
  const { name, operation, arity, origin } = x as Record<keyof KernelImport, unknown>;
  return (
    typeof name === "string" &&
    typeof operation === "string" &&
    (arity === null || arity === 1 || arity === 2 || arity === 3) &&
    (origin === "core" || origin === "defined")
  );
}

function isShape(x: unknown, depth = 0): x is Shape {
  if (typeof x !== "object" || x === null || depth > DEEPEST) return false;
  const { kind, length, typed, row, items, keys, value } = x as Record<string, unknown>;
  const isLength = Number.isSafeInteger(length) && (length as number) >= 0;
  const areShapes = () => Array.isArray(items) && items.every((item) => isShape(item, depth + 1));
  switch (kind) {
    case "number":
      return true;
    case "numbers":
      return isLength && typeof typed === "boolean";
    case "rows":
      return isLength && isShape(row, depth + 1);
    case "array":
      return areShapes();
    case "object":
      return (
        areShapes() &&
        Array.isArray(keys) &&
        keys.length === (items as unknown[]).length &&
        keys.every((key) => typeof key === "string")
      );
    case "fixed":
      return value === null || ["undefined", "string", "boolean"].includes(typeof value);
    default:
      return false;
  }
}
