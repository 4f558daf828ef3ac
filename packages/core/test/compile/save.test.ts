import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { ownOperations } from "../../src/compile/ownOperations.ts";
import {
  compile,
  defineOp,
  exp,
  type KernelAbi,
  mul,
  type SavedKernel,
  square,
  sum,
  tanh,
  type Value,
  value,
  valueAndGrad,
} from "../../src/index.ts";

const w = value(0.5, "w");
const b = value(-1, 'b "quoted"');
const model = (
  [x, y]: readonly [Value, Value],
  rows: readonly { t: number; s: readonly number[] }[],
  kind: string,
) => ({
  loss: sum(rows, ({ t, s }) => square(tanh(mul(x, t).mul(w).add(mul(s[1]!, y))).sub(b))),
  kind,
  last: [x.exp(), null],
});
const rows = [
  { t: 1, s: [2, 3] },
  { t: -0.5, s: [0.25, 1] },
];

/** As it comes back from a file. */
function stored({ bytes, abi }: SavedKernel): SavedKernel {
  return { bytes: Uint8Array.from(bytes), abi: JSON.parse(JSON.stringify(abi)) as KernelAbi };
}

describe("kernel.wasm and compile.load", () => {
  const kernel = compile(model);
  const wanted = kernel([1, 2], rows, "a");
  const saved = stored(kernel.wasm);

  test("give the same answers without tracing, with live captured leaves", () => {
    const loaded = compile.load<Parameters<typeof model>, ReturnType<typeof model>>(saved, {
      captured: [w, b],
    });
    expect(loaded([1, 2], rows, "a")).toEqual(wanted);
    expect(loaded.view([1, 2], rows, "a")).toEqual(kernel.view([1, 2], rows, "a"));
    expect(loaded.into(new Float64Array(2), [1, 2], rows, "a")).toEqual(kernel.view([1, 2], rows, "a"));
    w.data = 2;
    expect(loaded([1, 2], rows, "a")).toEqual(kernel([1, 2], rows, "a"));
    w.data = 0.5;
    expect(() => loaded([1, 2], rows, "b")).toThrow("compile: the arguments are not of the structure");
    expect(() => loaded([1, 2], [rows[0]!], "a")).toThrow(
      'an array of 2 numbers, an array of 2 (each { t: a number, s: an array of 2 numbers }), the string "a"',
    );
  });

  test("the description says where numbers are", () => {
    const { abi, bytes } = saved;
    expect(abi).toMatchObject({
      format: "chainrule kernel",
      version: 1,
      inputCount: 2 + 2 * 3 + 2,
      outputCount: 2,
      captured: ["w", 'b "quoted"'],
    });
    expect(abi.arguments[1]).toEqual({
      kind: "rows",
      length: 2,
      row: {
        kind: "object",
        keys: ["t", "s"],
        items: [{ kind: "number" }, { kind: "numbers", length: 2, typed: false }],
      },
    });
    const numbersOf = new Map<string, (x: number) => number>([
      ["tanh", Math.tanh],
      ["exp", Math.exp],
    ]);
    const op = Object.fromEntries(
      abi.imports.map(({ name, operation }) => [name, numbersOf.get(operation)!]),
    );
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), { op });
    const { memory, run } = exports as { memory: WebAssembly.Memory; run: () => void };
    expect(memory.buffer.byteLength).toBe(abi.pages * 65_536);
    new Float64Array(memory.buffer, abi.inputsAt, abi.inputCount).set([
      1, 2, 1, 2, 3, -0.5, 0.25, 1, 0.5, -1,
    ]);
    run();
    expect(Array.from(new Float64Array(memory.buffer, abi.outputsAt, 2))).toEqual([wanted.loss, Math.E]);
  });

  test("from a file, in another process", ({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), "chainrule-kernel-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const cube = compile(valueAndGrad((xs: Value[]) => sum(xs, (x) => x.pow(3).mul(x.sin()))));
    const at = [1, 2, 3, 4, 5];
    const answer = cube(at);
    writeFileSync(join(folder, "cube.wasm"), cube.wasm.bytes);
    writeFileSync(join(folder, "cube.json"), JSON.stringify(cube.wasm.abi));
    const script = join(folder, "run.mjs");
    const core = pathToFileURL(join(import.meta.dirname, "../../src/index.ts")).href;
    writeFileSync(
      script,
      `import { readFileSync } from "node:fs";
       import { compile } from ${JSON.stringify(core)};
       const at = (name) => new URL(name, import.meta.url);
       const kernel = compile.load({
         bytes: readFileSync(at("cube.wasm")),
         abi: JSON.parse(readFileSync(at("cube.json"), "utf8")),
       });
       console.log(JSON.stringify(kernel([1, 2, 3, 4, 5])));`,
    );
    const cwd = join(import.meta.dirname, "../../../..");
    const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", script], {
      cwd,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(answer);
  });

  test("operations of one's own are passed in by name", () => {
    const cubed = defineOp({ name: "cubed", value: (a) => a ** 3, partials: [(a) => mul(3, square(a))] });
    const norm1 = defineOp({
      name: "norm1",
      value: (xs) => xs.reduce((total, x) => total + Math.abs(x), 0),
      partials: (xs) => xs.map(() => 1),
    });
    const f = compile((x: Value) => norm1([cubed(x), exp(x), x]));
    const answer = f(2);
    const own = stored(f.wasm);
    const defined = own.abi.imports.filter(({ origin }) => origin === "defined");
    expect(defined.map(({ operation, arity }) => [operation, arity])).toEqual([
      ["cubed", 1],
      ["norm1", null],
    ]);
    expect(compile.load(own, { operations: [norm1, cubed] })(2 as never)).toBe(answer);
    expect(() => compile.load(own)).toThrow('the kernel uses an operation "cubed" on 1 operand: pass it');
    expect(() => compile.load(own, { operations: [cubed, cubed, norm1] })).toThrow(
      "one of several operations",
    );
    expect(() => compile.load(own, { operations: [Math.sin as never] })).toThrow(
      "operations must be an array of what defineOp",
    );
    const exp2 = defineOp({ name: "exp", value: (x) => 2 ** x, partials: [(_, y) => mul(Math.LN2, y)] });
    const g = compile((x: Value) => exp2(x).add(exp(x)));
    const both = g(3);
    expect(compile.load(stored(g.wasm), { operations: [exp2] })(3 as never)).toBe(both);
  });

  test("what cannot be saved says so", () => {
    const f = compile((x: Value, g: (x: Value) => Value) => g(x));
    f(2, (x) => x.sin());
    expect(() => f.wasm).toThrow("compile: a kernel cannot be saved for argument 2, a function");
  });

  test("the code is that of the latest call, not of backward", () => {
    const f = compile((x: Value) => x.mul(w));
    f.backward(2);
    w.grad = 0;
    expect(() => f.wasm).toThrow("not called yet");
  });
});

