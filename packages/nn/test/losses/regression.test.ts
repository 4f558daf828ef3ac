import { grad, type Value } from "@chainrule/core";
import { expect, test } from "vitest";
import { absoluteError, huberLoss, squaredError } from "../../src/index.ts";

const outputs = [3, -0.5, 2, 7];
const targets = [2.5, 0, 2, 8];

test("the squared error as (1/m), (1/2m) and ½, with gradients 2r/m, r/m and r", () => {
  expect(squaredError(outputs, targets)).toBe(0.375);
  expect(squaredError(outputs, targets, { half: true })).toBe(0.1875);
  expect(squaredError(3, 1, { half: true })).toBe(2);
  expect(squaredError(outputs, targets, { reduction: "none" })).toEqual([0.25, 0.25, 0, 1]);
  const gradientOf = (half: boolean) => grad((o: readonly Value[]) => squaredError(o, targets, { half }));
  expect(gradientOf(false)(outputs)).toEqual([0.25, -0.25, 0, -0.5]);
  expect(gradientOf(true)(outputs)).toEqual([0.125, -0.125, 0, -0.25]);
  expect(grad((o: Value) => squaredError(o, 1, { half: true }))(3)).toBe(2);
});

test("the mean absolute error, with slopes ±1 and 0 at the kink", () => {
  expect(absoluteError(outputs, targets)).toBe(0.5);
  const slope = grad((o: Value) => absoluteError(o, 1));
  expect([0, 1, 2].map((o) => slope(o))).toEqual([-1, 0, 1]);
});

test("Huber's loss is ½r² up to δ, then a line; its slope is r held in ±δ", () => {
  expect([0, 0.5, 1, 3, -3].map((o) => huberLoss(o, 0))).toEqual([0, 0.125, 0.5, 2.5, 2.5]);
  expect(huberLoss(3, 0, { delta: 2 })).toBe(4);
  const slope = grad((o: Value) => huberLoss(o, 0, { delta: 2 }));
  expect([-5, -2, 0, 1, 2, 5].map((o) => slope(o))).toEqual([-2, -2, 0, 1, 2, 2]);
});

test("refuses options that cannot be", () => {
  for (const delta of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => huberLoss(1, 0, { delta })).toThrow(
      new RangeError(`huberLoss: delta must be a positive finite number, got ${delta}.`),
    );
  }
  expect(() => squaredError(1, 0, { half: 0.5 as never })).toThrow(
    new TypeError("squaredError: half must be true or false, got 0.5."),
  );
});
