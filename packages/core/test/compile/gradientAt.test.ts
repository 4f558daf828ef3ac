import { describe, expect, test } from "vitest";
import { compile, mul, sin, sum, type Value, value } from "../../src/index.ts";

const leaves = (...numbers: readonly number[]) => numbers.map((x) => value(x));

describe("the gradient at other numbers than those of the leaves", () => {
  test("is that of the same function there; the leaves are neither read nor changed", () => {
    const [v, w] = leaves(Number.NaN, Number.NaN) as [Value, Value];
    v.grad = 7;
    const kernel = compile((x: Value) => mul(x, sin(mul(v, w))));
    const gradient = new Float64Array(2);
    expect(kernel.gradientAt([w, v])(Float64Array.of(0.5, 2), gradient, 3)).toBe(3 * Math.sin(1));
    expect([...gradient]).toEqual([3 * Math.cos(1) * 2, 3 * Math.cos(1) * 0.5]);
    expect([v.data, w.data, v.grad, w.grad]).toEqual([Number.NaN, Number.NaN, 7, 0]);
  });

  test("is 0 for leaves that the result does not depend on; others get none", () => {
    const [v, w, unused] = leaves(2, 3, 4) as [Value, Value, Value];
    const kernel = compile(() => mul(v, w));
    const gradient = Float64Array.of(9, 9);
    expect(kernel.gradientAt([unused, v])(Float64Array.of(1, 10), gradient)).toBe(30);
    expect([...gradient]).toEqual([0, 3]);
    expect([v.grad, w.grad, unused.grad]).toEqual([0, 0, 0]);
  });

  test("follows the shape of the arguments, in every tier", () => {
    for (const tier of ["wasm", "js"] as const) {
      const ws = leaves(1, 1, 1);
      const kernel = compile((xs: Value[]) => sum(xs.map((x, i) => mul(x, mul(ws[i]!, ws[i]!)))), { tier });
      const at = kernel.gradientAt(ws);
      const gradient = new Float64Array(3);
      expect(at(Float64Array.of(1, 2, 3), gradient, [1, 10, 100])).toBe(941);
      expect([...gradient]).toEqual([2, 40, 600]);
      expect(at(Float64Array.of(1, 2, 3), gradient, [1, 10])).toBe(41);
      expect([...gradient]).toEqual([2, 40, 0]);
      expect(kernel.backward([1, 10, 100])).toBe(111);
      expect(ws.map(({ grad }) => grad)).toEqual([2, 20, 200]);
    }
  });

  const [w] = leaves(1) as [Value];
  const { gradientAt } = compile((x: Value) => mul(x, w));
  const wrong: [() => unknown, string][] = [
    [() => gradientAt(w as never), "compile: gradientAt needs an array of leaves, got Value"],
    [() => gradientAt([w, 3 as never]), "compile: gradientAt needs leaves, got 3 at index 1"],
    [() => gradientAt([w.square()]), "at index 0"],
    [
      () => gradientAt([w, value(2), w]),
      "compile: gradientAt needs each leaf once, got Value(data=1, grad=0) at index 0 and 2.",
    ],
    [() => gradientAt([w, undefined, w] as never), "got undefined at index 1"],
    [
      () => gradientAt([w])([1] as never, new Float64Array(1), 2),
      "numbers must be a Float64Array, got an array",
    ],
    [
      () => gradientAt([w])(Float64Array.of(1, 2), new Float64Array(1), 2),
      "numbers must hold a number for each of 1",
    ],
    [
      () => gradientAt([w])(Float64Array.of(1), new Float64Array(0), 2),
      "gradient must hold a number for each of 1",
    ],
  ];
  test.each(wrong)("refuses wrong leaves and arrays: %s", (call, message) => {
    expect(call).toThrow(message);
  });
});
