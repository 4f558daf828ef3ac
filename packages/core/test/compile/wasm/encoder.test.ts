import { describe, expect, test } from "vitest";
import { Bytes } from "../../../src/compile/wasm/bytes.ts";
import { Code, type ValueType } from "../../../src/compile/wasm/code.ts";
import { encodeModule, type ModuleParts } from "../../../src/compile/wasm/encoder.ts";
import { type InstructionName, opcodes } from "../../../src/compile/wasm/opcodes.ts";

describe("Bytes", () => {
  test.each([
    [0, [0x00]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [624_485, [0xe5, 0x8e, 0x26]],
    [0xffff_ffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("u32 %d", (value, bytes) => {
    expect([...new Bytes().u32(value).view()]).toEqual(bytes);
  });

  test.each([
    [0, [0x00]],
    [63, [0x3f]],
    [64, [0xc0, 0x00]],
    [-1, [0x7f]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-123_456, [0xc0, 0xbb, 0x78]],
    [0x7fff_ffff, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [-0x8000_0000, [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])("s32 %d", (value, bytes) => {
    expect([...new Bytes().s32(value).view()]).toEqual(bytes);
  });

  test("doubles, names and vectors", () => {
    const bytes = new Bytes();
    bytes.f64(-2).name("op");
    bytes.vector([5, 300], (item) => bytes.u32(item));
    expect([...bytes.view()]).toEqual([
      ...[0, 0, 0, 0, 0, 0, 0, 0xc0],
      ...[2, 0x6f, 0x70],
      ...[2, 5, 0xac, 0x02],
    ]);
  });

  test("grows", () => {
    const bytes = new Bytes();
    for (let i = 0; i < 1000; i++) bytes.byte(i & 0xff);
    bytes.append(new Uint8Array(5000).fill(7));
    expect(bytes.length).toBe(6000);
    expect(bytes.view()[999]).toBe(999 & 0xff);
    expect(bytes.view()[5999]).toBe(7);
  });
});

describe("Code", () => {
  const bytesOf = (code: Code) => [...code.bytes.view()];

  test("instructions, with and without indices", () => {
    expect(bytesOf(new Code().emit("f64.add"))).toEqual([0xa0]);
    expect(bytesOf(new Code().emit("local.get", 200))).toEqual([0x20, 0xc8, 0x01]);
    expect(bytesOf(new Code().emit("f64x2.add"))).toEqual([0xfd, 0xf0, 0x01]);
    expect(bytesOf(new Code().emit("f64x2.extract_lane", 1))).toEqual([0xfd, 0x21, 0x01]);
    expect(bytesOf(new Code().emit("memory.copy", 0, 0))).toEqual([0xfc, 0x0a, 0x00, 0x00]);
    expect(bytesOf(new Code().begin("loop"))).toEqual([0x03, 0x40]);
  });

  test("constants", () => {
    expect(bytesOf(new Code().i32(-1))).toEqual([0x41, 0x7f]);
    expect(bytesOf(new Code().f64(1))).toEqual([0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
    const all = Uint8Array.from({ length: 16 }, (_, i) => i);
    expect(bytesOf(new Code().v128(all))).toEqual([0xfd, 0x0c, ...all]);
  });

  test("loads and stores say what they are aligned to", () => {
    expect(bytesOf(new Code().access("f64.load", 8))).toEqual([0x2b, 0x03, 0x08]);
    expect(bytesOf(new Code().access("v128.store", 128))).toEqual([0xfd, 0x0b, 0x04, 0x80, 0x01]);
    expect(bytesOf(new Code().access("v128.load64_splat", 0))).toEqual([0xfd, 0x0a, 0x03, 0x00]);
    expect(bytesOf(new Code().access("v128.load64_lane", 0, 1))).toEqual([0xfd, 0x57, 0x03, 0x00, 0x01]);
  });
});

function moduleWith(parts: Partial<ModuleParts>): Uint8Array<ArrayBuffer> {
  const encoded = encodeModule({ imports: [], functions: [], pages: 1, exports: [], data: [], ...parts });
  return encoded as Uint8Array<ArrayBuffer>;
}

describe("encodeModule", () => {
  test("a function, byte for byte", () => {
    const code = new Code().emit("local.get", 0).emit("local.get", 1).emit("f64.add");
    const bytes = moduleWith({
      functions: [{ signature: { params: ["f64", "f64"], results: ["f64"] }, locals: [], code }],
      exports: [{ name: "add", kind: "function", index: 0 }],
    });
    expect([...bytes]).toEqual([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...[0x01, 0x07, 0x01, 0x60, 0x02, 0x7c, 0x7c, 0x01, 0x7c],
      ...[0x03, 0x02, 0x01, 0x00],
      ...[0x05, 0x03, 0x01, 0x00, 0x01],
      ...[0x07, 0x07, 0x01, 0x03, 0x61, 0x64, 0x64, 0x00, 0x00],
      ...[0x0a, 0x09, 0x01, 0x07, 0x00, 0x20, 0x00, 0x20, 0x01, 0xa0, 0x0b],
    ]);
  });

  test("imports, locals, memory and data", () => {
    const code = new Code().i32(0).access("f64.load", 16).emit("call", 0).emit("local.tee", 2);
    const bytes = moduleWith({
      imports: [{ module: "op", name: "half", signature: { params: ["f64"], results: ["f64"] } }],
      functions: [{ signature: { params: [], results: ["f64"] }, locals: ["i32", "i32", "f64"], code }],
      exports: [
        { name: "run", kind: "function", index: 1 },
        { name: "memory", kind: "memory", index: 0 },
      ],
      data: [{ at: 16, bytes: new Uint8Array(Float64Array.of(5).buffer) }],
    });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      op: { half: (a: number) => a / 2 },
    });
    const { run, memory } = exports as { run: () => number; memory: WebAssembly.Memory };
    expect(run()).toBe(2.5);
    expect(memory.buffer.byteLength).toBe(65_536);
  });
});

/** Runs an instruction on numbers, or on both lanes of vectors that hold them. */
function result(type: "f64" | "f64x2", name: string, operands: readonly number[]): number {
  const isComparison = comparisons.has(name);
  const code = new Code();
  if (type === "f64x2") code.i32(0);
  for (const operand of operands) {
    code.f64(operand);
    if (type === "f64x2") code.emit("f64x2.splat");
  }
  code.emit(`${type}.${name}` as InstructionName);
  if (type === "f64x2") code.access("v128.store", 0).i32(0).access("f64.load", 8);
  else if (isComparison) code.emit("f64.convert_i32_u");
  const results: readonly ValueType[] = ["f64"];
  const bytes = moduleWith({
    functions: [{ signature: { params: [], results }, locals: [], code }],
    exports: [{ name: "run", kind: "function", index: 0 }],
  });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const { run } = exports as { run: () => number };
  const number = run();
  // A mask of all bits is a NaN.
  return type === "f64x2" && isComparison && Number.isNaN(number) ? 1 : number;
}

const comparisons = new Set(["eq", "ne", "lt", "gt", "le", "ge"]);

const expected: Readonly<Record<string, (a: number, b: number) => number>> = {
  eq: (a, b) => Number(a === b),
  ne: (a, b) => Number(a !== b),
  lt: (a, b) => Number(a < b),
  gt: (a, b) => Number(a > b),
  le: (a, b) => Number(a <= b),
  ge: (a, b) => Number(a >= b),
  abs: Math.abs,
  neg: (a) => -a,
  ceil: Math.ceil,
  floor: Math.floor,
  sqrt: Math.sqrt,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: Math.min,
  max: Math.max,
};

describe.each(["f64", "f64x2"] as const)("%s instructions do what they are named for", (type) => {
  const numbers = [0, -0, 1, -2.5, 3.7, Number.POSITIVE_INFINITY, Number.NaN];

  test.each(Object.keys(expected))("%s", (name) => {
    expect(Object.hasOwn(opcodes, `${type}.${name}`)).toBe(true);
    const isUnary = expected[name]!.length === 1 && name !== "min" && name !== "max";
    for (const a of numbers) {
      for (const b of isUnary ? [0] : numbers) {
        const operands = isUnary ? [a] : [a, b];
        expect(result(type, name, operands), `${name} ${operands}`).toBe(expected[name]!(a, b));
      }
    }
  });
});
