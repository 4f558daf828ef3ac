import { describe, expect, test } from "vitest";
import { CheckError, checked, noGrad, sum, value, where } from "../src/index.ts";

/** The error that f throws. */
function errorOf(f: () => unknown): CheckError {
  try {
    f();
  } catch (error) {
    if (error instanceof CheckError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("checked", () => {
  test("returns what the function returns where all is well", () => {
    const x = value(2);
    expect(checked(() => x.mul(3).data)).toBe(6);
  });

  test("the first operation that is not finite throws, with operands, label and line", () => {
    const x = value(0, "x");
    const error = errorOf(() => checked(() => x.mul(1).add(x.log()).exp()));
    expect(error.message).toMatch(/^log\(x = 0\) is -Infinity\.\n {2}created at .*checks\.test\.ts:\d+:\d+$/);
    expect(error.node.op?.name).toBe("log");
    expect(error.createdAt).toContain("checks.test.ts");
  });

  test("says when an operand was at fault already", () => {
    const x = value(Number.NaN, "x");
    expect(errorOf(() => checked(() => x.mul(2))).message).toContain(
      "mul(x = NaN, 2) is NaN. Operand 1 was NaN before.",
    );
  });

  test("a gradient that is infinite though every value is finite", () => {
    const x = value(0, "x");
    const y = checked(() => x.sqrt().add(1));
    x.grad = 5;
    const error = errorOf(() => checked(() => y.backward()));
    expect(error.message).toContain("the gradient becomes Infinity at operand 1 of sqrt(x = 0) = 0");
    expect(error.message).toContain("1 from above × a local derivative of Infinity");
    expect(x.grad).toBe(5);
  });

  test("a branch not taken is no fault in the sweep", () => {
    const x = value(4);
    checked(() => where(0, x.sqrt(), x.mul(2)).backward());
    expect(x.grad).toBe(2);
  });

  test("a graph out of date throws instead of giving a wrong gradient", () => {
    const x = value(2, "x");
    const y = x.mul(x).mul(x);
    x.data = 10;
    const error = errorOf(() => checked(() => y.backward()));
    expect(error.message).toMatch(/mul\(x = 10, x = 10\) was 4 .* would be 100 now/);
    expect(x.grad).toBe(0);
  });

  test("long operations are shown in part", () => {
    const xs = Array.from({ length: 50 }, (_, i) => value(i === 49 ? Number.POSITIVE_INFINITY : i));
    expect(errorOf(() => checked(() => sum(xs))).message).toContain(
      "sum(0, 1, 2, 3, 4, 5, … 50 in all) is Infinity",
    );
  });

  test("the mode ends with the function, also by an error, and nests", () => {
    const x = value(0);
    expect(() => checked(() => checked(() => x.log()))).toThrow(CheckError);
    expect(x.log().data).toBe(Number.NEGATIVE_INFINITY);
  });
});

test("asynchronous functions are refused: what runs later would escape the mode", () => {
  expect(() => checked(async () => value(1))).toThrow(/checked: the function must not be asynchronous/);
  expect(() => noGrad(async () => value(1))).toThrow(/noGrad: the function must not be asynchronous/);
  expect(() => noGrad(3 as never)).toThrow("noGrad: needs a function to run, as in noGrad(() => …).");
});
