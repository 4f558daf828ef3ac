import fc from "fast-check";
import { expect, test } from "vitest";
import { pack } from "../../src/stepper/pack.ts";
import { unpack, unpackSums } from "../../src/stepper/page/unpack.ts";

test("whole numbers come back", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (numbers) => {
      expect(unpack(pack(numbers))).toEqual(numbers);
    }),
    { endOnFailure: true },
  );
  expect(unpack(pack([Number.MAX_SAFE_INTEGER >> 1, -(2 ** 40)]))).toEqual([
    Number.MAX_SAFE_INTEGER >> 1,
    -(2 ** 40),
  ]);
});

test("sums of what came back", () => {
  expect(unpackSums(pack([3, -5, 100]))).toEqual([3, -2, 98]);
  expect(unpackSums("")).toEqual([]);
});

test("small numbers take one character, and none begins markup or ends a string", () => {
  expect(pack([-20, 19])).toHaveLength(2);
  expect(pack([-480, 479])).toHaveLength(4);
  const all = pack(Array.from({ length: 50_000 }, (_, i) => i - 25_000));
  expect(all).toMatch(/^[^<>&"'\u2028\u2029]*$/);
});
