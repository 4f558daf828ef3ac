import { grad, softmax, type Value, value } from "@chainrule/core";
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
    new RangeError("crossEntropyWithLogits: needs at least one logit, got an empty array."),
  );
  for (const label of [2, -1, 0.5, Number.NaN]) {
    expect(() => crossEntropyWithLogits([1, 2], label)).toThrow(
      new RangeError(`crossEntropyWithLogits: label must be an integer from 0 to 1, got ${label}.`),
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
