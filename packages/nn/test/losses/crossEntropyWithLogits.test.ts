import { compile, grad, type Scalar, softmax, type Value, value, valueAndGrad } from "@chainrule/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { binaryCrossEntropyWithLogits, crossEntropyWithLogits } from "../../src/index.ts";

const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 6 });

test("is −ln of the softmax probability, and its gradient softmax − e(label)", () => {
  fc.assert(
    fc.property(logits, fc.nat(), (xs, n) => {
      const label = n % xs.length;
      const p = softmax(xs);
      expect(crossEntropyWithLogits(xs, label)).toBeCloseTo(-Math.log(p[label]!), 9);
      const gradient = grad((zs: readonly Value[]) => crossEntropyWithLogits(zs, label))(xs);
      gradient.forEach((g, i) => {
        expect(g).toBeCloseTo(p[i]! - (i === label ? 1 : 0), 12);
      });
    }),
    { endOnFailure: true },
  );
});

test("does not change when all logits are shifted; with two classes it is the binary loss of their difference", () => {
  expect(crossEntropyWithLogits([1001, 1003, 1002], 2)).toBeCloseTo(crossEntropyWithLogits([1, 3, 2], 2), 12);
  expect(crossEntropyWithLogits([0.5, 2], 1)).toBeCloseTo(binaryCrossEntropyWithLogits(1.5, 1), 14);
});

test("numbers give a number, Values a Value", () => {
  expect(crossEntropyWithLogits([0, 0], 0)).toBe(Math.LN2);
  expect(crossEntropyWithLogits([value(0), value(0)], 0).data).toBe(Math.LN2);
});

test("refuses empty logits, non-scalars and labels out of range", () => {
  expect(() => crossEntropyWithLogits([], 0)).toThrow(
    new RangeError("crossEntropyWithLogits: logits must hold at least one scalar, got an empty array."),
  );
  for (const label of [2, -1, 0.5, Number.NaN]) {
    expect(() => crossEntropyWithLogits([1, 2], label)).toThrow(
      new RangeError(
        "crossEntropyWithLogits: target must be an integer from 0 to 1, or an array of probabilities, " +
          `got ${label}.`,
      ),
    );
  }
  expect(() => crossEntropyWithLogits([1, 2], "0" as never)).toThrow(TypeError);
  expect(() => crossEntropyWithLogits([1, "2" as never], 0)).toThrow(
    'crossEntropyWithLogits: logits[1] must be a number or a Value, got the string "2".',
  );
});

test("an impossible label costs ∞, an impossible other class nothing", () => {
  const never = Number.NEGATIVE_INFINITY;
  expect(crossEntropyWithLogits([never, 0], 0)).toBe(Number.POSITIVE_INFINITY);
  expect(crossEntropyWithLogits([1, never, never], 2)).toBe(Number.POSITIVE_INFINITY);
  expect(crossEntropyWithLogits([never, 0, 0], 1)).toBe(Math.LN2);
  expect(crossEntropyWithLogits([Number.POSITIVE_INFINITY, 0], 0)).toBe(0);
  const gradient = grad((zs: readonly Value[]) => crossEntropyWithLogits(zs, 0));
  expect(gradient([never, 0, 0])).toEqual([-1, 0.5, 0.5]);
});

test("the only class is certain", () => {
  for (const x of [3, Number.NEGATIVE_INFINITY]) {
    expect(crossEntropyWithLogits([x], 0)).toBe(0);
    expect(grad((zs: readonly Value[]) => crossEntropyWithLogits(zs, 0))([x])).toEqual([0]);
  }
});

test("softmax([10, 20, −30]) and logits ±1000", () => {
  expect(crossEntropyWithLogits([10, 20, -30], 0)).toBeCloseTo(10 + Math.log1p(Math.exp(-10)), 13);
  expect(crossEntropyWithLogits([10, 20, -30], 1) / Math.exp(-10)).toBeCloseTo(1 - Math.exp(-10) / 2, 8);
  expect(crossEntropyWithLogits([1000, -1000, 0], 0)).toBe(0);
  expect(crossEntropyWithLogits([1000, -1000, 0], 1)).toBe(2000);
  expect(crossEntropyWithLogits([1000, -1000, 0], [0, 1, 0])).toBe(2000);
  expect(crossEntropyWithLogits([1000, -1000, 0], [0.5, 0.25, 0.25])).toBe(750);
});

