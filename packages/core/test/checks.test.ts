import { describe, expect, test } from "vitest";
import {
  CheckError,
  checked,
  defineOp,
  grad,
  greater,
  hessian,
  jvp,
  localDerivatives,
  max,
  noGrad,
  sum,
  type Value,
  value,
  valueAndGrad,
  where,
} from "../src/index.ts";

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

describe("checked, around transforms", () => {
  test("a derivative that is infinite or NaN throws, in either mode and as a graph", () => {
    const message = /the gradient becomes Infinity at operand 1 of sqrt\(0\) = 0: 1 from above/;
    expect(() => checked(() => grad((x: Value) => x.sqrt())(0))).toThrow(message);
    expect(() => checked(() => grad((x: Value) => x.sqrt())(value(0)))).toThrow(message);
    expect(() => checked(() => jvp((x: Value) => x.sqrt())(0, 1))).toThrow(
      /the tangent of sqrt\(0\) = 0 becomes Infinity by operand 1: a local derivative of Infinity × 1 from below/,
    );
    const length = ([a, b]: [Value, Value]) => a.square().add(b.square()).sqrt();
    const error = errorOf(() => checked(() => valueAndGrad(length)([0, 0])));
    expect(error.createdAt).toContain("checks.test.ts");
  });

  test("healthy second derivatives pass", () => {
    expect(checked(() => grad(grad((x: Value) => x.pow(2)))(-2))).toBe(2);
    expect(checked(() => hessian((x: Value) => x.pow(2))(-1))).toBe(2);
    expect(checked(() => hessian((x: Value) => where(greater(x, 0), x.sqrt(), x.square()))(0))).toBe(2);
    expect(checked(() => hessian(([x, y]: [Value, Value]) => x.pow(y))([0, 3]))).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const x = value(-1);
    checked(() => x.pow(2).backward({ createGraph: true }));
    expect(x.gradNode!.data).toBe(-2);
  });

  test("the line is found from within nested derivatives", () => {
    const nested = () => grad(grad((x: Value) => x.pow(1.5)))(0); // 1.5 √x has slope ∞
    expect(errorOf(() => checked(nested)).createdAt).toContain("checks.test.ts");
  });

  test("under noGrad too", () => {
    expect(() => checked(() => noGrad(() => value(0).log()))).toThrow("log(0) is -Infinity.");
    expect(() => checked(() => noGrad(() => sum([value(Number.NaN), 1])))).toThrow(/sum\(NaN, 1\) is NaN/);
  });

  test("an operation is named as it is called", () => {
    expect(() => checked(() => max(value(1), Number.NaN))).toThrow("max(1, NaN) is NaN.");
  });
});

describe("a graph out of date", () => {
  test("throws instead of giving a wrong gradient, and changes nothing", () => {
    const x = value(2, "x");
    const y = x.mul(x).mul(x);
    x.data = 10;
    const error = errorOf(() => y.backward());
    expect(error.message).toMatch(/mul\(x = 10, x = 10\) was 4 .* would be 100 now/);
    expect([x.grad, x.hasGrad]).toEqual([0, false]);
    x.data = 2;
    y.backward();
    expect(x.grad).toBe(12);
  });

  test("an old part of a newer graph is found, under the checks with the line that made it", () => {
    const w = value(3, "w");
    const old = checked(() => w.square());
    const fresh = value(1);
    w.data = 4;
    const y = old.add(w.mul(2)).add(fresh.exp());
    const error = errorOf(() => y.backward());
    expect(error.message).toContain("square(w = 4) was 9 when it was computed and would be 16 now");
    expect(error.createdAt).toContain("checks.test.ts");
  });

  test("transforms refuse it as backward() does", () => {
    const w = value(2, "w");
    const v = value(3);
    const h = w.mul(w);
    w.data = 5;
    const message = /mul\(w = 5, w = 5\) was 4 .* would be 25 now/;
    expect(() => valueAndGrad(() => h, { wrt: w })()).toThrow(message);
    expect(() => valueAndGrad((x: Value) => x.mul(h))(3)).toThrow(message);
    expect(() => grad(() => h.mul(v), { wrt: v })()).toThrow(message);
    expect(() => jvp((x: Value) => x.mul(h))(3, 1)).toThrow(message);
    expect(() => hessian((x: Value) => x.mul(h).exp())(3)).toThrow(message);
    expect(() => localDerivatives(h.exp())).toThrow(message);
    expect(() => h.backward({ createGraph: true })).toThrow(message);
    expect(w.gradNode).toBeUndefined();
  });

  test("what was found up to date once is so at a glance until the next change", () => {
    let evaluations = 0;
    const counted = defineOp({
      name: "counted",
      value: (a) => {
        evaluations++;
        return a;
      },
      partials: [1],
    });
    const x = value(2);
    const y = counted(x);
    const other = value(1);
    other.exp();
    other.data = 2;
    y.backward();
    y.backward();
    grad(() => y, { wrt: x })();
    expect(evaluations).toBe(2);
    x.data = 3;
    expect(() => y.backward()).toThrow(/counted\(3\) was 2/);
  });

  test("the error allows for an operation that is random", () => {
    let calls = 0;
    const noisy = defineOp({ name: "noisy", value: (a) => a + calls++, partials: [1] });
    const x = value(1);
    const y = noisy(x);
    x.data = 2;
    x.data = 1;
    expect(() => y.backward()).toThrow(/Or the operation is not a function of its operands alone/);
  });

  test("a part that does not depend on what changed is no fault", () => {
    const a = value(3);
    const b = value(5);
    const kept = a.square();
    b.data = 6;
    kept.mul(b).backward();
    expect([a.grad, b.grad]).toEqual([36, 9]);
  });

  test("steps of training, and setting a leaf to what it was, are no fault", () => {
    const w = value(1);
    for (let step = 0; step < 3; step++) {
      w.zeroGrad();
      const loss = w.sub(3).square();
      loss.backward();
      w.data -= 0.5 * w.grad;
    }
    expect(w.data).toBe(3);
    const y = w.square();
    w.data = 3;
    y.backward();
    expect(w.grad).toBe(6);
  });

  test("data of computed Values cannot be set, nor anything but numbers", () => {
    const y = value(2).mul(3);
    expect(() => {
      y.data = 7;
    }).toThrow(/data of a computed Value cannot be set \(Value\(data=6, grad=0\), made by mul\)/);
    expect(() => {
      value(1).data = "3" as never;
    }).toThrow('data must be a number, got the string "3".');
  });
});

test("asynchronous functions are refused: what runs later would escape the mode", () => {
  expect(() => checked(async () => value(1))).toThrow(/checked: the function must not be asynchronous/);
  expect(() => noGrad(async () => value(1))).toThrow(/noGrad: the function must not be asynchronous/);
  expect(() => noGrad(3 as never)).toThrow("noGrad: needs a function to run, as in noGrad(() => …).");
});
