import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as core from "../src/index.ts";
import {
  defineOp,
  grad,
  gradCheck,
  type Interval,
  mul,
  type Op,
  type Scalar,
  square,
  Value,
  value,
} from "../src/index.ts";
import { type Operation, operations } from "./operations.ts";

/** Calls an operation on a flat list of operands, whatever its arity. */
function callFlat(operation: Operation, xs: readonly Scalar[]): Scalar {
  if (operation.op.arity !== undefined) return operation(...xs);
  if (operation.op.name === "dot") return core.dot(xs.slice(0, 2), xs.slice(2));
  if (operation.op.name === "softmax" || operation.op.name === "unitEntry")
    return operation([1, ...xs] as never);
  return operation(xs as never);
}

/** Points of the operation's domain: for each operand, a number in its interval. */
function points(op: Op): fc.Arbitrary<number[]> {
  const count = op.arity ?? 4;
  const intervals = Array.from({ length: count }, (_, i): Interval => op.domain[i] ?? [-3, 3]);
  return fc.tuple(
    ...intervals.map(([from, to]) => fc.nat({ max: 1009 }).map((k) => from + ((to - from) * k) / 1009)),
  );
}

/** Which operand slots are constants by declaration, so that only the others are differentiated. */
function isDifferentiable({ partials }: Op, slot: number): boolean {
  return typeof partials === "function" || partials[slot] !== null;
}

describe.each(operations)("%s", (_, operation) => {
  const { op } = operation;
  const free = (point: readonly number[]) =>
    point.flatMap((__, slot) => (isDifferentiable(op, slot) ? [slot] : []));
  const onFree = (point: readonly number[]) => (xs: readonly Value[]) => {
    const slots = free(point);
    return callFlat(
      operation,
      point.map((number, slot) => xs[slots.indexOf(slot)] ?? number),
    ) as Scalar;
  };

  test("numbers give a number, Values a Value that holds the same number", () => {
    fc.assert(
      fc.property(points(op), (point) => {
        const number = callFlat(operation, point);
        const node = callFlat(
          operation,
          point.map((x) => value(x)),
        );
        expect(node).toBeInstanceOf(Value);
        expect((node as Value).data).toBe(number);
      }),
      { numRuns: 20, seed: 1, endOnFailure: true },
    );
  });

  test("first derivatives agree with central differences", () => {
    fc.assert(
      fc.property(points(op), (point) => {
        const slots = free(point);
        if (slots.length === 0) return;
        gradCheck(
          onFree(point) as (xs: Value[]) => Scalar,
          slots.map((slot) => point[slot]!),
          { throws: true },
        );
      }),
      { numRuns: 25, seed: 2, endOnFailure: true },
    );
  });

  test("second derivatives agree with central differences of the first", () => {
    fc.assert(
      fc.property(points(op), (point) => {
        const slots = free(point);
        const gradient = grad(onFree(point) as (xs: Value[]) => Scalar, { unconnected: "zero" });
        for (const i of slots.keys()) {
          gradCheck(
            (xs: Value[]) => gradient(xs)[i]!,
            slots.map((slot) => point[slot]!),
            { throws: true, tolerance: 1e-5 },
          );
        }
      }),
      { numRuns: 8, seed: 3, endOnFailure: true },
    );
  });

  test("a method does the same, where there is one", () => {
    if (op.arity === undefined || !(op.name in Value.prototype)) return;
    const point = fc.sample(points(op), { numRuns: 1, seed: 4 })[0]!;
    const [first, ...rest] = point.map((x) => value(x));
    const method = first![op.name as "tanh"] as (...operands: Value[]) => Value;
    expect(method.apply(first, rest).data).toBe(callFlat(operation, point));
    expect(method.apply(first, rest).op).toBe(op);
  });
});

test("max and min have methods too", () => {
  expect([value(1).max(2).data, value(1).min(2).data]).toEqual([2, 1]);
});