test("a confident loss keeps its digits, for a class and for a distribution", () => {
  for (const target of [0, [1, 0]]) {
    expect(crossEntropyWithLogits([50, 0], target) / Math.exp(-50)).toBeCloseTo(1, 14);
    expect(crossEntropyWithLogits([1030, 1000], target) / Math.exp(-30)).toBeCloseTo(1, 12);
  }
});

test("a traced class gives the value and gradient of a number, also for extreme and infinite logits", () => {
  const kernel = compile(valueAndGrad((z: Value[], t: Scalar) => crossEntropyWithLogits(z, t)));
  const infinity = Number.POSITIVE_INFINITY;
  for (const xs of [
    [1000, -1000, 0],
    [-1000, -1000, -1000],
    [0.1, -0.2, 0.3],
    [-infinity, 0, 1],
    [infinity, 0, 1],
    [-infinity, -infinity, 3],
  ]) {
    for (const label of [0, 1, 2]) {
      expect(kernel(xs, label)).toEqual(valueAndGrad((z: Value[]) => crossEntropyWithLogits(z, label))(xs));
    }
  }
  expect(kernel([1000, -1000, 0], 1)).toEqual([2000, [1, -1, 0]]);
  for (const label of [3, 7, -1, 0.5, Number.NaN]) {
    expect(kernel([1, 2, 3], label)).toEqual([Number.NaN, [Number.NaN, Number.NaN, Number.NaN]]);
  }
  expect([0, 1].map((label) => kernel([5], label))).toEqual([
    [0, [0]],
    [Number.NaN, [0]],
  ]);
});

test("a distribution drops the terms of weight 0; its gradient is softmax − t, for Values −ln softmax", () => {
  const never = Number.NEGATIVE_INFINITY;
  expect(crossEntropyWithLogits([never, 0, 0], [0, 0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
  expect(crossEntropyWithLogits([never, 0, 0], [0.5, 0.5, 0])).toBe(Number.POSITIVE_INFINITY);
  const xs = [0.5, -1, 2];
  const t = [0.2, 0.7, 0.1];
  const p = softmax(xs);
  grad((z: Value[]) => crossEntropyWithLogits(z, t))(xs).forEach((g, k) => {
    expect(g).toBeCloseTo(p[k]! - t[k]!, 15);
  });
  grad((w: Value[]) => crossEntropyWithLogits(xs, w))(t).forEach((g, k) => {
    expect(g).toBeCloseTo(-Math.log(p[k]!), 14);
  });
});

test("refuses numbers that are no distribution over the classes, and rows of several lengths", () => {
  expect(() => crossEntropyWithLogits([1, 2], [1, 1])).toThrow(
    new RangeError(
      "crossEntropyWithLogits: target must add up to 1, got 2. Divide by the sum, or use softmax.",
    ),
  );
  expect(() => crossEntropyWithLogits([1, 2], [1.5, -0.5])).toThrow(
    new RangeError("crossEntropyWithLogits: target[0] must be from 0 to 1, got 1.5."),
  );
  expect(() => crossEntropyWithLogits([1, 2], [1])).toThrow(
    new RangeError(
      "crossEntropyWithLogits: target must hold a probability for each of 2 classes, got an array of 1.",
    ),
  );
  expect(() => crossEntropyWithLogits([[1, 2], [1]], [0, 0])).toThrow(
    new RangeError(
      "crossEntropyWithLogits: logits[1] must be an array of 2, as logits[0] is, got an array of 1.",
    ),
  );
  expect(() => crossEntropyWithLogits([[1, 2]], [2])).toThrow(/crossEntropyWithLogits: targets\[0\] must be/);
});
