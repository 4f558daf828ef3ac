import type { Op } from "../op.ts";
import { checkOptionNames } from "../options.ts";
import { describe, Value } from "../value.ts";
import { checkSaved } from "./checkSaved.ts";
import type { Executable } from "./executable.ts";
import { instantiate, type Linkable, refusal } from "./instantiate.ts";
import { type LoadedKernel, runnersOf } from "./kernel.ts";
import { ownOperations } from "./ownOperations.ts";
import type { KernelAbi, KernelImport, SavedKernel } from "./save.ts";
import type { Shape } from "./shape.ts";
import { ShapedCode } from "./shapedCode.ts";
import { PAGE } from "./wasm/encoder.ts";

/** What a saved kernel needs besides its code. */
export interface LoadOptions {
  /** The operations made by `defineOp` that the function uses. */
  readonly operations?: readonly { readonly op: Op }[];
  /** The leaves that stand for those that the function captured, in the order of `abi.captured`. */
  readonly captured?: readonly Value[];
}

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
  const reason = refusal();
  if (reason !== undefined) throw new Error(`compile.load: ${reason}.`);
  const executable = instantiated({
    ...abi,
    bytes,
    imports,
    importNames: abi.imports.map(({ name }) => name),
  });
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
  checkOptionNames("compile.load", options, ["operations", "captured"]);
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
      `compile.load: the function captured ${abi.captured.length} ${abi.captured.length === 1 ? "leaf" : "leaves"} ` +
        `(${labels}); pass as many in options.captured, got ${captured.length}.`,
    );
  }
  return { operations: operations.map(({ op }: { op: Op }) => op), captured: [...captured] };
}
