import { compile, grad, type Scalar, type Value, value, valueAndGrad } from "@chainrule/core";
import { expect, test } from "vitest";
import { hinge, multiclassHinge } from "../../src/index.ts";

test("the three images of CS231n: losses 2.9, 0 and 12.9", () => {
  const scores = [
    [3.2, 5.1, -1.7],
    [1.3, 4.9, 2.0],
    [2.2, 2.5, -3.1],
  ];
  const each = multiclassHinge(scores, [0, 1, 2], { reduction: "none" });
  expect(each).toEqual([2.9, 0, 12.9].map((x) => expect.closeTo(x, 12)));
  expect(multiclassHinge(scores, [0, 1, 2])).toBeCloseTo(15.8 / 3, 12);
});

test("with two classes it is the binary hinge of their difference", () => {
  for (const [a, b] of [
    [0.3, -0.1],
    [2, 0],
    [-1, 1],
  ] as const) {
    expect(multiclassHinge([a, b], 0)).toBeCloseTo(hinge(a - b, 1), 14);
  }
});

test("its gradient counts the classes that come too near; kinks count for nothing", () => {
  const gradient = (label: number, margin = 1) =>
    grad((s: readonly Value[]) => multiclassHinge(s, label, { margin }))([3, 4, 2.5, 2]);
  expect(gradient(0)).toEqual([-2, 1, 1, 0]);
  expect(gradient(1)).toEqual([0, 0, 0, 0]);
  expect(gradient(0, 2)).toEqual([-3, 1, 1, 1]);
});

test("the only class is certain, and infinite scores do no harm", () => {
  expect(valueAndGrad((s: readonly Value[]) => multiclassHinge(s, 0))([3])).toEqual([0, [0]]);
  expect(multiclassHinge([Number.POSITIVE_INFINITY, 1], 0)).toBe(0);
  expect(multiclassHinge([1, Number.NEGATIVE_INFINITY], 0)).toBe(0);
  expect(multiclassHinge([Number.NEGATIVE_INFINITY, 1], 0)).toBe(Number.POSITIVE_INFINITY);
});

test("a traced label gives the same as a number, and NaN if it is none", () => {
  const kernel = compile(valueAndGrad((s: Value[], label: Scalar) => multiclassHinge(s, label)));
  for (const scores of [
    [1000, -1000, 0],
    [0.1, 0.2, 0.3],
    [Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY],
  ]) {
    for (const label of [0, 1, 2]) {
      const ofNumber = valueAndGrad((s: Value[]) => multiclassHinge(s, label))(scores);
      expect(kernel(scores, label)).toEqual(ofNumber);
    }
  }
  for (const label of [3, -1, 0.5]) expect(kernel([1, 2, 3], label)[0]).toBeNaN();
  expect(multiclassHinge([1, 2], value(0)).data).toBe(2);
});

test("refuses labels out of range and margins that are none", () => {
  expect(() => multiclassHinge([1, 2], 2)).toThrow(
    new RangeError("multiclassHinge: label must be an integer from 0 to 1, got 2."),
  );
  expect(() => multiclassHinge([1, 2], 0, { margin: 0 })).toThrow(
    new RangeError("multiclassHinge: margin must be a positive finite number, got 0."),
  );
});
