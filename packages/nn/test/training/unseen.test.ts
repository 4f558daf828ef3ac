import { add, grad, log, mul, type Scalar, square, sub, type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import {
  type Dataset,
  type FitOptions,
  fit,
  type Loss,
  MLP,
  type Model,
  meanSquaredError,
  SGD,
} from "../../src/index.ts";

const squared: Loss = ([y], target) => square(sub(y, target));
const line: Dataset = { inputs: [[0], [1], [2]], targets: [1, 2.5, 4] };
const numbers = (model: Model) => model.parameters().map((p) => p.data);

function train(changes: Partial<FitOptions> = {}, model: Model = new MLP(1, [1]), data = line) {
  const optimiser = new SGD({ learningRate: 0.01 });
  return fit(model, data, { loss: squared, optimiser, epochs: 3, ...changes });
}

describe("what code cannot see is found", () => {
  test("a target that is treated in its own way, though it is the last of hundreds", async () => {
    const inputs = Array.from({ length: 400 }, (_, i) => [i / 400]);
    const data = { inputs, targets: inputs.map((_, i) => i) };
    const loss: Loss = ([y], target) => (target === 399 ? square(y) : mul(1e-6, square(sub(y, target))));
    const { fallback } = await train({ loss, epochs: 1 }, new MLP(1, [1]), data);
    expect(fallback).toMatch(/^compiled, the loss is .* choose with where/);
  });

  test("random numbers that compiled code would take for constants", async () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    const mlp = new MLP(1, [1]);
    // As good as never where the first rows are tried: what differs is another call with the same row.
    const dropout = Object.assign((x: readonly Scalar[]) => [mul(random() < 0.5 ? 0 : 2, mlp(x)[0])], {
      parameters: () => mlp.parameters(),
    });
    const { fallback } = await train({ epochs: 1 }, dropout);
    expect(fallback).toMatch(/^model and loss give another loss when they are called again/);
  });

  test("a number that a callback changes: from then on as the functions say", async () => {
    const run = async (compile: boolean, epochs = 6) => {
      let beta = 1;
      const model = new MLP(1, [1]);
      const loss: Loss = ([y], target) => add(square(sub(y, target)), mul(beta, square(y)));
      const onEpoch = ({ epoch }: { epoch: number }) => {
        if (epoch === 1) beta = 3;
      };
      const validation = { inputs: [[1]], targets: [2] };
      return { history: await train({ loss, epochs, compile, onEpoch, validation }, model), model };
    };
    const [compiled, eager] = [await run(true), await run(false)];
    expect(compiled.history.fallback).toMatch(
      /^after epoch 1: compiled, the loss is .*let what changes be a value\(\)$/,
    );
    compiled.history.losses.forEach((x, i) => {
      expect(x).toBeCloseTo(eager.history.losses[i]!, 12);
      expect(compiled.history.validation[i]!.loss).toBeCloseTo(eager.history.validation[i]!.loss, 12);
    });
    expect((await run(true, 1)).history.fallback).toMatch(/^after epoch 1/);
  });

  test("a value that a callback changes is seen by compiled code", async () => {
    const beta = value(1);
    const loss: Loss = ([y], target) => add(square(sub(y, target)), mul(beta, square(y)));
    const onEpoch = () => {
      beta.data += 1;
    };
    expect((await train({ loss, onEpoch, epochs: 5 })).fallback).toBeUndefined();
  });

  test("to look again changes no gradient", async () => {
    const [shown, plain] = [new MLP(1, [1]), new MLP(1, [1])];
    await train({ onEpoch: () => undefined, epochs: 2 }, shown);
    await train({ epochs: 2 }, plain);
    expect(shown.parameters().map((p) => p.grad)).toEqual(plain.parameters().map((p) => p.grad));
  });
});

describe("what agrees stays compiled", () => {
  test("a derivative by the inputs, which has a graph only where these are Values", async () => {
    const net = new MLP(1, [4, 1]);
    const model = Object.assign(
      ([x]: readonly Scalar[]): Value[] => {
        const slope = grad((u: Value) => net([u])[0])(x as Value) as Scalar;
        return [net([x!])[0], add(slope, mul(0, net([x!])[0]))];
      },
      { parameters: () => net.parameters() },
    );
    const data = {
      inputs: line.inputs,
      targets: [
        [0, 1],
        [1, 1],
        [2, 1],
      ],
    };
    const before = numbers(net);
    const history = await fit(model, data, {
      loss: meanSquaredError,
      optimiser: new SGD({ learningRate: 0.1 }),
      epochs: 2,
    });
    expect(history.fallback).toBeUndefined();
    expect(numbers(net)).not.toEqual(before);
  });

  test("terms that cancel but for rounding", async () => {
    // Terms of both signs in different order: their sum is what rounding leaves, which differs in compiled code.
    const points = [0.1, 0.7, 1.3, 1.9, 2.3, 2.9, 3.1];
    const inputs = [...points, ...points.toReversed()].map((x) => [x]);
    const data = { inputs, targets: inputs.map((_, i) => (i < 7 ? 1 : -1)) };
    const loss: Loss = ([y], target) => mul(target, log(add(3, square(y))));
    const { fallback, losses } = await train({ loss, epochs: 1 }, new MLP(1, [3, 1]), data);
    expect(Math.abs(losses[0]!)).toBeLessThan(1e-12);
    expect(fallback).toBeUndefined();
  });
});

describe("options and targets", () => {
  test("rows that are no distributions have no accuracy", async () => {
    const run = (targets: readonly (readonly number[])[]) => {
      const data = { inputs: [[0], [1]], targets };
      const training = { loss: meanSquaredError, optimiser: new SGD({ learningRate: 0.01 }), epochs: 1 };
      return fit(new MLP(1, [2]), data, { ...training, validation: data });
    };
    const accuracyOf = async (targets: readonly (readonly number[])[]) =>
      (await run(targets)).validation[0]!.accuracy;
    expect(
      await accuracyOf([
        [3, 4],
        [-1, 2],
      ]),
    ).toBeUndefined();
    expect(
      await accuracyOf([
        [0, 1],
        [0.25, 0.75],
      ]),
    ).toBeTypeOf("number");
  });

  test("targets for validation are of the kind of the data's", async () => {
    const validation = { inputs: [[1]], targets: [[1]] };
    await expect(train({ validation: validation as never })).rejects.toThrow(
      "fit: validation: targets must be numbers, as in [1, 2], like those of the data, got rows, as in [[1], [2]].",
    );
  });

  test.each(["compile", "progress"])("%s must be true or false", async (name) => {
    await expect(train({ [name]: "no" } as never)).rejects.toThrow(
      `fit: ${name} must be true or false, got the string "no".`,
    );
  });

  test("a model whose number of outputs changes is refused where it is measured", async () => {
    const mlp = new MLP(1, [2]);
    const model = Object.assign(([x]: readonly Scalar[]) => mlp([x!]).slice(0, x === 5 ? 2 : 1), {
      parameters: () => mlp.parameters(),
    });
    const validation = { inputs: [[1], [5]], targets: [1, 2] };
    await expect(train({ validation, compile: false }, model)).rejects.toThrow(
      "fit: validation example 1 (targets[1] = 2): the model must have as many outputs as for the first row, 1, got 2.",
    );
  });
});
