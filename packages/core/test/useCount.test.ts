import { expect, test } from "vitest";
import { compile, dot, noGrad, useCount, type Value, value, where } from "../src/index.ts";

test("each operand slot that passes a gradient counts, in any graph", () => {
  const x = value(3, "x");
  const h = x.exp();
  expect(useCount(h)).toBe(0);
  const y = h.mul(h);
  y.add(h);
  expect(useCount(h)).toBe(3);
  expect(useCount(y)).toBe(1);
  dot([h, h], [h, 2]);
  expect(useCount(h)).toBe(6);
});

test("backward() neither counts nor uses up", () => {
  const h = value(3, "x").exp();
  const y = h.mul(h);
  y.backward();
  y.backward();
  expect(useCount(h)).toBe(2);
});

test("what gets no gradient does not count: leaves, conditions, what is not recorded", () => {
  const x = value(3, "x");
  const h = x.exp();
  x.mul(x);
  where(h, x, 2);
  noGrad(() => h.mul(h));
  expect([useCount(x), useCount(h)]).toEqual([0, 0]);
});

test("a traced node counts for nothing", () => {
  const seen: number[] = [];
  const square = compile((x: Value) => {
    const h = x.exp();
    const y = h.mul(h);
    seen.push(useCount(h));
    return y;
  });
  square(2);
  expect(seen[0]).toBe(0);
});

test("anything but a Value is refused", () => {
  expect(() => useCount(3 as never)).toThrow(new TypeError("useCount: needs a Value, got 3."));
});