describe("operations on arrays check them", () => {
  test.each([
    ["mean", () => core.mean([]), /mean: needs at least one scalar, got an empty array/],
    ["max", () => core.max([]), /max: needs at least one scalar, got none/],
    ["softmax", () => core.softmax([]), /softmax: needs at least one/],
    ["logsumexp", () => core.logsumexp([]), /logsumexp: needs at least one/],
    ["sum", () => core.sum(3 as never), /sum: needs an array of scalars, got 3/],
    [
      "sum of text",
      () => core.sum([1, "2"] as never),
      /sum: operand 2 must be a number or a Value, got the string "2"/,
    ],
    ["dot", () => core.dot([1], [1, 2]), /dot: the arrays must have the same length, got 1 and 2/],
    [
      "dot of a scalar",
      () => core.dot(1 as never, [1]),
      /dot: needs two arrays of scalars, got 1 and an array of 1/,
    ],
  ])("%s", (_, misuse, message) => {
    expect(misuse).toThrow(message);
  });

  test("max, min and hypot take any number of scalars, one by one", () => {
    const [a, b, c] = [value(1), value(3), value(2)];
    expect([core.max(a, b, c).data, core.min(a, b, c, 0.5).data, core.max(1, 3, 2)]).toEqual([3, 0.5, 3]);
    expect(core.hypot(value(2), 3, 6).data).toBe(7);
    expect(() => core.max()).toThrow("max: needs at least one scalar, got none.");
  });

  test("a hole in an array is no operand", () => {
    const holes = new Array<number>(3);
    holes[0] = 1;
    holes[2] = 3;
    expect(() => core.max(holes)).toThrow("max: operand 2 must be a number or a Value, got undefined.");
    expect(() => core.softmax(holes)).toThrow(
      "softmax: operand 2 must be a number or a Value, got undefined.",
    );
    expect(() => core.sum(holes)).toThrow("sum: operand 2 must be a number or a Value, got undefined.");
  });

  test("the array given is not kept: changing it later changes no gradient", () => {
    const x = value(2);
    const xs = [x, value(3)];
    const y = core.sum(xs);
    xs[0] = value(9);
    y.backward();
    expect(x.grad).toBe(1);
  });
});

describe("defineOp", () => {
  const cube = defineOp({ name: "cube", value: (a) => a * a * a, partials: [(a) => mul(3, square(a))] });

  test("a user's operation works in every mode", () => {
    expect(cube(2)).toBe(8);
    expect(cube(value(2)).op?.symbol).toBe("cube");
    expect(grad(cube)(2)).toBe(12);
    expect(grad(grad(cube))(2)).toBe(12);
    expect(gradCheck(cube, 1.3).passed).toBe(true);
  });

  test("gradCheck catches a wrong rule and says which partial", () => {
    const wrong = defineOp({ name: "wrong", value: (a) => a * a * a, partials: [(a) => mul(2, square(a))] });
    const report = gradCheck(([x]: [Value]) => wrong(x), [2]);
    expect(report.passed).toBe(false);
    expect(report.entries[0]).toMatchObject({ path: "x[0]", analytic: 8 });
    expect(report.entries[0]!.numeric).toBeCloseTo(12, 8);
    expect(report.wrongRules).toMatchObject([{ op: "wrong", operand: 1, operands: [2], rule: 8 }]);
    expect(() => gradCheck(wrong, 2, { throws: true })).toThrow(
      /x at 2: gradient 8, central difference 1[12]\.?\d*\n {2}the partial of wrong for operand 1 at \(2\) is 8, central difference 1[12]/,
    );
  });

  test("a rule that returns nothing is named", () => {
    const lost = defineOp({ name: "lost", value: (a) => a, partials: [() => undefined as never] });
    const message = /lost: its partial for operand 1 must return a number for numbers, got undefined/;
    expect(() => lost(value(1)).backward()).toThrow(message);
    expect(() => grad(lost)(1)).toThrow(message);
  });

  test.each([
    ["no name", { name: "", value: Math.sin, partials: [null] }, /name must be a non-empty string/],
    ["nothing in it", undefined, /defineOp: needs \{ name, value, partials \}, got undefined/],
    [
      "too few partials",
      { name: "f", value: (a: number, b: number) => a * b, partials: [1] },
      /f: value takes 2 operands, but there are rules for 1 only/,
    ],
    ["no value", { name: "f", partials: [null] }, /f: value must be a function of numbers, got undefined/],
    ["no partials", { name: "f", value: Math.sin }, /f: partials must be 1 to 3 functions/],
    ["too many", { name: "f", value: Math.sin, partials: [null, null, null, null] }, /got an array of 4/],
    [
      "text as partial",
      { name: "f", value: Math.sin, partials: ["1"] },
      /each partial must be a function, a constant or null, got the string "1"/,
    ],
    [
      "an empty interval",
      { name: "f", value: Math.sin, partials: [null], domain: [[2, 1]] },
      /domain must be intervals/,
    ],
  ])("refuses a declaration with %s", (_, declaration, message) => {
    expect(() => defineOp(declaration as never)).toThrow(message);
  });
});
