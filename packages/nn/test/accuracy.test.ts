import { type Scalar, type Value, value } from "@chainrule/core";
import { expect, test } from "vitest";
import { accuracy, MLP, type Model, type Outputs } from "../src/index.ts";

/** A model without parameters that answers what f says. */
function fixed(f: (inputs: readonly Scalar[]) => number[]): Model {
  const answer = (inputs: readonly Scalar[]): Outputs => f(inputs).map((x) => value(x)) as Outputs;
  return Object.assign(answer, { parameters: (): Value[] => [] });
}
const rows = (targets: number[]) => ({ inputs: targets.map((_, i) => [i]), targets });

test("with several outputs the largest wins, the first of equals", () => {
  const scores = [
    [1, 2, 0],
    [3, 3, 1],
    [-1, -2, -0.5],
  ];
  const model = fixed(([i]) => scores[Number(i)]!);
  expect(accuracy(model, rows([1, 0, 2]))).toBe(1);
  expect(accuracy(model, rows([1, 1, 2]))).toBeCloseTo(2 / 3, 15);
});

test("with one output its sign decides, for targets 0 and 1 and for −1 and 1", () => {
  const model = fixed(([i]) => [[-1, 0, 2][Number(i)]!]);
  expect(accuracy(model, rows([0, 0, 1]))).toBe(1);
  expect(accuracy(model, rows([-1, -1, 1]))).toBe(1);
  expect(accuracy(model, rows([1, 1, -1]))).toBe(0);
});

test("NaN is never right", () => {
  expect(
    accuracy(
      fixed(() => [Number.NaN]),
      rows([0, 1]),
    ),
  ).toBe(0);
  expect(
    accuracy(
      fixed(() => [Number.NaN, 1]),
      rows([1]),
    ),
  ).toBe(0);
});

test("records no graph", () => {
  let seen: Value | undefined;
  const mlp = new MLP(1, [1]);
  const model: Model = Object.assign(
    (inputs: readonly Scalar[]) => {
      const outputs = mlp(inputs);
      seen = outputs[0];
      return outputs;
    },
    { parameters: () => mlp.parameters() },
  );
  accuracy(model, rows([0]));
  expect(seen!.op).toBeUndefined();
});

test("refuses an empty data set", () => {
  expect(() => accuracy(new MLP(1, [1]), rows([]))).toThrow(
    new RangeError("accuracy: inputs must not be empty."),
  );
});