test("no two operations of this package are told apart by neither name nor number of operands", () => {
  const keys = [...ownOperations()].map(({ name, arity }) => `${name} ${arity}`);
  expect(keys.length).toBeGreaterThan(60);
  expect(new Set(keys).size).toBe(keys.length);
});

describe("a saved kernel that is damaged", () => {
  const kernel = compile((xs: Value[]) => xs.map((x) => x.erf()));
  kernel([1, 2, 3]);
  const { bytes, abi } = kernel.wasm;
  const change = (changed: object) => ({ bytes, abi: { ...abi, ...changed } });

  test.each<[string, unknown, string]>([
    ["nothing", undefined, "needs what kernel.wasm gave, { bytes, abi }, got undefined"],
    ["no bytes", { abi }, "bytes must be a Uint8Array, got undefined"],
    ["other bytes", { bytes: Uint8Array.of(1, 2, 3), abi }, "do not begin as a WebAssembly module"],
    [
      "another version of WebAssembly",
      { bytes: bytes.map((x, i) => (i === 4 ? 2 : x)), abi },
      "do not begin as a WebAssembly",
    ],
    ["bytes cut off", { bytes: bytes.subarray(0, bytes.length - 5), abi }, "the module does not load"],
    ["no description", { bytes }, "abi must be an object, got undefined"],
    [
      "another format",
      change({ format: "x" }),
      'must be of format "chainrule kernel", version 1, got the string "x"',
    ],
    ["a later version", change({ version: 2 }), "version 2"],
    ["no imports", change({ imports: undefined }), "must have arrays arguments, captured and imports"],
    [
      "an import that is none",
      change({ imports: [{ name: 1 }] }),
      "must have arrays arguments, captured and imports",
    ],
    ["an import left out", change({ imports: [] }), "is not the one that abi describes"],
    [
      "an unknown operation",
      change({ imports: [{ ...abi.imports[0], operation: "sinus" }] }),
      'has no operation "sinus" on 1 operand',
    ],
    ["no structure", change({ result: { kind: "list" } }), "must be structures"],
    [
      "another number of inputs",
      change({ inputCount: 4 }),
      "abi.inputCount must be 3 by the structures, got 4",
    ],
    [
      "longer arguments",
      change({ arguments: [{ kind: "numbers", length: 4, typed: false }] }),
      "abi.inputCount must be 4",
    ],
    ["another number of outputs", change({ outputCount: 2 }), "abi.outputCount must be 3"],
    ["inputs at no address", change({ inputsAt: 4 }), "abi.inputsAt must be a multiple of 8"],
    ["outputs beyond the memory", change({ outputsAt: 65_536 }), "abi.outputsAt must be a multiple of 8"],
    ["another size of memory", change({ pages: abi.pages + 1 }), "the memory of the module has"],
    [
      "leaves that it has none of",
      change({ captured: ["w"], inputCount: 4 }),
      "captured 1 leaf (w); pass as many in options.captured, got 0",
    ],
  ])("%s", (_, saved, message) => {
    expect(() => compile.load(saved as SavedKernel)).toThrow(message);
  });

  test("options that are none", () => {
    expect(() => compile.load(kernel.wasm, 3 as never)).toThrow("options must be an object, got 3");
    expect(() => compile.load(kernel.wasm, { ops: [] } as never)).toThrow('there is no option "ops"');
    expect(() => compile.load(kernel.wasm, { captured: [1 as never] })).toThrow(
      "captured must be an array of leaves",
    );
  });
});
