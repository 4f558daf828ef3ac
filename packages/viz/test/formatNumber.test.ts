import fc from "fast-check";
import { expect, test } from "vitest";
import { formatNumber } from "../src/formatNumber.ts";

test.each([
  [0, "0"],
  [-0, "0"],
  [1, "1"],
  [-3, "-3"],
  [Math.SQRT1_2, "0.7071"],
  [1234.5, "1235"],
  [123456, "123500"],
  [999999, "1e6"],
  [1e21, "1e21"],
  [0.001, "0.001"],
  [0.00012346, "1.235e-4"],
  [0.00099999, "0.001"],
  [1e-300, "1e-300"],
  [-5e-324, "-4.941e-324"],
  [Number.MAX_VALUE, "1.798e308"],
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "∞"],
  [Number.NEGATIVE_INFINITY, "-∞"],
])("%d is %s", (x, text) => {
  expect(formatNumber(x)).toBe(text);
});

test("keeps 4 significant digits of any number, in at most 11 characters", () => {
  fc.assert(
    fc.property(fc.double({ noDefaultInfinity: true, noNaN: true, max: 1e300, min: -1e300 }), (x) => {
      const text = formatNumber(x);
      expect(Math.abs(Number(text) - x)).toBeLessThanOrEqual(Math.abs(x) * 5.001e-4 + Number.MIN_VALUE);
      expect(text.length).toBeLessThanOrEqual(11);
    }),
    { endOnFailure: true },
  );
});
