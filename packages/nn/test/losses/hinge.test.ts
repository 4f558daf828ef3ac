import { compile, grad, type Scalar, type Value, value, valueAndGrad } from "@chainrule/core";
import { expect, test } from "vitest";
import { hinge } from "../../src/index.ts";

test("is the distance to the margin on the wrong side of it, else 0", () => {
  expect([-1, 0, 0.5, 1, 2].map((score) => hinge(score, 1))).toEqual([2, 1, 0.5, 0, 0]);
  expect([-2, -1, -0.5, 0, 1].map((score) => hinge(score, -1))).toEqual([0, 0, 0.5, 1, 2]);
});

test("its slope is −label below the margin, 0 at it and beyond", () => {
  const slope = (score: number, label: number) => grad((s: Value) => hinge(s, label))(score);
  expect([0, 1, 2].map((score) => slope(score, 1))).toEqual([-1, 0, 0]);
  expect([0, -1, -2].map((score) => slope(score, -1))).toEqual([1, 0, 0]);
  expect(hinge(value(0), 1).data).toBe(1);
});

test("refuses labels other than ±1 and anything but scalars", () => {
  for (const label of [0, 2, Number.NaN]) {
    expect(() => hinge(1, label)).toThrow(new RangeError(`hinge: label must be −1 or 1, got ${label}.`));
  }
  expect(() => hinge("1" as never, 1)).toThrow(
    new TypeError('hinge: score must be a number or a Value, got the string "1".'),
  );
});

test("one output and its label, as fit has them, traced too; labels that are none give NaN", () => {
  const kernel = compile(valueAndGrad((outputs: Value[], label: Scalar) => hinge(outputs, label)));
  expect(kernel([0.25], 1)).toEqual([0.75, [-1]]);
  expect(kernel([0.25], -1)).toEqual([1.25, [1]]);
  expect(kernel([0.25], 0)).toEqual([Number.NaN, [Number.NaN]]);
  expect(() => hinge([1, 2], 1)).toThrow(
    new RangeError("hinge: needs as many scores as labels, at least one, got 2 and 1."),
  );
  expect(() => hinge([1, 2], [1, 3])).toThrow(new RangeError("hinge: labels[1] must be −1 or 1, got 3."));
});
