import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { add, mul, noGrad, type Scalar, stopGradient, Value, value, where } from "../src/index.ts";

describe("printing", () => {
  test("shows data, grad and label", () => {
    const x = value(2, "x");
    x.mul(3).backward();
    expect(String(x)).toBe("Value(x: data=2, grad=3)");
    expect(`${value(0.5)}`).toBe("Value(data=0.5, grad=0)");
    expect(inspect({ x })).toBe("{ x: Value(x: data=2, grad=3) }");
  });

  test("JSON keeps the number", () => {
    expect(JSON.stringify({ w: [value(2, "w"), value(3).mul(2)] })).toBe('{"w":[2,6]}');
  });

  test("a label is text or a function", () => {
    expect(() => {
      value(1).label = 5 as never;
    }).toThrow("label must be a string or a function that makes one, got 5.");
  });

  test("a lazy label is made once, when it is read", () => {
    let calls = 0;
    const x = value(1, () => `made ${++calls}`);
    expect(calls).toBe(0);
    expect([x.label, x.label, calls]).toEqual(["made 1", "made 1", 1]);
    x.label = undefined;
    expect(x.label).toBeUndefined();
  });
});

describe("JavaScript's own operators throw with advice", () => {
  const x = value(3) as never as number;
  const y = value(4) as never as number;
  test.each<[string, () => unknown]>([
    ["x + 1", () => x + 1],
    ["1 - x", () => 1 - x],
    ["x * y", () => x * y],
    ["-x", () => -x],
    ["x > 0", () => x > 0],
    ["x <= y", () => x <= y],
    ["Math.sin(x)", () => Math.sin(x)],
    ["Number(x)", () => Number(x)],
    ["array.sort comparing", () => [x, y].sort((a, b) => a - b)],
  ])("%s", (_, misuse) => {
    expect(misuse).toThrow(/x\.add\(y\).*x\.data/s);
  });

  test("text of a Value is never a number", () => {
    expect(Number(`${value(3)}`)).toBeNaN();
    expect(() => mul(value(2), `${value(3)}` as never)).toThrow(
      /operand 2 must be a number or a Value, got the string/,
    );
  });
});

describe("bad operands", () => {
  const foreign = [undefined, null, "3", true, 3n, [1], {}, { data: 3 }, () => 3, Symbol("x"), new Date(0)];
  test.each(foreign.map((x) => [typeof x, x]))("%s", (_, x) => {
    const bad = x as never;
    expect(() => value(bad)).toThrow(TypeError);
    expect(() => add(bad, value(1))).toThrow(/add: operand 1 must be a number or a Value/);
    expect(() => value(1).mul(bad)).toThrow(/mul: operand 2 must be a number or a Value/);
    expect(() => where(value(1), 2, bad)).toThrow(/where: operand 3 must be a number or a Value/);
  });

  test("numbers that are not finite are numbers", () => {
    expect(value(Number.NaN).add(1).data).toBeNaN();
    expect(value(Number.POSITIVE_INFINITY).neg().data).toBe(Number.NEGATIVE_INFINITY);
  });

  test("a boolean is no condition, and value is no function for map: the messages say what to write", () => {
    expect(() => where(true as never, 1, 2)).toThrow(/got true\. For a condition write greater\(x, 0\)/);
    expect(() => [1, 2].map(value as never)).toThrow(/got 0\. In map write \(x\) => value\(x\)/);
  });

  test("a label must be text", () => {
    expect(() => value(1, 2 as never)).toThrow(
      /label must be a string or a function that makes one, got 2\./,
    );
  });

  test("a Value of another copy of the package is named as such", async () => {
    const copy = "../src/value.ts?copy";
    const other = (await import(/* @vite-ignore */ copy)) as { value: typeof value };
    const stranger = other.value(2) as Scalar;
    expect(stranger).not.toBeInstanceOf(Value);
    expect(() => add(1, stranger)).toThrow(/another copy of @chainrule\/core/);
  });
});

describe("leaves without a past", () => {
  test("noGrad records nothing, and records again afterwards, errors included", () => {
    const x = value(2);
    const inside = noGrad(() => x.mul(3));
    expect([inside.data, inside.op, inside.operands]).toEqual([6, undefined, []]);
    expect(() =>
      noGrad(() => {
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(x.mul(3).operands).toEqual([x, 3]);
  });

  test("stopGradient passes the number and no gradient", () => {
    const x = value(3);
    x.mul(stopGradient(x)).backward();
    expect(x.grad).toBe(3);
  });
});
