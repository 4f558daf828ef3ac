import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as core from "../src/index.ts";
import {
  defineOp,
  grad,
  gradCheck,
  type Interval,
  mul,
  type NaryDeclaration,
  noGrad,
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

describe.each(operations)("%s", (name, operation) => {
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
            { throws: true, tolerance: 1e-5, unconnected: "zero" },
          );
        }
      }),
      { numRuns: 8, seed: 3, endOnFailure: true },
    );
  });

  test("a method does the same, where there is one", () => {
    if (op.arity === undefined || !(name in Value.prototype)) return;
    const point = fc.sample(points(op), { numRuns: 1, seed: 4 })[0]!;
    const [first, ...rest] = point.map((x) => value(x));
    const method = first![name as "tanh"] as (...operands: Value[]) => Value;
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

describe("clamp", () => {
  test.each([
    [3, 5, 1, [0, 0, 1]],
    [0, 5, 1, [0, 0, 1]],
    [0, 1, 2, [0, 1, 0]],
    [3, 1, 2, [0, 0, 1]],
    [0, 1, 1, [0, 1, 0]],
    [Number.NaN, 1, 2, [Number.NaN, Number.NaN, Number.NaN]],
    [1, Number.NaN, 2, [Number.NaN, Number.NaN, Number.NaN]],
    [1, 0, Number.NaN, [Number.NaN, Number.NaN, Number.NaN]],
  ])("of %d in [%d, %d] has gradient %j, with crossed bounds and NaN", (x, low, high, gradient) => {
    const f = ([x, low, high]: [Value, Value, Value]) => x.clamp(low, high);
    expect(grad(f)([x, low, high])).toEqual(gradient);
    const inputs = [value(x), value(low), value(high)] as [Value, Value, Value];
    f(inputs).backward();
    expect(inputs.map((input) => input.grad)).toEqual(gradient);
  });

  test("NaN that is not taken does not pass", () => {
    const f = (x: Value) => core.where(0, x.clamp(Number.NaN, 1), x.mul(2));
    expect([grad(f)(3), core.jvp(f)(3, 1)[1]]).toEqual([2, 2]);
  });
});

describe("at infinity", () => {
  const infinity = Number.POSITIVE_INFINITY;

  test("one infinite logit has all the probability", () => {
    expect(core.softmax([0, infinity])).toEqual([0, 1]);
    const f = (xs: readonly Value[]) => core.logsumexp(xs);
    expect(grad(f)([0, infinity])).toEqual([0, 1]);
    expect(grad(f)([value(0), value(infinity)]).map((node) => node.data)).toEqual([0, 1]);
  });

  test("hypot and atan2 along an axis", () => {
    expect(grad(([a, b]: [Value, Value]) => core.hypot(a, b))([0, -infinity])).toEqual([0, -1]);
    expect(grad(([a, b]: [Value, Value]) => core.atan2(a, b))([1, infinity]).map(Math.abs)).toEqual([0, 0]);
  });
});

test("second derivatives of logsumexp take nodes in proportion to its operands", () => {
  const nodesOf = (n: number) => {
    const xs = Array.from({ length: n }, (_, i) => value(Math.sin(i)));
    const gradient = grad((v: readonly Value[]) => core.logsumexp(v))(xs);
    const again = grad((v: Value[]) =>
      core.sum(grad((u: readonly Value[]) => core.logsumexp(u))(v).map((slope) => square(slope))),
    )(xs);
    return core
      .topologicalOrder([...gradient, ...again])
      .reduce((total, node) => total + node.operands.length + 1, 0);
  };
  expect(nodesOf(400) / nodesOf(100)).toBeLessThan(4.5);
});

describe("hypot", () => {
  test("names itself, however many operands it is given", () => {
    expect(() => core.hypot("3" as never, 4, 5)).toThrow(/^hypot: operand 1 must be a number or a Value/);
    expect(() => core.hypot()).toThrow("hypot: needs at least one scalar, got none.");
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

  test("only the rules of operands that get a gradient are asked", () => {
    const refuse = () => {
      throw new Error("no derivative for k");
    };
    const times = defineOp({ name: "times", value: (a, k) => a * k, partials: [(_a, k) => k, refuse] });
    expect(grad((x: Value) => times(x, 2))(3)).toBe(2);
    expect(grad((x: Value) => times(x, 2))(value(3)).data).toBe(2);
    expect(core.jvp((x: Value) => times(x, 2))(3, 1)).toEqual([6, 2]);
    expect(() => grad((x: Value) => times(x, x))(3)).toThrow("no derivative for k");
    const three = defineOp({
      name: "three",
      value: (a, b, c) => a + b + c,
      partials: [() => 1, refuse, refuse],
    });
    const x = value(1);
    (three(x, 2, 3) as Value).backward();
    expect(x.grad).toBe(1);
  });

  test.each([
    ["text", "6" as never],
    ["nothing", undefined as never],
    ["a Value", value(1) as never],
  ])("a value that is %s is named", (_, wrong) => {
    const message = /odd: its value must return a number, got/;
    const unary = defineOp({ name: "odd", value: (_a) => wrong, partials: [1] });
    expect(() => unary(value(1))).toThrow(message);
    expect(() => unary(1)).toThrow(message);
    expect(() => noGrad(() => unary(value(1)))).toThrow(message);
    const binary = defineOp({ name: "odd", value: (_a, _b) => wrong, partials: [1, 1] });
    expect(() => binary(1, 2)).toThrow(message);
    const nary = defineOp({ name: "odd", value: (_xs) => wrong, partials: (xs) => xs.map(() => 1) });
    expect(() => nary([value(1)])).toThrow(message);
    expect(() => nary([1])).toThrow(message);
  });

  test("rules of an operation on an array are named where they return something else", () => {
    const of = (partials: unknown) =>
      defineOp({ name: "odd", value: ([a]) => a!, partials: partials as NaryDeclaration["partials"] });
    const sweep = (partials: unknown) => of(partials)([value(1)]).backward();
    expect(() => sweep(() => undefined)).toThrow(/odd: its partials must be an array of 1, .* got undefined/);
    expect(() => sweep(() => [])).toThrow(/odd: its partials must be an array of 1, .* got an array of 0/);
    expect(() => sweep(() => [value(1)])).toThrow(
      /odd: its partial for operand 1 must return a number for numbers, got Value/,
    );
    expect(() => grad(([x]: [Value]) => of(() => undefined)([x]) as Value)([1])).toThrow(/odd: its partials/);
  });

  test("a rule written in methods is named", () => {
    const odd = defineOp({
      name: "odd",
      value: (a) => a ** 3,
      partials: [(a) => (a as Value).square().mul(3)],
    });
    const message =
      "odd: its rule for the partials failed: a.square is not a function. " +
      "Rules get plain numbers too: write square(a), not a.square().";
    expect(() => odd(value(1)).backward()).toThrow(message);
    expect(() => grad(odd)(1)).toThrow(message);
  });

  test.each([
    [
      "a name misspelt",
      { name: "f", value: Math.sin, partials: [null], domian: [] },
      /f: there is no "domian". There are: name, symbol, value, partials, domain/,
    ],
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
