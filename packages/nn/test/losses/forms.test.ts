import { compile, gradCheck, type Scalar, Value, value, valueAndGrad } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/index.ts";
import { lossCases } from "./cases.ts";

const EXAMPLES = 5;

describe.each(lossCases.map((c) => [c.name, c] as const))("%s", (_, { loss, draw, hasUnit }) => {
  const random = new Random(1);
  const examples = Array.from({ length: EXAMPLES }, () => draw(random));
  const predictions = examples.map((example) => example.prediction);
  const targets = examples.map((example) => example.target);
  const each = examples.map((example) => Number(loss(example.prediction, example.target)));
  const total = each.reduce((a, b) => a + b);

  test("of many examples it is their mean, their sum or the loss of each", () => {
    expect(each.every((x) => x >= 0 && Number.isFinite(x))).toBe(true);
    expect(loss(predictions, targets)).toBeCloseTo(total / EXAMPLES, 14);
    expect(loss(predictions, targets, { reduction: "mean" })).toBeCloseTo(total / EXAMPLES, 14);
    expect(loss(predictions, targets, { reduction: "sum" })).toBeCloseTo(total, 14);
    expect(loss(predictions, targets, { reduction: "none" })).toEqual(each);
    expect(loss(predictions.slice(0, 1), targets.slice(0, 1))).toBe(each[0]);
  });

  test("its gradient is that of differences, at any example", () => {
    for (const { prediction, target } of examples) {
      const f = (x: Scalar | readonly Scalar[]) => loss(x, target);
      expect(gradCheck(f as (x: Value) => Value, prediction as number).passed).toBe(true);
    }
  });

  test("compiled, with targets that are numbers or arguments, it is the same", () => {
    type Loss = (x: Value, t: Scalar) => Scalar;
    const kernel = compile(valueAndGrad(loss as Loss));
    for (const { prediction, target } of examples) {
      const eager = valueAndGrad((x: Value) => loss(x, target))(prediction as number);
      const numberTarget = compile(valueAndGrad((x: Value) => loss(x, target)))(prediction as number);
      const valueTarget = kernel(prediction as number, target as number);
      expect(flat(numberTarget)).toEqual(flat(eager).map(near));
      expect(flat(valueTarget)).toEqual(flat(eager).map(near));
    }
  });

  test("Values as eager targets change neither value nor gradient", () => {
    const asValue = (x: unknown): Scalar =>
      Array.isArray(x) ? (x.map(asValue) as never) : value(x as number);
    for (const { prediction, target } of examples) {
      const [a, gradient] = valueAndGrad((x: Value) => loss(x, target))(prediction as number);
      const [b, ofValue] = valueAndGrad((x: Value) => loss(x, asValue(target)))(prediction as number);
      expect(flat([b, ofValue])).toEqual(flat([a, gradient]).map(near));
      expect(loss(prediction, asValue(target))).toBeInstanceOf(Value);
    }
  });

  test("compiled, a batch is one loop", () => {
    const kernel = compile(valueAndGrad(loss as (x: Value[], t: Scalar[]) => Scalar));
    const eager = valueAndGrad((x: Value[]) => loss(x, targets))(predictions as number[]);
    expect(flat(kernel(predictions as number[], targets as number[]))).toEqual(flat(eager).map(near));
    const { loops } = kernel.inspect();
    expect(loops.map(({ count, origin }) => [count, origin])).toEqual([[EXAMPLES, "written"]]);
    const sums = compile((x: Value[], t: Scalar[]) => loss(x, t, { reduction: "none" }));
    expect(sums(predictions as number[], targets as number[])).toEqual(each.map(near));
  });

  test("1 nat is 1/ln 2 bits", () => {
    const { prediction, target } = examples[0]!;
    if (hasUnit) {
      expect(loss(prediction, target, { unit: "bits" })).toEqual(near(each[0]! / Math.LN2));
      const bits = (x: Scalar) => loss(x, target, { unit: "bits" });
      expect(gradCheck(bits as (x: Value) => Value, prediction as number).passed).toBe(true);
    } else {
      expect(() => loss(prediction, target, { unit: "bits" })).toThrow(/there is no option "unit"/);
    }
  });

  test("refuses what is no prediction, no target, no option, or of another length", () => {
    const { prediction, target } = examples[0]!;
    expect(() => loss("1" as never, target)).toThrow(TypeError);
    expect(() => loss(prediction, "1" as never)).toThrow(TypeError);
    expect(() => loss(prediction, undefined as never)).toThrow(TypeError);
    expect(() => loss(prediction, Number.NaN)).toThrow(/must be/);
    expect(() => loss([], [])).toThrow(RangeError);
    expect(() => loss(predictions, targets.slice(1))).toThrow(
      new RegExp(`needs as many \\w+ as \\w+, at least one, got ${EXAMPLES} and ${EXAMPLES - 1}.`),
    );
    expect(() => loss(predictions, [...targets.slice(1), "1" as never])).toThrow(/\[4\] must be/);
    expect(() => loss(predictions, targets, { reduction: "average" as never })).toThrow(
      /reduction must be one of mean, sum, none, got the string "average"/,
    );
    expect(() => loss(prediction, target, { sum: true } as never)).toThrow(/there is no option "sum"/);
    expect(() => loss(prediction, target, 3 as never)).toThrow(/options must be an object, got 3/);
  });
});

function flat(tree: unknown): number[] {
  return [tree].flat(Number.POSITIVE_INFINITY) as number[];
}

/** Matches numbers up to the rounding of sums in another order. */
function near(x: number): number {
  return expect.closeTo(x, 13) as unknown as number;
}
