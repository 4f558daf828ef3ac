import fc from "fast-check";
import { expect, test } from "vitest";
import { oneHot } from "../../src/index.ts";

test("each row has one 1, at its label", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(6)), fc.integer({ min: 7, max: 10 }), (labels, classes) => {
      const rows = oneHot(labels, classes);
      expect(rows.map((row) => row.indexOf(1))).toEqual(labels);
      for (const row of rows) {
        expect(row).toHaveLength(classes);
        expect(row.reduce((a, b) => a + b)).toBe(1);
      }
    }),
    { endOnFailure: true },
  );
});

test("is as wide as the largest label needs, unless told", () => {
  expect(oneHot([0, 2, 1])).toEqual([
    [1, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
  ]);
  expect(oneHot([])).toEqual([]);
});

test("refuses labels that are no class", () => {
  expect(() => oneHot([0, 0.5])).toThrow(
    new RangeError("oneHot: labels[1] must be an integer ≥ 0, got 0.5."),
  );
  expect(() => oneHot([-1])).toThrow(RangeError);
  expect(() => oneHot([0, 3], 3)).toThrow(
    new RangeError("oneHot: labels[1] must be an integer from 0 to 2, got 3."),
  );
  expect(() => oneHot(["0"] as never)).toThrow(TypeError);
  expect(() => oneHot([0], 0)).toThrow(new RangeError("oneHot: classes must be a positive integer, got 0."));
  expect(() => oneHot(3 as never)).toThrow(
    new TypeError("oneHot: labels must be an array of integers, got 3."),
  );
});
