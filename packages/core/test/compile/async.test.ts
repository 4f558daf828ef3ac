import { describe, expect, test } from "vitest";
import { compile, grad, type Kernel, sum, TraceError, type Value, value } from "../../src/index.ts";
import { webAssemblyWith, withWebAssembly } from "./webAssembly.ts";

const f = grad((xs: Value[]) => sum(xs.map((x) => x.sin().mul(xs[0]!))));
const at = [0.3, 0.5, 0.7];
const wanted = compile(f)(at);

/** Waits until the code that was used last does not change any more. */
async function settled(kernel: Pick<Kernel<never, never>, "inspect">): Promise<string | undefined> {
  for (;;) {
    const { fallback } = kernel.inspect();
    if (fallback !== "WebAssembly is being compiled in the background") return fallback;
    await new Promise((go) => setTimeout(go, 1));
  }
}

describe("compile.async", () => {
  test("resolves when the code for example arguments is ready", async () => {
    const kernel = await compile.async(f, { like: [at] });
    expect(kernel.inspect()).toMatchObject({ tier: "wasm", fallback: undefined });
    expect(kernel(at)).toEqual(wanted);
  });

  test("else runs as JavaScript first, and changes over", async () => {
    const w = value(2);
    const kernel = await compile.async((xs: Value[]) => sum(f(xs)).mul(w));
    const first = kernel(at);
    expect(kernel.inspect()).toMatchObject({
      tier: "js",
      fallback: expect.stringContaining("background") as string,
    });
    const view = [...kernel.view(at)];
    expect(await settled(kernel)).toBeUndefined();
    expect(kernel.inspect().tier).toBe("wasm");
    expect(kernel(at)).toBe(first);
    expect([...kernel.view(at)]).toEqual(view);
    expect(kernel.backward(at)).toBe(first);
    expect(await settled(kernel)).toBeUndefined();
    kernel.backward(at);
    expect(w.grad).toBe(first);
  });

  test("another shape than the example runs at once too", async () => {
    const kernel = await compile.async(f, { like: [at] });
    const longer = [...at, 0.9];
    const first = kernel(longer);
    expect(kernel.inspect().tier).toBe("js");
    await settled(kernel);
    expect(kernel(longer)).toEqual(first);
    expect(kernel.inspect().tier).toBe("wasm");
  });

  test("what the function throws while traced: a rejection for the example, else from the call", async () => {
    const branches = (x: Value) => (x.data > 0 ? x : x.neg());
    await expect(compile.async(branches, { like: [1] })).rejects.toThrow(TraceError);
    const kernel = await compile.async(branches);
    expect(() => kernel(1)).toThrow(TraceError);
    await expect(compile.async(3 as never)).rejects.toThrow("compile.async: needs a function, got 3");
    await expect(compile.async(branches, { like: 1 } as never)).rejects.toThrow(
      "like must be an array of arguments",
    );
    await expect(compile.async(branches, { lik: [1] } as never)).rejects.toThrow(
      "The options are: tier, cacheSize, like",
    );
  });

  test("stays with JavaScript where WebAssembly is refused, and throws if that was asked for", async () => {
    const refuse = () => Promise.reject(new WebAssembly.CompileError("forbidden"));
    await withWebAssembly(webAssemblyWith({ compile: refuse }), async () => {
      const ready = await compile.async(f, { like: [at] });
      expect(ready.inspect()).toMatchObject({
        tier: "js",
        fallback: expect.stringContaining("forbidden") as string,
      });
      expect(ready(at)).toEqual(wanted);
      const kernel = await compile.async(f);
      kernel(at);
      expect(await settled(kernel)).toContain("forbidden");
      expect(kernel(at)).toEqual(wanted);
      await expect(compile.async(f, { like: [at], tier: "wasm" })).rejects.toThrow(
        'forbidden), and tier "wasm" needs it',
      );
      const forced = await compile.async(f, { tier: "wasm" });
      forced(at);
      await settled(forced);
      expect(() => forced(at)).toThrow('tier "wasm" needs it');
    });
  });
});
