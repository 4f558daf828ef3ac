import fc from "fast-check";
import { expect, test } from "vitest";
import { type BooleanFunctionName, booleanFunction, booleanFunctions, xor } from "../../src/index.ts";

test("rows count up in binary", () => {
  for (const inputs of [1, 2, 3, 6]) {
    const rows = booleanFunction(inputs, () => 0).inputs;
    expect(rows.map((row) => Number.parseInt(row.join(""), 2))).toEqual([...Array(2 ** inputs).keys()]);
    expect(rows.every((row) => row.length === inputs)).toBe(true);
  }
});

test("a function and its table are the same, for each of the 256 of three inputs", () => {
  fc.assert(
    fc.property(fc.nat(255), (code) => {
      const table = Array.from({ length: 8 }, (_, row) => (code >> row) & 1);
      const f = (a: number, b: number, c: number) => table[4 * a + 2 * b + c] === 1;
      expect(booleanFunction(3, f)).toEqual(booleanFunction(3, table));
      expect(booleanFunction(3, table).targets).toEqual(table);
    }),
    { endOnFailure: true },
  );
});

test("the 16 of two inputs are what their names say", () => {
  const meanings: Record<BooleanFunctionName, (a: boolean, b: boolean) => boolean> = {
    false: () => false,
    and: (a, b) => a && b,
    nonimplication: (a, b) => !(!a || b),
    left: (a) => a,
    converseNonimplication: (a, b) => !(!b || a),
    right: (_, b) => b,
    xor: (a, b) => a !== b,
    or: (a, b) => a || b,
    nor: (a, b) => !(a || b),
    xnor: (a, b) => a === b,
    notRight: (_, b) => !b,
    converseImplication: (a, b) => !b || a,
    notLeft: (a) => !a,
    implication: (a, b) => !a || b,
    nand: (a, b) => !(a && b),
    true: () => true,
  };
  const all = booleanFunctions();
  expect(Object.keys(all)).toEqual(Object.keys(meanings));
  for (const [name, f] of Object.entries(meanings)) {
    const expected = booleanFunction(2, (a, b) => f(a === 1, b === 1));
    expect(all[name as BooleanFunctionName], name).toEqual(expected);
  }
  const codes = Object.values(all).map(({ targets }) => Number.parseInt(targets.join(""), 2));
  expect(codes).toEqual([...Array(16).keys()]);
  expect(xor()).toEqual(all.xor);
});

test("each call gives data of its own", () => {
  (xor().targets as number[])[0] = 1;
  (booleanFunctions().xor.inputs[0] as number[])[0] = 1;
  expect(xor().targets).toEqual([0, 1, 1, 0]);
  expect(xor().inputs[0]).toEqual([0, 0]);
  const table = [0, 1];
  const { targets } = booleanFunction(1, table);
  table[0] = 1;
  expect(targets).toEqual([0, 1]);
});

test("refuses tables that do not fit, and values that are no bits", () => {
  expect(() => booleanFunction(2, [0, 1])).toThrow(
    new RangeError("booleanFunction: a table for 2 inputs must have 4 values, got 2."),
  );
  expect(() => booleanFunction(2, (a, b) => a + b)).toThrow(
    new RangeError("booleanFunction: f(1, 1) must be 0 or 1, got 2."),
  );
  expect(() => booleanFunction(1, [0, 2])).toThrow(
    new RangeError("booleanFunction: f[1] must be 0 or 1, got 2."),
  );
  expect(() => booleanFunction(1, (() => undefined) as never)).toThrow(TypeError);
  expect(() => booleanFunction(1, "01" as never)).toThrow(TypeError);
  for (const inputs of [0, 21, 1.5]) expect(() => booleanFunction(inputs, () => 0)).toThrow(RangeError);
});
