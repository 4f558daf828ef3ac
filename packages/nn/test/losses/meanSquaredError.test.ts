import { grad, type Value, value } from "@chainrule/core";
import { expect, test } from "vitest";
import { meanSquaredError, squaredError } from "../../src/index.ts";

test("is the mean of squared residuals", () => {
  expect(meanSquaredError([1, 2, 3], [1, 4, 0])).toBeCloseTo(13 / 3, 15);
  expect(meanSquaredError([value(1), 2], [1, 4])).toMatchObject({ data: 2 });
});

test("its gradient is 2(p − t)/n", () => {
  expect(grad((p: readonly Value[]) => meanSquaredError(p, [1, 4]))([2, 0])).toEqual([1, -4]);
});

test("refuses different or zero lengths, and anything but numbers as targets", () => {
  expect(() => meanSquaredError([1, 2], [1])).toThrow(
    new RangeError("meanSquaredError: needs as many predictions as targets, at least one, got 2 and 1."),
  );
  expect(() => meanSquaredError([], [])).toThrow(RangeError);
  for (const target of [Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => meanSquaredError([1], [target])).toThrow(
      new RangeError(`meanSquaredError: targets[0] must be a finite number, got ${target}.`),
    );
  }
  expect(() => meanSquaredError(1 as never, [1])).toThrow(
    new TypeError("meanSquaredError: predictions must be an array of scalars, got 1."),
  );
});

test("one prediction may have its target as a plain number", () => {
  expect(meanSquaredError([3], 1)).toBe(4);
  expect(meanSquaredError([value(3)], 1).data).toBe(4);
  expect(() => meanSquaredError([1, 2], 1)).toThrow(
    new RangeError("meanSquaredError: needs as many predictions as targets, at least one, got 2 and 1."),
  );
  expect(() => meanSquaredError([1], "1" as never)).toThrow(TypeError);
});

test("a target that is a Value gets the opposite gradient", () => {
  expect(grad((t: readonly Value[]) => meanSquaredError([2, 0], t))([1, 4])).toEqual([-1, 4]);
  expect(meanSquaredError([1, 2], [value(1), value(4)]).data).toBe(2);
});

test("is the mean of squaredError", () => {
  expect(meanSquaredError([1, 2, 3], [0, 0, 1])).toBe(squaredError([1, 2, 3], [0, 0, 1]));
});

test("takes no options", () => {
  const withOptions = meanSquaredError as (...given: readonly unknown[]) => unknown;
  expect(() => withOptions([1], [2], { reduction: "sum" })).toThrow(
    new TypeError(
      "meanSquaredError: takes no options. Use squaredError(predictions, targets, options), which is the mean of an array, too.",
    ),
  );
});
