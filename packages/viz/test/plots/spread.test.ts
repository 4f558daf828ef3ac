import { expect, test } from "vitest";
import { spread } from "../../src/plots/spread.ts";

test("places that are apart stay", () => {
  expect(spread([10, 30, 60], 10, [0, 100])).toEqual([10, 30, 60]);
});

test("those too near move apart by as little as can be", () => {
  expect(spread([10, 12, 50], 10, [0, 100])).toEqual([6, 16, 50]);
  expect(spread([10, 10, 10, 22], 10, [-50, 100])).toEqual([-2, 8, 18, 28]);
});

test("within the limits, if they fit", () => {
  expect(spread([98, 99, 100], 10, [0, 100])).toEqual([80, 90, 100]);
  expect(spread([0, 1], 10, [0, 100])).toEqual([0, 10]);
  expect(spread([0, 0, 0], 10, [0, 5])).toEqual([0, 10, 20]);
});

test("one, and none", () => {
  expect(spread([5], 10, [0, 100])).toEqual([5]);
  expect(spread([], 10, [0, 100])).toEqual([]);
});
