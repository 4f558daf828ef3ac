import type { Op } from "../op.ts";
import { describe, Value } from "../value.ts";
import type { Executable } from "./executable.ts";
import { hasWebAssembly, instantiate, type Linkable } from "./instantiate.ts";
import { type LoadedKernel, runnersOf } from "./kernel.ts";
import { ownOperations } from "./ownOperations.ts";
import type { KernelAbi, KernelImport, SavedKernel } from "./save.ts";
import { type Shape, sizeOf } from "./shape.ts";
import { ShapedCode } from "./shapedCode.ts";

/** What a saved kernel needs besides its code. */
export interface LoadOptions {
  /** The operations made by `defineOp` that the function uses. */
  readonly operations?: readonly { readonly op: Op }[];
  /** The leaves that stand for those that the function captured, in the order of `abi.captured`. */
  readonly captured?: readonly Value[];
}

const PAGE = 65_536;
const MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** See `compile.load`. */
export function load<Args extends unknown[], R>(
  saved: SavedKernel,
  options?: LoadOptions,
): LoadedKernel<Args, R>;
export function load(saved: SavedKernel, options: LoadOptions = {}): unknown {
  const { bytes, abi } = checkSaved(saved);
  const { operations, captured } = checkOptions(options, abi);
  const own = [...ownOperations()];
  const imports = abi.imports.map((each) => operationFor(each, own, operations));
  if (!hasWebAssembly()) throw new Error("compile.load: there is no WebAssembly here.");
  const executable = instantiated({ ...abi, bytes, imports, importNames: abi.imports.map(({ name }) => name) });
  const { byteLength } = executable.inputs.buffer;
  if (byteLength !== abi.pages * PAGE) {
    throw new RangeError(
      `compile.load: the memory of the module has ${byteLength} bytes, by abi.pages it must have ${abi.pages * PAGE}.`,
    );
  }
  const code = new ShapedCode({ shapes: abi.arguments, result: abi.result, captured }, executable);
  const { call, into, view } = runnersOf((args) => {
    if (!code.fill(args)) throw wrongArguments(abi);
    code.run();
    return code;
  });
  return Object.assign(call, { into, view });
}

function instantiated(image: Linkable): Executable {
  try {
    return instantiate(image);
  } catch (error) {
    throw new Error(
      `compile.load: the module does not load, or is not the one that abi describes (${String(error)}).`,
      { cause: error },
    );
  }
}

function operationFor(
  { operation, arity, origin }: KernelImport,
  own: readonly Op[],
  defined: readonly Op[],
): Op {
  const among = origin === "core" ? own : defined;
  const fitting = among.filter((op) => op.name === operation && (op.arity ?? null) === arity);
  const [op, another] = fitting;
  if (op !== undefined && another === undefined) return op;
  const operands = arity === null ? "an array of operands" : `${arity} operand${arity === 1 ? "" : "s"}`;
  if (origin === "core") {
    throw new TypeError(
      `compile.load: this version of @chainrule/core has no operation "${operation}" on ${operands}. ` +
        "Save the kernel again with it.",
    );
  }
  throw new TypeError(
    `compile.load: the kernel uses ${op === undefined ? "an operation" : "one of several operations"} ` +
      `"${operation}" on ${operands}: pass it, made by defineOp, alone of its name, in options.operations.`,
  );
}

function wrongArguments({ arguments: shapes }: KernelAbi): TypeError {
  return new TypeError(
    "compile: the arguments are not of the structure that the kernel was saved for, which is " +
      `${shapes.map(shown).join(", ") || "no arguments"}.`,
  );
}

function shown(shape: Shape): string {
  switch (shape.kind) {
    case "number":
      return "a number";
    case "numbers":
      return `${shape.typed ? "a Float64Array" : "an array"} of ${shape.length} numbers`;
    case "rows":
      return `an array of ${shape.length} (each ${shown(shape.row)})`;
    case "array":
      return `[${shape.items.map(shown).join(", ")}]`;
    case "object":
      return `{ ${shape.keys.map((key, i) => `${key}: ${shown(shape.items[i]!)}`).join(", ")} }`;
    case "fixed":
      return describe(shape.value);
  }
}

function checkOptions(
  options: LoadOptions,
  abi: KernelAbi,
): { operations: readonly Op[]; captured: readonly Value[] } {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`compile.load: options must be an object, got ${describe(options)}.`);
  }
  const wrong = Object.keys(options).find((name) => name !== "operations" && name !== "captured");
  if (wrong !== undefined) {
    throw new TypeError(
      `compile.load: there is no option "${wrong}". The options are: operations, captured.`,
    );
  }
  const { operations = [], captured = [] } = options;
  if (!Array.isArray(operations) || operations.some((each) => typeof each?.op !== "object")) {
    throw new TypeError(
      `compile.load: operations must be an array of what defineOp returned, got ${describe(operations)}.`,
    );
  }
  const isLeaf = (x: unknown) => x instanceof Value && x.op === undefined;
  if (!Array.isArray(captured) || !captured.every(isLeaf)) {
    throw new TypeError(
      `compile.load: captured must be an array of leaves, made by value, got ${describe(captured)}.`,
    );
  }
  if (captured.length !== abi.captured.length) {
    const labels = abi.captured.map((label) => label || "one without label").join(", ");
    throw new RangeError(
      `compile.load: the function captured ${abi.captured.length} leaves (${labels}); ` +
        `pass as many in options.captured, got ${captured.length}.`,
    );
  }
  return { operations: operations.map(({ op }: { op: Op }) => op), captured: [...captured] };
}

function checkSaved(saved: unknown): SavedKernel {
  if (typeof saved !== "object" || saved === null) {
    throw new TypeError(`compile.load: needs what kernel.wasm gave, { bytes, abi }, got ${describe(saved)}.`);
  }
  const { bytes, abi } = saved as { readonly bytes?: unknown; readonly abi?: unknown };
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`compile.load: bytes must be a Uint8Array, got ${describe(bytes)}.`);
  }
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
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
    throw new TypeError("compile.load: abi must have arrays arguments, captured and imports, as it was saved.");
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
  if (typeof x !== "object" || x === null || depth > 1000) return false;
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
