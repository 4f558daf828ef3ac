import { grad, type Value, value } from "@chainrule/core";
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
