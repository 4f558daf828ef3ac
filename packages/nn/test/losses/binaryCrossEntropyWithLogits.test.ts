import { compile, grad, type Scalar, type Value, value, valueAndGrad } from "@chainrule/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { binaryCrossEntropyWithLogits } from "../../src/index.ts";

const logit = fc.double({ min: -15, max: 15, noNaN: true });
const target = fc.double({ min: 0, max: 1, noNaN: true });

test("is −t ln σ(z) − (1 − t) ln(1 − σ(z)), and its gradient σ(z) − t", () => {
  fc.assert(
    fc.property(logit, fc.oneof(target, fc.constantFrom(0, 1)), (z, t) => {
      const p = 1 / (1 + Math.exp(-z));
      const q = 1 / (1 + Math.exp(z));
      expect(binaryCrossEntropyWithLogits(z, t)).toBeCloseTo(-t * Math.log(p) - (1 - t) * Math.log(q), 10);
      expect(grad((x: Value) => binaryCrossEntropyWithLogits(x, t))(z)).toBeCloseTo(p - t, 12);
    }),
    { endOnFailure: true },
  );
});

test("keeps its value where the probability is 0 or 1 in double precision", () => {
  expect(binaryCrossEntropyWithLogits(-800, 1)).toBe(800);
  expect(binaryCrossEntropyWithLogits(800, 0)).toBe(800);
  expect(binaryCrossEntropyWithLogits(800, 1)).toBe(0);
  expect(binaryCrossEntropyWithLogits(40, 1) / Math.exp(-40)).toBeCloseTo(1, 14);
});

test("numbers give a number, a Value a Value", () => {
  expect(binaryCrossEntropyWithLogits(0, 1)).toBe(Math.LN2);
  expect(binaryCrossEntropyWithLogits(value(0), 0.5).data).toBe(Math.LN2);
});

test("refuses targets outside [0, 1] and anything but scalars", () => {
  for (const t of [-0.1, 1.1, Number.NaN]) {
    expect(() => binaryCrossEntropyWithLogits(0, t)).toThrow(
      new RangeError(`binaryCrossEntropyWithLogits: target must be from 0 to 1, got ${t}.`),
    );
  }
  expect(() => binaryCrossEntropyWithLogits("0" as never, 1)).toThrow(
    new TypeError('binaryCrossEntropyWithLogits: logit must be a number or a Value, got the string "0".'),
  );
  expect(() => binaryCrossEntropyWithLogits(0, true as never)).toThrow(TypeError);
});

test("between 0 and 1 it keeps the smaller term where the larger one cancels", () => {
  const t = 1 - 1e-10;
  expect(binaryCrossEntropyWithLogits(800, t) / ((1 - t) * 800)).toBeCloseTo(1, 12);
  expect(binaryCrossEntropyWithLogits(-800, 1e-10) / 8e-8).toBeCloseTo(1, 12);
  expect(binaryCrossEntropyWithLogits(30, t)).toBe(
    t * Math.log1p(Math.exp(-30)) + (1 - t) * (30 + Math.exp(-30)),
  );
});

test("infinite logits give 0 or ∞", () => {
  const infinity = Number.POSITIVE_INFINITY;
  for (const [z, t] of [
    [infinity, 0.5],
    [-infinity, 0.5],
    [infinity, 0],
    [-infinity, 1],
  ] as const) {
    expect(binaryCrossEntropyWithLogits(z, t)).toBe(infinity);
  }
  expect([binaryCrossEntropyWithLogits(infinity, 1), binaryCrossEntropyWithLogits(-infinity, 0)]).toEqual([
    0, 0,
  ]);
});

test("a traced target gives the value and gradient of a number, also for extreme and infinite logits", () => {
  const kernel = compile(valueAndGrad((z: Value, t: Scalar) => binaryCrossEntropyWithLogits(z, t)));
  for (const z of [-1000, 1000, -40, 40, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    for (const t of [0, 0.25, 1]) {
      expect(kernel(z, t)).toEqual(valueAndGrad((x: Value) => binaryCrossEntropyWithLogits(x, t))(z));
    }
  }
  expect(kernel(1000, 0)).toEqual([1000, 1]);
  expect(kernel(-1000, 1)).toEqual([1000, -1]);
  for (const t of [-0.1, 1.1, Number.NaN]) expect(kernel(0, t)).toEqual([Number.NaN, Number.NaN]);
});

test("a target that is a Value gets −z, also where it selects one term", () => {
  for (const t of [0, 0.3, 1]) {
    expect(grad((x: Value) => binaryCrossEntropyWithLogits(2, x))(t)).toBeCloseTo(-2, 14);
  }
});

test("a target that rounding made larger than 1 gives no loss below 0", () => {
  expect(binaryCrossEntropyWithLogits(1000, 1 + 1e-7)).toBe(0);
});
