import {
  compile,
  grad,
  gradCheck,
  hessian,
  type Scalar,
  sigmoid,
  type Value,
  valueAndGrad,
} from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { binaryCrossEntropy, binaryCrossEntropyWithLogits } from "../../src/index.ts";

/** −y ln ŷ − (1 − y) ln(1 − ŷ), as it stands. */
const naive = (p: Value, y: number) =>
  p
    .log()
    .mul(-y)
    .sub(
      p
        .neg()
        .add(1)
        .log()
        .mul(1 - y),
    );

const slope = (p: number, y: number) => grad((x: Value) => binaryCrossEntropy(x, y))(p);

test("its slope is (1 − y)/(1 − ŷ) − y/ŷ", () => {
  for (const p of [0.01, 0.25, 0.5, 0.9]) {
    for (const y of [0, 0.3, 1]) {
      expect(slope(p, y)).toBeCloseTo((1 - y) / (1 - p) - y / p, 11);
    }
  }
  expect(slope(0.25, 1)).toBe(-4);
  expect(binaryCrossEntropy(0.25, 1, { unit: "bits" })).toBe(2);
});

test("of sigmoid(z) its slope is ŷ − y", () => {
  for (const z of [-3, 0, 0.7]) {
    for (const y of [0, 0.3, 1]) {
      const error = grad((x: Value) => binaryCrossEntropy(sigmoid(x), y))(z);
      expect(error).toBeCloseTo(sigmoid(z) - y, 14);
    }
  }
});

test("at 0 and 1 the naive form is NaN; the selector and the form from logits are not", () => {
  for (const [p, y] of [
    [0, 0],
    [1, 1],
  ] as const) {
    expect(valueAndGrad((x: Value) => naive(x, y))(p)[0]).toBeNaN();
    expect(valueAndGrad((x: Value) => binaryCrossEntropy(x, y))(p)).toEqual([0, y === 1 ? -1 : 1]);
    const z = y === 1 ? 1000 : -1000;
    const [clipped, vanished] = valueAndGrad((x: Value) => binaryCrossEntropy(x.sigmoid(), y))(z);
    expect([clipped, Math.abs(vanished)]).toEqual([0, 0]);
    const [loss, error] = valueAndGrad((x: Value) => binaryCrossEntropyWithLogits(x, y))(z);
    expect([loss, Math.abs(error)]).toEqual([0, 0]);
  }
  expect(binaryCrossEntropy(0, 1)).toBe(Number.POSITIVE_INFINITY);
  expect(binaryCrossEntropy(1, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(binaryCrossEntropy(1e-20, 0)).toBe(1e-20);
});

describe("clamp", () => {
  const clamp = 1e-3;
  const clamped = (y: number) => (p: Value) => binaryCrossEntropy(p, y, { clamp });

  test("bounds the quotients, and the loss of the certain and wrong", () => {
    expect(valueAndGrad(clamped(1))(0)).toEqual([1 - Math.log(clamp), -1 / clamp]);
    expect(valueAndGrad(clamped(0))(1)).toEqual([1 - Math.log(clamp), 1 / clamp]);
    expect(grad(clamped(1))(clamp / 2)).toBeCloseTo(-1 / clamp, 9);
  });

  test("changes nothing between ε and 1 − ε, derivatives of second order included", () => {
    for (const p of [clamp, 0.3, 1 - 2 * clamp]) {
      for (const y of [0, 0.5, 1]) {
        expect(valueAndGrad(clamped(y))(p)).toEqual(
          valueAndGrad((x: Value) => binaryCrossEntropy(x, y))(p).map((x) => expect.closeTo(x, 10)),
        );
      }
    }
    expect(hessian(clamped(1))(0.5)).toBeCloseTo(4, 12);
  });

  test("gives the gradient of the loss that it gives", () => {
    for (const p of [0.05, 0.5, 0.95]) {
      for (const y of [0, 0.4, 1]) {
        const loss = (x: Value) => binaryCrossEntropy(x, y, { clamp: 0.2 });
        expect(gradCheck(loss, p).worst).toBeLessThan(1e-12);
      }
    }
  });

  test("refuses an ε beyond ½", () => {
    for (const epsilon of [-1, 0.6, Number.NaN]) {
      expect(() => binaryCrossEntropy(0.5, 1, { clamp: epsilon })).toThrow(
        new RangeError(`binaryCrossEntropy: clamp must be from 0 to 0.5, got ${epsilon}.`),
      );
    }
  });
});

test("a traced target selects as a number does; what is no probability gives NaN", () => {
  for (const clamp of [0, 1e-6]) {
    const loss = (p: Value, y: Scalar) => binaryCrossEntropy(p, y, { clamp });
    const kernel = compile(valueAndGrad(loss));
    for (const [p, y] of [
      [0, 0],
      [1, 1],
      [0, 1],
      [1, 0],
      [0.3, 1],
      [0.3, 0.2],
    ] as const) {
      expect(kernel(p, y)).toEqual(valueAndGrad((x: Value) => loss(x, y))(p));
    }
    for (const [p, y] of [
      [0.5, 2],
      [0.5, -1],
      [2.3, 1],
      [-0.5, 1],
      [2.3, 0],
    ] as const) {
      expect(kernel(p, y)[0]).toBeNaN();
    }
  }
});

test("refuses numbers that are no probabilities", () => {
  for (const p of [-0.1, 1.1, Number.NaN]) {
    expect(() => binaryCrossEntropy(p, 1)).toThrow(
      new RangeError(`binaryCrossEntropy: probability must be from 0 to 1, got ${p}.`),
    );
    expect(() => binaryCrossEntropy([0.5], [p])).toThrow(
      new RangeError(`binaryCrossEntropy: targets[0] must be from 0 to 1, got ${p}.`),
    );
  }
});

test("rounding above 1 counts as 1", () => {
  expect(binaryCrossEntropy(1, 1.0000000000000002)).toBe(0);
  expect(binaryCrossEntropy(1 + 5e-7, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(binaryCrossEntropy(1 + 5e-7, 1)).toBe(0);
  const kernel = compile((p: Value, y: Value) => binaryCrossEntropy(p, y));
  expect(kernel(1, 1.0000000000000002)).toBe(0);
  expect(kernel(1 + 5e-7, 0)).toBe(Number.POSITIVE_INFINITY);
});
