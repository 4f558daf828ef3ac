import {
  grad,
  log,
  mean,
  mul,
  noGrad,
  type Scalar,
  sqrt,
  square,
  sub,
  type Value,
  value,
} from "@chainrule/core";
import { describe, expect, test, vi } from "vitest";
import {
  Adam,
  accuracy,
  binaryCrossEntropyWithLogits,
  crossEntropyWithLogits,
  type Dataset,
  type FitOptions,
  fit,
  hinge,
  Layer,
  type Loss,
  MLP,
  type Model,
  meanSquaredError,
  moons,
  Neuron,
  type Outputs,
  SGD,
  split,
  xor,
} from "../../src/index.ts";

const numbers = (mlp: MLP) => mlp.parameters().map((p) => p.data);
const squaredError: Loss = ([y], target) => square(sub(y, target));
const logistic: Loss = ([z], target) => binaryCrossEntropyWithLogits(z, target);
const line: Dataset = { inputs: [[0], [1], [2], [3], [5]], targets: [1, 2.5, 5.5, 7, 10] };

function options(changes: Partial<FitOptions> = {}): FitOptions {
  return { loss: squaredError, optimiser: new SGD({ learningRate: 0.05 }), epochs: 3, ...changes };
}

describe("training", () => {
  test("learns XOR", async () => {
    const mlp = new MLP(2, [4, 1]);
    const optimiser = new SGD({ learningRate: 0.5, momentum: 0.9 });
    const history = await fit(mlp, xor(), { loss: logistic, optimiser, epochs: 200 });
    expect(history.epochs).toBe(200);
    expect(history.losses).toHaveLength(200);
    expect(history.losses.at(-1)).toBeLessThan(1e-2);
    expect(accuracy(mlp, xor())).toBe(1);
  });

  test("learns the moons in batches", async () => {
    const data = moons({ examples: 60 });
    const mlp = new MLP(2, [8, 1], { activation: "relu" });
    const loss: Loss = ([score], target) => hinge(score, sub(mul(2, target), 1));
    const optimiser = new SGD({ learningRate: 0.1, momentum: 0.9 });
    await fit(mlp, data, { loss, optimiser, epochs: 60, batchSize: 16 });
    expect(accuracy(mlp, data)).toBe(1);
  });

  test("a linear neuron finds the least squares line", async () => {
    const mlp = new MLP(1, [1]);
    await fit(mlp, line, options({ optimiser: new SGD({ learningRate: 0.05, momentum: 0.8 }), epochs: 400 }));
    const [n, sx, sy, sxx, sxy] = [5, 11, 26, 39, 84.5];
    const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
    expect(numbers(mlp)[0]).toBeCloseTo(slope, 10);
    expect(numbers(mlp)[1]).toBeCloseTo((sy - slope * sx) / n, 10);
  });

  test("one epoch of full batch is one step down the gradient of the mean loss", async () => {
    const mlp = new MLP(1, [1]);
    const before = numbers(mlp);
    const meanLoss = ([w, b]: readonly Value[]) =>
      mean(line.inputs.map(([x], i) => square(sub(mul(w!, x!).add(b!), line.targets[i]!))));
    const gradient = grad(meanLoss)(before);
    for (const p of mlp.parameters()) p.grad = 1000; // left over from something else
    await fit(mlp, line, options({ epochs: 1 }));
    numbers(mlp).forEach((x, i) => {
      expect(x).toBeCloseTo(before[i]! - 0.05 * gradient[i]!, 13);
    });
  });

  test("the loss of an epoch is the mean over examples, the partial last batch included", async () => {
    const mlp = new MLP(1, [1]);
    const optimiser = new SGD({ learningRate: 0 });
    const full = await fit(mlp, line, options({ optimiser, epochs: 1 }));
    const batched = await fit(mlp, line, options({ optimiser, epochs: 1, batchSize: 3 }));
    const oversized = await fit(mlp, line, options({ optimiser, epochs: 1, batchSize: 100 }));
    const [w, b] = numbers(mlp) as [number, number];
    const squares = line.inputs.map(([x], i) => (w * x! + b - line.targets[i]!) ** 2);
    const want = squares.reduce((s, x) => s + x, 0) / 5;
    for (const { losses } of [full, batched, oversized]) expect(losses[0]).toBeCloseTo(want, 12);
  });

  test("each batch is one step, and every example comes once an epoch", async () => {
    const step = vi.fn();
    const seen: number[] = [];
    const loss: Loss = ([y], target) => {
      seen.push(target as number);
      return square(y);
    };
    const changes = { loss, optimiser: { step }, epochs: 2, batchSize: 2, compile: false };
    await fit(new MLP(1, [1]), line, options(changes));
    expect(step).toHaveBeenCalledTimes(6);
    const [, ...tried] = seen.splice(0, 2);
    expect(tried).toHaveLength(1);
    expect(seen.slice(0, 5).toSorted((a, b) => a - b)).toEqual(line.targets);
    expect(seen.slice(5).toSorted((a, b) => a - b)).toEqual(line.targets);
    expect(seen.slice(5)).not.toEqual(seen.slice(0, 5));
  });

  test("is the same bit for bit for a seed, and different for another", async () => {
    const run = async (seed: number) => {
      const mlp = new MLP(2, [3, 1]);
      const optimiser = new SGD({ learningRate: 0.1, momentum: 0.5 });
      const data = moons({ examples: 20 });
      const { losses } = await fit(mlp, data, { loss: logistic, optimiser, epochs: 3, batchSize: 6, seed });
      return [...losses, ...numbers(mlp)];
    };
    expect(await run(1)).toEqual(await run(1));
    expect(await run(2)).not.toEqual(await run(1));
  });
});

