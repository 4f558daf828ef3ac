import { type Scalar, type Value, value } from "@chainrule/core";
import { expect, expectTypeOf, test } from "vitest";
import {
  absoluteError,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  crossEntropyWithLogits,
  entropy,
  hinge,
  huberLoss,
  informationContent,
  klDivergence,
  type Loss,
  meanSquaredError,
  multiclassHinge,
  negativeLogLikelihood,
  squaredError,
} from "../../src/index.ts";

test("numbers give a number, Values a Value, a mixture either", () => {
  const x = value(0.5) as Scalar;
  expectTypeOf(squaredError(1, 2)).toEqualTypeOf<number>();
  expectTypeOf(squaredError(value(1), 2)).toEqualTypeOf<Value>();
  expectTypeOf(squaredError(1, value(2))).toEqualTypeOf<Value>();
  expectTypeOf(squaredError(x, 1)).toEqualTypeOf<Scalar>();
  expectTypeOf(squaredError([1, 2], [3, 4], { half: true })).toEqualTypeOf<number>();
  expectTypeOf(squaredError([value(1)], 2)).toEqualTypeOf<Value>();
  expectTypeOf(squaredError([1], [2], { reduction: "none" })).toEqualTypeOf<number[]>();
  expectTypeOf(crossEntropyWithLogits([value(1), value(2)], 0)).toEqualTypeOf<Value>();
  expectTypeOf(crossEntropyWithLogits([[1, 2]], [0])).toEqualTypeOf<number>();
  expectTypeOf(crossEntropy([[0.5, 0.5]], [[0, 1]], { reduction: "none" })).toEqualTypeOf<number[]>();
  expectTypeOf(klDivergence([1, 0], [value(0.5), value(0.5)])).toEqualTypeOf<Value>();
  expectTypeOf(entropy([[1, 0]], { reduction: "sum" })).toEqualTypeOf<number>();
  expectTypeOf(informationContent([value(0.5)], { reduction: "none" })).toEqualTypeOf<Value[]>();
  // @ts-expect-error there is no such option
  expect(() => hinge(1, 1, { margin: 2 })).toThrow(TypeError);
});

test("losses are losses of fit: of outputs and a target that may be a Value", () => {
  const ofOne: Loss[] = [
    squaredError,
    meanSquaredError,
    absoluteError,
    huberLoss,
    hinge,
    binaryCrossEntropyWithLogits,
    binaryCrossEntropy,
  ];
  for (const loss of ofOne) {
    const ofNumber = loss([value(0.25)], 1) as Value;
    expect(loss([value(0.25)], value(1))).toMatchObject({ data: ofNumber.data });
  }
  const ofClass: Loss[] = [crossEntropyWithLogits, multiclassHinge, crossEntropy, negativeLogLikelihood];
  const ofRow: Loss<readonly number[]>[] = [
    squaredError,
    meanSquaredError,
    crossEntropyWithLogits,
    crossEntropy,
  ];
  expect([ofClass.length, ofRow.length]).toEqual([4, 4]);
});
