import { describe, expect, test } from "vitest";
import { sum, topologicalOrder, type Value, value, zeroGrad } from "../src/index.ts";

describe("topologicalOrder", () => {
  test("operands come before results, first operands first, each node once", () => {
    const a = value(1, "a");
    const b = value(2, "b");
    const product = a.mul(b);
    const root = product.add(product).sub(a);
    expect(topologicalOrder(root)).toEqual([a, b, product, root.operands[0], root]);
  });

  test("several roots share one order", () => {
    const a = value(1);
    const left = a.sin();
    const right = a.cos();
    expect(topologicalOrder([left, right])).toEqual([a, left, right]);
  });

  test("a chain of a million nodes", () => {
    let y: Value = value(1);
    for (let i = 0; i < 1_000_000; i++) y = y.add(1);
    expect(topologicalOrder(y)).toHaveLength(1_000_001);
  });

  test("a ladder with 2^200 paths", () => {
    let y: Value = value(1);
    for (let i = 0; i < 200; i++) y = y.add(y);
    expect(topologicalOrder(y)).toHaveLength(201);
  });
});

test("a walk that is interrupted leaves no marks, and a frozen Value is named", () => {
  const x = value(2);
  const y = x.mul(3);
  const frozen = value(4, "constant");
  Object.freeze(frozen);
  const z = y.add(y.mul(frozen));
  const message =
    "A frozen Value (Value(constant: data=4, grad=0)) cannot be part of a walk: do not freeze Values.";
  expect(() => topologicalOrder(z)).toThrow(message);
  expect(topologicalOrder(y)).toEqual([x, y]);
  expect(() => z.backward()).toThrow(message);
  x.zeroGrad();
  y.backward();
  expect(x.grad).toBe(3);
});

test("zeroGrad clears the Values given and all that they were computed from", () => {
  const xs = [value(1), value(2), value(3)];
  const inner = xs[0]!.mul(xs[1]!);
  const y = sum([inner, xs[2]!]);
  y.backward();
  zeroGrad(xs.slice(0, 2));
  expect(xs.map((x) => x.grad)).toEqual([0, 0, 1]);
  y.zeroGrad();
  expect([y, inner, ...xs].map((node) => node.grad)).toEqual([0, 0, 0, 0, 0]);
});

test("anything but Values is refused before anything is changed", () => {
  const x = value(1);
  x.backward();
  const model = { parameters: () => [x] };
  expect(() => zeroGrad(model as never)).toThrow(
    /needs a Value, or an array of Values such as model.parameters\(\)/,
  );
  expect(() => zeroGrad([x, undefined] as never)).toThrow(/zeroGrad: .* got undefined at index 1/);
  expect(() => zeroGrad([[x]] as never)).toThrow(/got an array of 1 at index 0/);
  expect(() => zeroGrad(x, x as never)).toThrow(
    "zeroGrad: give several Values as one array, zeroGrad([a, b]).",
  );
  expect(() => topologicalOrder(3 as never)).toThrow(/topologicalOrder: .* got 3/);
  expect(x.grad).toBe(1);
  zeroGrad(new Set([x]));
  expect(x.grad).toBe(0);
});
