import { describe, expect, test } from "vitest";
import { compile, grad, sum, type Value } from "../../src/index.ts";
import { webAssemblyWith, withWebAssembly } from "./webAssembly.ts";

const f = grad((xs: Value[]) => sum(xs, (x) => x.sin()));
const g = grad((xs: Value[]) => sum(xs.map((x) => x.sin())));
const at = [0.3, 0.5];
const wanted = at.map(Math.cos);

/** What fails in each place, and what is said about it. */
const refusals: readonly [name: string, webAssembly: () => object | undefined, reason: string][] = [
  ["there is none", () => undefined, "there is no WebAssembly here"],
  [
    "a content policy forbids it",
    () => refusing(new WebAssembly.CompileError("Wasm code generation disallowed by embedder")),
    "disallowed by embedder",
  ],
  [
    "an older engine says EvalError",
    () => refusing(new EvalError("call to eval() blocked by CSP")),
    "blocked by CSP",
  ],
  [
    "the module is too large",
    () => refusing(new RangeError("WebAssembly.Module(): size > maximum module size (8388608)"), 8),
    "maximum module size",
  ],
];

/** A WebAssembly that refuses modules of more than so many bytes. */
function refusing(error: Error, bytes = 0): object {
  function Module(module: Uint8Array) {
    if (module.length > bytes) throw error;
  }
  return webAssemblyWith({ Module });
}

describe.each(refusals)("where %s", (_, webAssembly, reason) => {
  test("JavaScript gives the same answers, and inspect says why", () =>
    withWebAssembly(webAssembly(), () => {
      for (const kernel of [compile(f), compile(g)]) {
        expect(kernel(at)).toEqual(wanted);
        const { tier, fallback, bytes, functions } = kernel.inspect();
        expect({ tier, bytes, functions }).toEqual({ tier: "js", bytes: 0, functions: 0 });
        expect(fallback).toContain(reason);
      }
    }));

  test("a tier that was asked for is an error", () =>
    withWebAssembly(webAssembly(), () => {
      for (const tier of ["wasm", "replay"] as const) {
        expect(() => compile(g, { tier })(at)).toThrow(reason);
        expect(() => compile(g, { tier })(at)).toThrow(`tier "${tier}" needs`);
      }
      const kernel = compile(f, { tier: "js" });
      expect(kernel(at)).toEqual(wanted);
      expect(kernel.inspect().fallback).toBeUndefined();
    }));

  test("the code can be saved for elsewhere", async () => {
    const saved = await withWebAssembly(webAssembly(), () => {
      const kernel = compile(f);
      kernel(at);
      return kernel.wasm;
    });
    expect(compile.load(saved)(at)).toEqual(wanted);
  });
});

test("loading needs WebAssembly", async () => {
  const kernel = compile(f);
  kernel(at);
  const { wasm } = kernel;
  await withWebAssembly(undefined, () => {
    expect(() => compile.load(wasm)).toThrow("compile.load: there is no WebAssembly here");
  });
});
