import { compile, grad, log, type Scalar, softmax, type Value, valueAndGrad } from "@chainrule/core";
import { expect, test } from "vitest";
import { crossEntropy, crossEntropyWithLogits, negativeLogLikelihood } from "../../src/index.ts";

const y = [0, 1, 0, 0];
const predicted = [0.2, 0.1, 0.4, 0.3];

test("of y = [0, 1, 0, 0] and ŷ = [0.2, 0.1, 0.4, 0.3] it is −log₂ 0.1 = 3.3219 bits", () => {
  for (const target of [y, 1]) {
    expect(crossEntropy(predicted, target, { unit: "bits" })).toBe(-Math.log2(0.1));
    expect(crossEntropy(predicted, target)).toBe(-Math.log(0.1));
  }
  expect(crossEntropy(predicted, y, { unit: "bits" })).toBeCloseTo(3.3219, 4);
});

test("in bits it is 1/ln 2 times as much, and so is its gradient, −y_c/ŷ_c in nats", () => {
  for (const target of [y, 1]) {
    const gradient = grad((q: readonly Value[]) => crossEntropy(q, target))(predicted);
    const ofBits = grad((q: readonly Value[]) => crossEntropy(q, target, { unit: "bits" }))(predicted);
    expect(gradient.map((g) => g + 0)).toEqual([0, -10, 0, 0]);
    expect(ofBits[1]).toBeCloseTo(-10 / Math.LN2, 13);
  }
});

test("of softmax(z) its gradient is p − e(y)", () => {
  const z = [0.3, -1, 2, 0.1];
  const p = softmax(z);
  for (const target of [y, 1]) {
    const gradient = grad((x: readonly Value[]) => crossEntropy(softmax(x), target))(z);
    gradient.forEach((g, k) => {
      expect(g).toBeCloseTo(p[k]! - y[k]!, 14);
    });
    expect(crossEntropy(p, target)).toBeCloseTo(crossEntropyWithLogits(z, target), 14);
  }
});

test("classes excluded rightly cost nothing, those excluded wrongly ∞", () => {
  for (const target of [[0, 1, 0], 1]) {
    const loss = valueAndGrad((q: readonly Value[]) => crossEntropy(q, target));
    const [value, gradient] = loss([0, 1, 0]);
    expect([value, ...gradient.map((g) => g + 0)]).toEqual([0, 0, -1, 0]);
    expect(crossEntropy([1, 0, 0], target)).toBe(Number.POSITIVE_INFINITY);
  }
});

test("traced targets give the same; no class, or no probability, gives NaN", () => {
  const kernel = compile(valueAndGrad((q: Value[], t: Scalar) => crossEntropy(q, t)));
  const ofRow = compile(valueAndGrad((q: Value[], t: readonly Scalar[]) => crossEntropy(q, t)));
  for (const q of [predicted, [0, 1, 0, 0], [1, 0, 0, 0]]) {
    for (const label of [0, 1, 2, 3]) {
      const oneHot = q.map((_, k) => (k === label ? 1 : 0));
      expect(kernel(q, label)).toEqual(valueAndGrad((x: Value[]) => crossEntropy(x, label))(q));
      expect(ofRow(q, oneHot)).toEqual(valueAndGrad((x: Value[]) => crossEntropy(x, oneHot))(q));
    }
  }
  expect(kernel(predicted, 4)[0]).toBeNaN();
  expect(kernel([2.3, -1, 0.1, 0], 0)[0]).toBeNaN();
  expect(ofRow([2.3, -1, 0.1, 0], [1, 0, 0, 0])[0]).toBeNaN();
});

test("refuses numbers that are no distribution", () => {
  expect(() => crossEntropy([0.5, 0.6], 0)).toThrow(
    new RangeError(
      "crossEntropy: probabilities must add up to 1, got 1.1. Divide by the sum, or use softmax.",
    ),
  );
  expect(() => crossEntropy([2, -1], 0)).toThrow(
    new RangeError("crossEntropy: probabilities[0] must be from 0 to 1, got 2."),
  );
  expect(() => crossEntropy([0.5, 0.5], 2)).toThrow(
    new RangeError(
      "crossEntropy: target must be an integer from 0 to 1, or an array of probabilities, got 2.",
    ),
  );
  expect(() => crossEntropy([[0.5, 0.5]], [[0, Number.NaN]])).toThrow(
    new RangeError("crossEntropy: targets[0][1] must be from 0 to 1, got NaN."),
  );
  expect(crossEntropy([0.1 + 0.2, 0.7], 0)).toBeCloseTo(-Math.log(0.3), 14);
});

test("the negative log-likelihood is −ℓ of the class", () => {
  const logs = predicted.map((p) => Math.log(p));
  expect(negativeLogLikelihood(logs, 1)).toBe(-Math.log(0.1));
  expect(negativeLogLikelihood(logs, 1, { unit: "bits" })).toBeCloseTo(-Math.log2(0.1), 14);
  expect(negativeLogLikelihood([0, Number.NEGATIVE_INFINITY], 0)).toBe(0);
  expect(negativeLogLikelihood([0, Number.NEGATIVE_INFINITY], 1)).toBe(Number.POSITIVE_INFINITY);
  expect(grad((l: readonly Value[]) => negativeLogLikelihood(l, 1))(logs).map((g) => g + 0)).toEqual([
    0, -1, 0, 0,
  ]);
  const ofSoftmax = (z: readonly Value[]) =>
    negativeLogLikelihood(
      softmax(z).map((p) => log(p)),
      2,
    );
  expect(ofSoftmax([1, 2, 3] as never)).toBeCloseTo(crossEntropyWithLogits([1, 2, 3], 2), 14);
});

test("the negative log-likelihood refuses probabilities in place of their logarithms, and classes out of range", () => {
  expect(() => negativeLogLikelihood(predicted, 1)).toThrow(
    new RangeError("negativeLogLikelihood: logProbabilities[0] must be a logarithm ≤ 0, got 0.2."),
  );
  expect(() => negativeLogLikelihood([-1, -2], 2)).toThrow(
    new RangeError("negativeLogLikelihood: label must be an integer from 0 to 1, got 2."),
  );
  const kernel = compile((l: Value[], label: Scalar) => negativeLogLikelihood(l, label));
  expect(kernel([-1, -2], 1)).toBe(2);
  expect([kernel([0.5, -2], 0), kernel([-1, -2], 2)]).toEqual([Number.NaN, Number.NaN]);
});
