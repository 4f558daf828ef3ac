import { mul, type Scalar, square, sub, type Value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import {
  crossEntropyWithLogits,
  type Dataset,
  fit,
  type Loss,
  MLP,
  type Model,
  meanSquaredError,
  moons,
  type Outputs,
  SGD,
  spiral,
} from "../../src/index.ts";

const numbers = (model: Model) => model.parameters().map((p) => p.data);

/** The same training compiled and not; every number of both must agree. */
async function bothWays<T extends number | readonly number[]>(
  make: () => Model,
  data: Dataset<T>,
  loss: Loss<T>,
  changes: { batchSize?: number } = {},
) {
  const train = async (compile: boolean) => {
    const model = make();
    const optimiser = new SGD({ learningRate: 0.1, momentum: 0.9 });
    const history = await fit(model, data, { loss, optimiser, epochs: 6, compile, ...changes });
    return { history, numbers: numbers(model) };
  };
  const [compiled, eager] = [await train(true), await train(false)];
  compiled.history.losses.forEach((x, i) => {
    expect(x).toBeCloseTo(eager.history.losses[i]!, 10);
  });
  compiled.numbers.forEach((x, i) => {
    expect(x).toBeCloseTo(eager.numbers[i]!, 10);
  });
  expect(eager.history.fallback).toBe("compile is false");
  return compiled.history;
}

const squared: Loss = ([y], target) => square(sub(y, target));

describe("compiled training is training", () => {
  test("full batch, mini-batches with a partial last one, single examples", async () => {
    const data = moons({ examples: 20 });
    const make = () => new MLP(2, [4, 1]);
    for (const batchSize of [20, 8, 1]) {
      const history = await bothWays(make, data, squared, { batchSize });
      expect(history.fallback).toBeUndefined();
    }
  });

  test("classes by several logits", async () => {
    const data = spiral({ examplesPerClass: 7 });
    const history = await bothWays(() => new MLP(2, [6, 3]), data, crossEntropyWithLogits, { batchSize: 6 });
    expect(history.fallback).toBeUndefined();
  });

  test("rows of targets", async () => {
    const inputs = Array.from({ length: 9 }, (_, i) => [i / 9]);
    const targets = inputs.map(([x]) => [Math.sin(x!), Math.cos(x!)]);
    const history = await bothWays(() => new MLP(1, [5, 2]), { inputs, targets }, meanSquaredError);
    expect(history.fallback).toBeUndefined();
  });

  test("a parameter changed from outside counts in the next step", async () => {
    const mlp = new MLP(1, [1]);
    const data: Dataset = { inputs: [[1], [2]], targets: [0, 0] };
    const { losses } = await fit(mlp, data, {
      loss: squared,
      optimiser: new SGD({ learningRate: 0 }),
      epochs: 2,
      onEpoch: () => {
        for (const p of mlp.parameters()) p.data = 10;
      },
    });
    expect(losses[1]).toBe((20 ** 2 + 30 ** 2) / 2);
  });
});

describe("what cannot be compiled is trained all the same, and says why", () => {
  const data = moons({ examples: 20 });
  const plain: Dataset = { inputs: data.inputs, targets: data.targets };

  test("a loss that branches on a target", async () => {
    const loss: Loss = ([y], target) => (target === 1 ? square(sub(y, 1)) : square(y));
    const history = await bothWays(() => new MLP(2, [3, 1]), plain, loss, { batchSize: 4 });
    expect(history.fallback).toMatch(
      /^compiled, the loss is [-\d.]+, not [-\d.]+: it depends on something that compile cannot see, .* choose with where/,
    );
  });

  test("a loss that has no answer for what is traced", async () => {
    const loss: Loss = ([y], target) => {
      switch (target) {
        case 0:
          return square(y);
        case 1:
          return square(sub(y, 1));
      }
      return undefined as never;
    };
    const history = await bothWays(() => new MLP(2, [3, 1]), plain, loss);
    expect(history.fallback).toMatch(
      /^fit: the loss of an example must be .*, got undefined\. Perhaps it depends on something that compile cannot see/,
    );
  });

  test("a loss that branches on an output", async () => {
    const loss: Loss = ([y], target) =>
      y.data > 0.5 ? square(sub(y, target)) : mul(2, square(sub(y, target)));
    const history = await bothWays(() => new MLP(2, [3, 1]), plain, loss);
    expect(history.fallback).toMatch(/where/);
  });

  test("a model that computes with the inputs as numbers", async () => {
    const make = () => {
      const mlp = new MLP(2, [3, 1]);
      const model = (x: readonly Scalar[]): Outputs => mlp(x.map((xi) => Math.sin(xi as number)));
      return Object.assign(model, { parameters: (): Value[] => mlp.parameters() });
    };
    const history = await bothWays(make, plain, squared);
    expect(history.fallback).toMatch(/traced/);
  });

  test("a model that changes with each call", async () => {
    const mlp = new MLP(2, [3, 1]);
    let calls = 0;
    const model = Object.assign((x: readonly Scalar[]): Outputs => [mul(++calls, mlp(x)[0])], {
      parameters: () => mlp.parameters(),
    });
    const optimiser = new SGD({ learningRate: 1e-6 });
    const history = await fit(model, plain, { loss: squared, optimiser, epochs: 1 });
    expect(history.fallback).toMatch(
      /^model and loss give another loss when they are called again, .*: [-\d.]+, then [-\d.]+$/,
    );
  });
});
