import { type Scalar, square, sub, type Value, value } from "@chainrule/core";
import { expect, test } from "vitest";
import {
  accuracy,
  evaluate,
  fit,
  type Loss,
  MLP,
  type Model,
  Neuron,
  type Outputs,
  SGD,
  xor,
} from "../../src/index.ts";

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

test("one probability is positive above ½, which a sigmoid in the last layer tells", async () => {
  const mlp = new MLP(2, [4, 1], { output: "sigmoid" });
  const loss: Loss = ([p], target) => square(sub(p, target));
  const optimiser = new SGD({ learningRate: 2, momentum: 0.9 });
  await fit(mlp, xor(), { loss, optimiser, epochs: 300 });
  expect(accuracy(mlp, xor())).toBe(1);
  expect(accuracy(mlp, xor(), { threshold: 0 })).toBe(0.5);
  expect(accuracy(new MLP(2, [1], { output: "sigmoid" }), { inputs: [[0, 0]], targets: [0] })).toBe(1);
});

test("the threshold can be told", () => {
  const model = fixed(([i]) => [[0.2, 0.4, 0.9][Number(i)]!]);
  expect(accuracy(model, rows([0, 0, 1]))).toBeCloseTo(1 / 3, 15);
  expect(accuracy(model, rows([0, 0, 1]), { threshold: 0.4 })).toBe(1);
  expect(() => accuracy(model, rows([0]), { threshold: Number.NaN })).toThrow(
    new RangeError("accuracy: threshold must be a finite number, got NaN."),
  );
  expect(() => accuracy(model, rows([0]), { treshold: 0.4 } as never)).toThrow(
    new TypeError('accuracy: there is no option "treshold". The options are threshold.'),
  );
});

test("layers that say nothing of an activation change nothing", () => {
  for (const layers of [3, [], [null], [{}], [{ neurons: [] }]]) {
    expect(
      accuracy(
        Object.assign(
          fixed(() => [0.2]),
          { layers },
        ),
        rows([1]),
      ),
    ).toBe(1);
  }
});

test("one output tells two classes apart, and no other targets", () => {
  const model = fixed(() => [0.2]);
  const others: [number[], number, string][] = [
    [[0, 1, 2], 2, "2"],
    [[1, 1.5], 1, "1.5"],
    [[-1, 1, 0], 2, "0"],
    [[0, 1, -1], 2, "-1"],
  ];
  for (const [targets, row, got] of others) {
    for (const [name, measure] of [
      ["accuracy", accuracy],
      ["evaluate", evaluate],
    ] as const) {
      expect(() => measure(model, rows(targets))).toThrow(
        new RangeError(
          `${name}: targets[${row}] must be 0 or 1 as all targets, or −1 or 1 as all, got ${got}. ` +
            "A model with one output tells two classes apart; for several give it one output for each.",
        ),
      );
    }
  }
  expect(accuracy(model, { inputs: [[0], [1]], targets: [[-1], [1]] })).toBe(0.5);
  expect(() => accuracy(model, { inputs: [[0]], targets: [[0, 1]] })).toThrow(
    new RangeError("accuracy: targets[0].length must be 1, one for each output, got 2."),
  );
});

test("fit measures accuracy on the same targets", async () => {
  const measured = async (targets: number[]) => {
    const { validation } = await fit(new MLP(1, [1]), rows(targets), {
      loss: ([y], target) => square(sub(y, target)),
      optimiser: new SGD({ learningRate: 0.01 }),
      epochs: 1,
      validation: rows(targets),
    });
    return validation[0]!.accuracy;
  };
  for (const targets of [
    [0, 1],
    [1, -1],
    [1, 1],
  ])
    expect(await measured(targets)).toBeTypeOf("number");
  for (const targets of [[0, 1, 2], [0, 1, -1], [0.5]]) expect(await measured(targets)).toBeUndefined();
});

test("refuses targets that are not the index of an output, naming the row", () => {
  const model = fixed(() => [0, 1, Number.NaN]);
  for (const target of [7, 3, -1, 0.5]) {
    expect(() => accuracy(model, rows([0, 2, target]))).toThrow(
      new RangeError(
        `accuracy: targets[2] must be the index of one of the 3 outputs, from 0 to 2, got ${target}.`,
      ),
    );
  }
});

test("refuses a model that answers anything but Values", () => {
  expect(() => accuracy(new Neuron(1) as never, rows([0]))).toThrow(
    /^accuracy: the model must return an array of Values, at least one, got Value/,
  );
});

test("a model is a function that answers every row with as many outputs", () => {
  const data = { inputs: [[0], [5]], targets: [0, 1] };
  expect(() => accuracy({} as never, data)).toThrow(
    new TypeError("accuracy: model must be a function of a row of inputs, got an object."),
  );
  const net = new MLP(1, [2]);
  const model = Object.assign(([x]: readonly Scalar[]) => net([x!]).slice(0, x === 5 ? 1 : 2), {
    parameters: () => net.parameters(),
  });
  for (const measured of [accuracy, evaluate]) {
    expect(() => measured(model, data)).toThrow(
      /inputs\[1\]: the model must have as many outputs as for the first row, 2, got 1\.$/,
    );
  }
});