describe("between epochs", () => {
  test("reports, and stops when asked to", async () => {
    const reports: number[][] = [];
    const history = await fit(
      new MLP(1, [1]),
      line,
      options({
        epochs: 10,
        onEpoch: ({ epoch, loss }) => {
          reports.push([epoch, loss]);
          return epoch < 4;
        },
      }),
    );
    expect(history.epochs).toBe(4);
    expect(reports).toEqual(history.losses.map((loss, i) => [i + 1, loss]));
    expect(history.stoppedBy).toBe("callback");
  });

  test("a report that returns nothing goes on", async () => {
    expect(await fit(new MLP(1, [1]), line, options({ onEpoch: () => undefined }))).toMatchObject({
      epochs: 3,
    });
  });

  test("lets timers run", async () => {
    let ran = false;
    setTimeout(() => {
      ran = true;
    }, 0);
    const { epochs } = await fit(new MLP(1, [1]), line, options({ epochs: 10_000, onEpoch: () => !ran }));
    expect(ran).toBe(true);
    expect(epochs).toBeLessThan(10_000);
  });
});

describe("divergence", () => {
  test("stops on a loss that is not finite and keeps the last weights that gave a finite one", async () => {
    const mlp = new MLP(1, [1]);
    const seen: number[][] = [];
    const loss: Loss = ([y], target) => {
      if (seen.length === 0 || String(seen.at(-1)) !== String(numbers(mlp))) seen.push(numbers(mlp));
      return seen.length > 3 ? mul(y, Number.NaN) : square(sub(y, target));
    };
    await expect(fit(mlp, line, options({ loss, epochs: 4, batchSize: 3, compile: false }))).rejects.toThrow(
      /^fit: the loss is NaN in epoch 2, batch 2: mul\(.*, NaN\) is NaN\. Operand 2 was NaN before\.\n {2}created at .*fit\.test\.ts:\d+:\d+\nThe weights are back at the last good ones\. Try a lower learning rate, or standardise the inputs\.$/,
    );
    expect(numbers(mlp)).toEqual(seen[2]);
    expect(seen[3]).not.toEqual(seen[2]);
  });

  test("a rate far too high ends in finite weights", async () => {
    const mlp = new MLP(1, [1]);
    const optimiser = new SGD({ learningRate: 1e6 });
    await expect(fit(mlp, line, options({ optimiser, epochs: 100 }))).rejects.toThrow(
      /the loss is Infinity in epoch/,
    );
    expect(numbers(mlp).every(Number.isFinite)).toBe(true);
  });

  test("weights that cannot give a loss at all stay as they are", async () => {
    const mlp = new MLP(1, [1]);
    const before = numbers(mlp);
    const loss: Loss = ([y]) => mul(y, Number.POSITIVE_INFINITY);
    await expect(fit(mlp, line, options({ loss }))).rejects.toThrow(
      /in epoch 1, batch 1: mul\(.*\n.*\nNo step was taken yet, and the weights are as they were\. Check the data and the loss/,
    );
    expect(numbers(mlp)).toEqual(before);
  });

  test("a loss that is not finite is found before a gradient that is not", async () => {
    // At the first row √y has no slope, at the second the loss is −∞.
    const loss: Loss = ([y], target) => (target === 1 ? log(sub(y, y)) : sqrt(y));
    const data = { inputs: [[0], [1]], targets: [0, 1] };
    await expect(fit(new MLP(1, [1]), data, options({ loss, compile: false }))).rejects.toThrow(
      /^fit: the loss is -Infinity in epoch 1, batch 1: log\(0\) is -Infinity\./,
    );
  });

  test("an infinite gradient does not reach the weights", async () => {
    const mlp = new MLP(1, [1]);
    const before = numbers(mlp);
    const loss: Loss = ([y]) => sqrt(y); // slope ∞ at y = b = 0
    await expect(fit(mlp, { inputs: [[0]], targets: [0] }, options({ loss }))).rejects.toThrow(
      /^fit: the update makes layers\.0\.neurons\.0\.\w+ (NaN|-Infinity) in epoch 1, batch 1: the gradient becomes /,
    );
    expect(numbers(mlp)).toEqual(before);
  });
});

describe("arguments", () => {
  const untouched = Object.assign(
    vi.fn((): Outputs => {
      throw new Error("the model was called");
    }),
    {
      parameters: (): Value[] => {
        throw new Error("the parameters were read");
      },
    },
  );
  const tables: [Dataset, string][] = [
    [{ inputs: [], targets: [] }, "fit: inputs must not be empty."],
    [
      { inputs: [[1], [2]], targets: [1] },
      "fit: needs one target for each row of inputs, got 2 rows and 1 target.",
    ],
    [{ inputs: [[1], [1, 2]], targets: [1, 2] }, "fit: inputs[1] must have 1 column, got 2."],
    [
      {
        inputs: [
          [1, 2],
          [3, Number.NaN],
        ],
        targets: [1, 2],
      },
      "fit: inputs[1][1] must be a finite number, got NaN.",
    ],
    [
      { inputs: [[1], [2]], targets: [1, Number.POSITIVE_INFINITY] },
      "fit: targets[1] must be a finite number, got Infinity.",
    ],
    [
      { inputs: [["1" as never]], targets: [1] },
      'fit: inputs[0][0] must be a finite number, got the string "1".',
    ],
    [{ inputs: [1 as never], targets: [1] }, "fit: inputs[0] must be an array of numbers, got 1."],
    [{ inputs: 1 as never, targets: [1] }, "fit: inputs must be an array of rows, got 1."],
    [
      { inputs: [[1]], targets: 1 as never },
      "fit: targets must be an array of numbers, or of rows of numbers, got 1.",
    ],
  ];
  test.each(tables)("data %j are refused before the model is touched", async (data, message) => {
    await expect(fit(untouched, data, options())).rejects.toThrow(message);
  });

  const wantedOptimiser =
    "fit: optimiser must be one such as new Adam({ … }), or an object with step(parameters)";
  const wrong: [Partial<Record<keyof FitOptions, unknown>>, string][] = [
    [{ epochs: 0 }, "fit: epochs must be a positive integer, got 0."],
    [{ epochs: 1.5 }, "fit: epochs must be a positive integer, got 1.5."],
    [{ batchSize: 0 }, "fit: batchSize must be a positive integer, got 0."],
    [{ loss: "mse" }, 'fit: loss must be a function, got the string "mse".'],
    [{ optimiser: {} }, `${wantedOptimiser}, got an object.`],
    [{ optimiser: Adam }, `${wantedOptimiser}, got a function.`],
    [{ optimiser: "adam" }, `${wantedOptimiser}, got the string "adam".`],
    [{ optimiser: undefined }, `${wantedOptimiser}, got undefined.`],
    [
      { validation: Promise.resolve(line) },
      "fit: validation: needs a data set { inputs, targets }, got a Promise: await it.",
    ],
    [{ seed: -1 }, "Random: seed must be an integer from 0 to 4294967295, got -1."],
  ];
  test.each(wrong)("options %j are refused", async (change, message) => {
    await expect(fit(new MLP(1, [1]), line, options(change as never))).rejects.toThrow(message);
  });

  test("a data set that is still to come is to be awaited", async () => {
    await expect(fit(new MLP(1, [1]), Promise.resolve(line) as never, options())).rejects.toThrow(
      new TypeError("fit: needs a data set { inputs, targets }, got a Promise: await it."),
    );
  });

  test("a model is a function with parameters", async () => {
    await expect(fit({} as never, line, options())).rejects.toThrow(
      "fit: model must be a function, got an object.",
    );
    await expect(fit((() => []) as never, line, options())).rejects.toThrow(
      "fit: model.parameters must be a function, got undefined.",
    );
  });

  test("a loss is one Value", async () => {
    const using = (loss: (outputs: Outputs) => Scalar) => fit(new MLP(1, [1]), line, options({ loss }));
    await expect(using((outputs) => outputs as never)).rejects.toThrow(
      "fit: the loss of an example must be a number or a Value, got an array of 1.",
    );
    await expect(using(([y]) => y.data ** 2)).rejects.toThrow(
      "fit: the loss must be a Value computed from the outputs, got a plain number. Use the outputs themselves, not their data.",
    );
  });

  const unlearnable: [unknown, string][] = [
    [undefined, "array of Values, at least one, got undefined."],
    [[], "array of Values, at least one, got an array of 0."],
    [new Set(), "array of Values, at least one, got an object."],
    [[1, 2], "array of Values, got 1 at index 0."],
    [[value(1), "w"], 'array of Values, got the string "w" at index 1.'],
  ];
  test.each(unlearnable)("parameters %j are refused", async (parameters, message) => {
    const model = Object.assign((x: readonly Scalar[]) => new MLP(1, [1])(x), {
      parameters: () => parameters,
    });
    await expect(fit(model as never, line, options())).rejects.toThrow(
      new TypeError(`fit: model.parameters() must return an ${message}`),
    );
  });

  test("a loss that depends on no parameter is refused", async () => {
    const mlp = new MLP(1, [1]);
    const refusal = /^fit: the loss depends on none of the parameters, so nothing would be learnt\./;
    const elsewhere = Object.assign((x: readonly Scalar[]) => mlp(x), { parameters: () => [value(1)] });
    await expect(fit(elsewhere, line, options())).rejects.toThrow(refusal);
    const detached: Loss = ([y]) => square(value(y.data));
    await expect(fit(mlp, line, options({ loss: detached }))).rejects.toThrow(refusal);
    const unrecorded = Object.assign((x: readonly Scalar[]) => noGrad(() => mlp(x)), {
      parameters: () => mlp.parameters(),
    });
    await expect(fit(unrecorded, line, options())).rejects.toThrow(refusal);
  });

  test("one parameter that the loss depends on is enough", async () => {
    const mlp = new MLP(1, [1]);
    const model = Object.assign((x: readonly Scalar[]) => mlp(x), {
      parameters: () => [value(1), ...mlp.parameters()],
    });
    expect(await fit(model, line, options())).toMatchObject({ epochs: 3 });
  });

  test("a model answers an array of Values, at least one", async () => {
    const answering = (answer: unknown) =>
      fit(Object.assign(() => answer, { parameters: () => [value(1)] }) as never, line, options());
    await expect(answering([])).rejects.toThrow(
      "fit: the model must return an array of Values, at least one, got an array of 0.",
    );
    await expect(answering([1])).rejects.toThrow(
      "fit: the model must return an array of Values, got 1 at index 0.",
    );
    await expect(fit(new Neuron(1) as never, line, options())).rejects.toThrow(
      /^fit: the model must return an array of Values, at least one, got Value/,
    );
  });
});

describe("what a loss or a model throws on an example", () => {
  const data = {
    inputs: Array.from({ length: 60 }, (_, i) => [i / 60]),
    targets: Array.from({ length: 60 }, (_, i) => i % 2),
  };
  const with2 = { ...data, targets: data.targets.with(57, 2) };

  test("names the example, with the error as its cause", async () => {
    const train = (model: Model, loss: Loss) => fit(model, with2, options({ loss, batchSize: 8 }));
    const error: unknown = await train(new MLP(1, [2]), crossEntropyWithLogits).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RangeError);
    const { message, cause } = error as RangeError;
    expect(message).toMatch(
      /^fit: example 57 \(targets\[57\] = 2\): crossEntropyWithLogits: target must be /,
    );
    expect((cause as Error).message).toMatch(/^crossEntropyWithLogits: target/);
    await expect(train(new MLP(3, [1]), squaredError)).rejects.toThrow(
      new RangeError("fit: example 0 (targets[0] = 0): MLP: expected 3 inputs, got 1."),
    );
  });

  test("leaves the weights as they were", async () => {
    const mlp = new MLP(1, [2]);
    const before = numbers(mlp);
    const loss: Loss = crossEntropyWithLogits;
    await expect(fit(mlp, with2, options({ loss }))).rejects.toThrow(/example 57/);
    expect(numbers(mlp)).toEqual(before);
  });

  test("shows a row of targets, and says if the example is for validation", async () => {
    const loss: Loss<readonly number[]> = ([y], [wanted]) => {
      if (wanted === 3) throw new Error("no 3, please");
      return square(sub(y, wanted!));
    };
    const rows = {
      inputs: [[0], [1]],
      targets: [
        [1, 2],
        [2, 3],
      ],
    };
    const validation = {
      ...rows,
      targets: [
        [1, 2],
        [3, 4],
      ],
    };
    const training = { loss, optimiser: new SGD({ learningRate: 0.1 }), epochs: 1, compile: false };
    await expect(fit(new MLP(1, [1]), rows, { ...training, validation })).rejects.toThrow(
      new Error("fit: validation example 1 (targets[1] = [3, 4]): no 3, please"),
    );
  });
});

describe("models and data of other types", () => {
  const table = { inputs: [[0], [1], [2]], targets: [1, 2, 3] } as const;

  test("any function from inputs to an array of Values learns, from data as const", async () => {
    const layer = new Layer(1, 1, { activation: "linear" });
    const model: Model = Object.assign((xs: readonly Scalar[]) => layer(xs).map((v) => v.relu()), {
      parameters: (): readonly Value[] => layer.parameters(),
    });
    for (const parameter of layer.parameters()) parameter.data = 0.5;
    const { losses } = await fit(model, table, options({ epochs: 200 }));
    expect(losses.at(-1)).toBeLessThan(1e-3);
  });

  test("meanSquaredError is a loss of a model with one output", async () => {
    const losses = async (loss: Loss) => (await fit(new MLP(1, [2, 1]), table, options({ loss }))).losses;
    expect(await losses(meanSquaredError)).toEqual(await losses(squaredError));
    const { losses: direct } = await fit(new MLP(1, [2, 1]), split(line, { stratify: false }).train, {
      loss: meanSquaredError,
      optimiser: new SGD({ learningRate: 0.01 }),
      epochs: 3,
    });
    expect(direct[2]).toBeLessThan(direct[0]!);
  });
});
