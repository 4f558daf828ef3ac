import { expect, test } from "vitest";
import { type ActivationName, glorotBound, heBound, Layer } from "../src/index.ts";

const glorot: ActivationName[] = ["linear", "sigmoid", "tanh", "softplus", "step"];
const he: ActivationName[] = ["relu", "leakyRelu", "elu", "gelu", "silu"];

function weightsOf(activation: ActivationName): number[] {
  const { neurons } = new Layer(50, 100, { activation, seed: 1 });
  return neurons.flatMap(({ weights }) => weights.map((w) => w.data));
}

function variance(xs: readonly number[]): number {
  return xs.reduce((sum, x) => sum + x * x, 0) / xs.length;
}

test("bounds of a layer with 4 inputs and 2 outputs", () => {
  expect(glorotBound(4, 2)).toBe(1);
  expect(heBound(4)).toBe(Math.sqrt(1.5));
});

test.each(glorot)("%s starts with Glorot's variance 2/(inputs + outputs)", (activation) => {
  const weights = weightsOf(activation);
  expect(variance(weights) / (2 / 150)).toBeCloseTo(1, 1);
  expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 150));
});

test.each(he)("%s starts with He's variance 2/inputs", (activation) => {
  const weights = weightsOf(activation);
  expect(variance(weights) / (2 / 50)).toBeCloseTo(1, 1);
  expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 50));
});

test("biases start at 0", () => {
  expect(new Layer(3, 4).neurons.map(({ bias }) => bias.data)).toEqual([0, 0, 0, 0]);
});
