import { describe, expect, test } from "vitest";
import {
  add,
  checked,
  compile,
  grad,
  map,
  mul,
  noGrad,
  type Scalar,
  scan,
  square,
  sum,
  TraceError,
  type Value,
  value,
  valueAndGrad,
} from "../../src/index.ts";
import { mode } from "../../src/mode.ts";
import { clock } from "../../src/value.ts";
import { many } from "./programs/agree.ts";

/** Kernels as a caller without types sees them. */
const untyped = compile as unknown as (f: unknown, options?: unknown) => UntypedKernel;
type Untyped = (...args: unknown[]) => unknown;
type UntypedKernel = Untyped & Readonly<Record<"into" | "view" | "backward", Untyped>>;

/** No trace is left open, whatever happened. */
function expectNoTrace(): void {
  expect(mode.tracer).toBeUndefined();
  expect(clock.readableFrom).toBe(0);
  expect(value(2).mul(3).data).toBe(6);
}

describe("ways to call", () => {
  const f = ([x, y]: readonly [Value, Value]) => [x.mul(y), { sum: x.add(y), name: "two" }] as const;

  test("a tree, all numbers in a buffer, or where they are", () => {
    const kernel = compile(f);
    expect(kernel([2, 3])).toEqual([6, { sum: 5, name: "two" }]);
    const out = new Float64Array(3).fill(9);
    expect(kernel.into(out, [2, 4])).toBe(out);
    expect(out).toEqual(Float64Array.of(8, 6, 9));
    const view = kernel.view([5, 4]);
    expect(view).toEqual(Float64Array.of(20, 9));
    expect(kernel.view([1, 2])).toBe(view);
    expect(view).toEqual(Float64Array.of(2, 3));
  });

  test("methods work without their kernel", () => {
    const w = value(3);
    const { into, view, backward, inspect, dot } = compile((x: Value) => x.mul(w));
    expect([...into(new Float64Array(1), 2), ...view(4), backward(5), w.grad]).toEqual([6, 12, 15, 5]);
    expect(inspect().tier).toBe("wasm");
    expect(dot()).toContain("digraph");
  });

  test("name and length are those of the function", () => {
    function area(width: Value, height: Value) {
      return width.mul(height);
    }
    const { name, length } = compile(area);
    expect({ name, length }).toEqual({ name: "area", length: 2 });
    expect(compile(grad(area)).name).toBe("kernel");
    expect(() => new (compile(area) as unknown as new () => unknown)()).toThrow("not a constructor");
  });

  test("a Float64Array or Float32Array gives a gradient that is a Float64Array", () => {
    const kernel = compile(grad((xs: Value[]) => sum(xs, square)));
    for (const n of [2, 3, 100]) {
      const xs = many(n, (i) => i + 0.5);
      const wanted = xs.map((x) => 2 * x);
      expect(kernel(xs)).toEqual(wanted);
      expect(kernel(Float64Array.from(xs))).toEqual(Float64Array.from(wanted));
      expect(kernel(Float32Array.from(xs))).toEqual(Float64Array.from(wanted));
    }
  });

  test("results are new in each call, and numbers in every structure", () => {
    const kernel = compile((xs: Value[][], p: { a: Value; b: [Value] }) => ({
      rows: xs.map((row) => row.map((x) => mul(x, p.a))),
      pair: [p.b, [1, p.a]] as const,
      none: [],
    }));
    const first = kernel(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      { a: 2, b: [7] },
    );
    expect(
      kernel(
        [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
        { a: 0, b: [0] },
      ).rows,
    ).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(first).toEqual({
      rows: [
        [2, 4],
        [6, 8],
        [10, 12],
      ],
      pair: [[7], [1, 2]],
      none: [],
    });
  });

  test("a key that is __proto__ stays a key", () => {
    const point = JSON.parse('{ "__proto__": 1, "a": 2 }') as Record<string, number>;
    const got = compile((p: Record<string, Value>) => p)(point);
    expect(Object.keys(got)).toEqual(["__proto__", "a"]);
  });

  test("each shape is compiled once, and the least recently used goes first", () => {
    let traces = 0;
    const kernel = compile(
      (xs: Value[]) => {
        traces++;
        return sum(xs);
      },
      { cacheSize: 2 },
    );
    const calls = [1, 2, 1, 2, 3, 2, 1, 2];
    const counts = calls.map((n) => {
      expect(kernel(many(n, () => 1))).toBe(n);
      return traces;
    });
    expect(counts).toEqual([1, 2, 2, 2, 3, 3, 4, 4]);
  });
});

describe("inspect", () => {
  test("counts nodes, instructions, loops and bytes of the latest call", () => {
    const kernel = compile(
      valueAndGrad((w: Value, xs: readonly number[]) => sum(xs, (x) => square(mul(w, x)))),
    );
    kernel(
      1,
      many(100, (i) => i),
    );
    const { nodes, lowered, rolled, loops, functions, bytes, tier, fallback, milliseconds } =
      kernel.inspect();
    expect(loops).toEqual([{ count: 100, lanes: expect.any(Number) as number, origin: "written" }]);
    expect(nodes).toBeGreaterThan(5);
    expect(nodes).toBeLessThan(140);
    expect(lowered).toBe(rolled);
    expect({ functions, tier, fallback }).toEqual({ functions: 1, tier: "wasm", fallback: undefined });
    expect(bytes).toBe(kernel.wasm.bytes.length);
    const { total, ...phases } = milliseconds;
    expect(Object.keys(phases)).toEqual(["trace", "lower", "roll", "emit", "load"]);
    expect(total).toBe(Object.values(phases).reduce((a, b) => a + b));
    kernel(1, [1, 2, 3]);
    expect(kernel.inspect().loops[0]!.count).toBe(3);
  });

  test("tells loops that were found from those that were written", () => {
    const data = many(500, (i) => i / 500);
    const kernel = compile((w: Value) => {
      let total: Scalar = sum(data, (x) => square(mul(w, x)));
      for (const x of data) total = add(total, w.mul(x).sin().mul(w.add(x).cos()).exp());
      return total;
    });
    kernel(1);
    const { loops, lowered, rolled } = kernel.inspect();
    expect(loops.map(({ count, origin }) => `${origin} ${count}`).sort()).toEqual([
      "found 500",
      "written 500",
    ]);
    expect(rolled).toBeLessThan(lowered / 20);
  });

  test("counts the nodes of loops within loops, and follows backward", () => {
    const w = value(0.5, "w");
    const kernel = compile((rows: readonly (readonly number[])[]) =>
      sum(rows, (row) => scan(row, w, (carry, x) => mul(carry, x))),
    );
    kernel([
      [1, 2],
      [3, 4],
    ]);
    const { nodes, loops } = kernel.inspect();
    expect(loops.map(({ count }) => count)).toEqual([2, 2]);
    kernel.backward([
      [1, 2],
      [3, 4],
    ]);
    expect(kernel.inspect().nodes).toBeGreaterThan(nodes);
    expect(w.grad).toBe(14);
  });

  test("before the first call it is an error, as for dot and wasm", () => {
    const kernel = compile((x: Value) => x);
    expect(() => kernel.inspect()).toThrow(
      "compile: inspect() is about the latest call, and the kernel was not",
    );
    expect(() => kernel.dot()).toThrow("dot()");
    expect(() => kernel.wasm).toThrow("wasm");
  });
});

describe("tiers", () => {
  const f = (x: Value) => [x.sin().mul(x), x.exp().add(1)];

  test.each(["wasm", "replay", "js"] as const)("%s can be asked for", (tier) => {
    const kernel = compile(f, { tier });
    const eager = f(value(0.7)).map(({ data }) => data);
    expect(kernel(0.7)).toEqual(eager);
    expect(kernel.inspect()).toMatchObject({ tier, fallback: undefined });
  });

  test("large programs that repeat nothing are replayed", () => {
    const kernel = compile((x: Value) => {
      let total: Scalar = 0;
      let state = 1;
      const nodes: Scalar[] = [x];
      for (let i = 0; i < 12_000; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        const a = nodes[state % nodes.length]!;
        const b = nodes[(state >>> 8) % nodes.length]!;
        const node =
          state % 3 === 0 ? mul(a, 0.5) : state % 5 < 2 ? add(a, mul(b, -0.9)) : square(mul(a, 1e-3));
        nodes.push(node);
        total = add(mul(total, 0.5), node);
      }
      return total;
    });
    expect(kernel(0.5)).toBeTypeOf("number");
    expect(kernel.inspect().tier).toBe("replay");
  });

  test("replay says that it is not for loops", () => {
    const kernel = compile((xs: Value[]) => sum(xs, square), { tier: "replay" });
    expect(() => kernel([1, 2])).toThrow(
      'compile: tier "replay" is for functions without loops, this one has 1',
    );
  });
});

describe("what cannot be compiled", () => {
  test.each<[string, unknown, unknown[], string]>([
    [
      "a Value",
      (x: Value) => x,
      [value(2)],
      "compile: argument 1 must be a number, or arrays and plain objects",
    ],
    ["a Value within", (p: unknown) => p, [{ a: [1, value(2)] }], "argument 1.a[1] must be"],
    [
      "a date",
      (x: Value) => x,
      [1, new Date()],
      "argument 2 must be a number, or arrays and plain objects of them, got an object (Date)",
    ],
    ["integers of 32 bits", (xs: Value[]) => sum(xs), [new Int32Array(2)], "got an object (Int32Array)"],
    [
      "an argument missing",
      (x: Value) => mul(x, x),
      [],
      "mul: operand 1 must be a number or a Value, got undefined",
    ],
    ["a string", (x: Value) => mul(x, x), ["2"], 'got the string "2"'],
    [
      "a hole",
      (xs: Value[]) => sum(xs),
      [Object.assign(new Array(3), { 0: 1, 2: 3 })],
      "sum: operand 2 must be a number or a Value, got undefined",
    ],
    ["no result", () => undefined, [], "compile: the function must return scalars, got undefined"],
    ["a result that is a string", () => "a", [], 'the function must return scalars, got the string "a"'],
    ["a promise", (x: Value) => [Promise.resolve(x)], [1], "must not be asynchronous: await first"],
    ["a map as result", () => new Map(), [], "what the function returned must be a number, or arrays"],
  ])("%s", (_, f, args, message) => {
    expect(() => untyped(f)(...args)).toThrow(message);
    expectNoTrace();
  });

  test("an asynchronous function", () => {
    expect(() => untyped(async (x: Value) => x)(1)).toThrow("asynchronous");
    expectNoTrace();
  });

  test("cycles and very deep trees", () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    const ring: { a?: unknown } = {};
    ring.a = ring;
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const f = untyped((x: unknown) => x);
    for (const tree of [cycle, ring, deep])
      expect(() => f(tree)).toThrow("is nested more than 1000 deep. Is it a cycle?");
    expect(() => untyped(() => cycle)()).toThrow("what the function returned[0][0]");
    expectNoTrace();
  });

  test("arguments that change while the function is traced", () => {
    const xs = [1, 2];
    const kernel = untyped((given: Value[]) => {
      xs.push(3);
      return sum(given);
    });
    expect(() => kernel(xs)).toThrow("compile: the arguments changed while");
    const own = compile((given: Value[]) => {
      given.push(value(3));
      return sum(given);
    });
    expect([own([1, 2]), own([5, 6])]).toEqual([6, 14]);
  });

  test("what the function throws comes through, and leaves no trace", () => {
    const kernel = untyped((xs: Value[]) => {
      map(xs, () => {
        throw new Error("mine");
      });
    });
    expect(() => kernel([1, 2])).toThrow("mine");
    expectNoTrace();
    expect(() => compile((x: Value) => (x.data > 0 ? x : x.neg()))(1)).toThrow(TraceError);
    expectNoTrace();
  });

  test("kernels inside of other functions take numbers only, and say what to call", () => {
    const kernel = untyped((x: Value) => x.square());
    const advice = "inside of other functions call the original function, and compile the derivative";
    expect(() => compile((x: Value) => kernel(x) as number)(2)).toThrow(advice);
    expect(() => grad((x: Value) => kernel(x) as Scalar)(2)).toThrow(advice);
    expectNoTrace();
    expect(compile((x: Value) => x.mul(kernel(3) as number))(2)).toBe(18);
    expect(grad((x: Value) => x.mul(kernel(3) as number))(2)).toBe(9);
    expect(noGrad(() => kernel(3))).toBe(9);
    expect(checked(() => kernel(3))).toBe(9);
  });

  test("a kernel that captured leaves reads them only where they can be read", () => {
    const w = value(3);
    const inner = compile((x: Value) => x.mul(w));
    expect(() => compile((x: Value) => x.mul(inner(2)))(1)).toThrow(TraceError);
    expectNoTrace();
    expect(inner(2)).toBe(6);
  });

  test("traced Values that left their function", () => {
    let leaked: Value | undefined;
    compile((x: Value) => {
      leaked = x.mul(2);
      return leaked;
    })(1);
    expect(() => leaked!.data).toThrow(TraceError);
    expect(() => compile((x: Value) => x.mul(leaked!))(2)).toThrow(TraceError);
  });

  test.each<[unknown[], string]>([
    [[3], "compile: needs a function, got 3"],
    [
      [Math.sin, 3],
      "compile: options must be an object, got 3. Arguments are passed in a second call: compile(f)(x).",
    ],
    [[Math.sin, [3]], "options must be an object, got an array of 1"],
    [[Math.sin, { name: "a" }], 'compile: there is no option "name". The options are: tier, cacheSize.'],
    [[Math.sin, { tier: "gpu" }], 'tier must be one of "wasm", "replay", "js", got the string "gpu"'],
    [[Math.sin, { cacheSize: 0 }], "cacheSize must be a whole number from 1, got 0"],
  ])("arguments of compile: %j", (args, message) => {
    expect(() => (untyped as (...args: unknown[]) => unknown)(...args)).toThrow(message);
  });

  test("buffers that are none, or too short", () => {
    const kernel = untyped((x: Value) => [x, x]);
    expect(() => kernel.into(2)).toThrow("out must be a Float64Array, before the arguments, got 2");
    expect(() => kernel.into(new Float64Array(1), 2)).toThrow(
      "out must be a Float64Array of at least 2, got one of 1",
    );
  });

  test("backward of several results", () => {
    expect(() => untyped((x: Value) => [x, x]).backward(2)).toThrow(
      "compile: backward needs a function that returns one scalar, got an array of 2",
    );
    expectNoTrace();
  });

  test("a backward that fails leaves the latest call as it was", () => {
    const kernel = compile(([x, y]: [Value, Value]) => x.mul(y));
    expect(() => kernel.inspect()).toThrow(
      "compile: inspect() is about the latest call, and the kernel was not called yet.",
    );
    kernel([1, 2]);
    expect(() => kernel.backward([1, 2])).toThrow("found no leaf to give a gradient");
    expect(kernel.inspect().lowered).toBe(3);
  });
});

describe("NaN, infinities and zeros", () => {
  test("go in and come out", () => {
    const kernel = compile((xs: Value[]) => xs);
    for (const xs of [[Number.NaN], [Number.POSITIVE_INFINITY], [-0]]) expect(kernel(xs)).toEqual(xs);
  });
});
