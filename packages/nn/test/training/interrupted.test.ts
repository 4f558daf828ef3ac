import { log, mul, neg, type Scalar, sqrt, square, sub, type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import {
  Adam,
  type Checkpoint,
  checkpointFromJson,
  checkpointToJson,
  type Dataset,
  type FitOptions,
  fit,
  LBFGS,
  type Loss,
  MLP,
  RMSprop,
  SGD,
} from "../../src/index.ts";

const squared: Loss = ([y], target) => square(sub(y, target));
const line: Dataset = { inputs: [[0], [1], [2]], targets: [1, 2.5, 4] };
const numbers = (mlp: MLP) => mlp.parameters().map((p) => p.data);

function train(changes: Partial<FitOptions> = {}, mlp = new MLP(1, [1])) {
  const optimiser = new SGD({ learningRate: 0.05 });
  return fit(mlp, line, { loss: squared, optimiser, epochs: 3, ...changes });
}

describe("resuming", () => {
  test("without patience keeps the weights of the last epoch", async () => {
    const { checkpoint } = await train({ patience: 5 });
    const [resumed, whole] = [new MLP(1, [1]), new MLP(1, [1])];
    const resume: Checkpoint = { ...checkpoint!, best: { ...checkpoint!.best!, loss: -1 } };
    const history = await train({ resume, epochs: 30 }, resumed);
    expect(history.best).toBeUndefined();
    expect(history.checkpoint!.best).toBeUndefined();
    await train({ epochs: 30 }, whole);
    expect(numbers(resumed)).toEqual(numbers(whole));
  });

  test("takes over as many losses as there are", async () => {
    const { checkpoint } = await train();
    const losses = new Array<number>(300_000).fill(1);
    const resume: Checkpoint = { ...checkpoint!, epoch: losses.length, losses };
    expect((await train({ resume, epochs: 300_001 })).losses).toHaveLength(300_001);
  });

  test("measures each epoch or none, and the best by one measure", async () => {
    const { checkpoint } = await train();
    await expect(train({ resume: checkpoint!, validation: line, epochs: 5 })).rejects.toThrow(
      "fit: resume.validation must have a measurement of each of 3 epochs that are done, got 0.",
    );
    const measured = await train({ validation: line, patience: 2 });
    const resume = measured.checkpoint!;
    await expect(train({ resume, patience: 2, epochs: 5 })).rejects.toThrow(
      "fit: resume.best is the best epoch by the loss on validation. Give validation again",
    );
    expect((await train({ resume, epochs: 5 })).validation).toEqual([]);
    expect((await train({ resume, epochs: 5, validation: line, patience: 2 })).validation).toHaveLength(5);
  });

  test.each([
    [{ best: null }, /resume\.best must be the best epoch, an object, got null/],
    [{ random: [0, 0, 0, 0] }, /resume\.random must not be all 0/],
    [{ random: [0.5, 0, 0, 0] }, /resume\.random\[0\] must be an integer of 32 bits, got 0\.5/],
    [{ validation: [{ loss: 1, accuracy: 2 }] }, /resume\.validation must be an array of 3 measurements/],
  ])("%j is refused", async (changes, message) => {
    const { checkpoint } = await train();
    await expect(train({ resume: { ...checkpoint!, ...changes } as never })).rejects.toThrow(message);
  });

  test.each([
    ["Adam", () => new Adam({ learningRate: 0.1 })],
    ["RMSprop", () => new RMSprop({ learningRate: 0.1 })],
  ])("%s goes on though its mean of squares overflowed", async (_, make) => {
    const steep: Loss = ([y], target) => mul(1e200, sub(y, target));
    const { checkpoint } = await train({ loss: steep, optimiser: make() });
    expect(Object.values(checkpoint!.optimiser).flat(2)).toContain(Number.POSITIVE_INFINITY);
    const resume = checkpointFromJson(checkpointToJson(checkpoint!));
    expect((await train({ loss: steep, optimiser: make(), resume, epochs: 4 })).epochs).toBe(4);
  });
});

describe("NaN in validation", () => {
  test("is never best, and the checkpoint can be saved and read", async () => {
    const loss: Loss = ([y], target) => (target === 100 ? log(neg(square(y))) : square(sub(y, target)));
    const validation = { inputs: [[0]], targets: [100] };
    const mlp = new MLP(1, [1]);
    const history = await train({ loss, compile: false, validation, patience: 2, epochs: 9 }, mlp);
    expect(history).toMatchObject({ stoppedBy: "patience", epochs: 2, best: undefined });
    const read = checkpointFromJson(checkpointToJson(history.checkpoint!));
    expect(read).toEqual(history.checkpoint);
    expect(numbers(mlp)).toEqual(read.parameters);
  });
});

describe("checkpoints as text", () => {
  test("words of a state stay words, and none stands for a number", async () => {
    const { checkpoint } = await train();
    const change = (note: string | number): Checkpoint => ({
      ...checkpoint!,
      optimiser: { ...checkpoint!.optimiser, note },
    });
    for (const note of ["words", Number.NaN, -0]) {
      expect(checkpointFromJson(checkpointToJson(change(note)))).toEqual(change(note));
    }
    expect(() => checkpointToJson(change("NaN"))).toThrow(
      'checkpointToJson: checkpoint.optimiser.note must not be the string "NaN", which stands for a number.',
    );
    expect(() => checkpointFromJson(5 as never)).toThrow("checkpointFromJson: text must be a string, got 5.");
    expect(() => checkpointFromJson("{}")).toThrow("checkpointFromJson: is no checkpoint of chainrule.");
  });
});

describe("parameters", () => {
  test.each([
    [(w: Value) => [w, mul(w, 2)], "fit: parameters[1] is the result of mul, which cannot be moved."],
    [(w: Value) => [w, w], "fit: parameters[1] is parameters[0] again."],
  ])("that cannot be moved are named by index", async (parametersOf, message) => {
    const w = value(1);
    const model = Object.assign(([x]: readonly Scalar[]) => [mul(w, x!)], {
      parameters: () => parametersOf(w),
    });
    await expect(fit(model, line, { loss: squared, optimiser: new LBFGS(), epochs: 1 })).rejects.toThrow(
      message,
    );
  });
});

describe("where something throws or stops being finite", () => {
  test("a gradient that is not finite is reported alike with L-BFGS", async () => {
    const loss: Loss = ([y]) => sqrt(y); // slope ∞ at y = b = 0
    const mlp = new MLP(1, [1]);
    const before = numbers(mlp);
    const training = fit(mlp, { inputs: [[0]], targets: [0] }, { loss, optimiser: new LBFGS(), epochs: 1 });
    await expect(training).rejects.toThrow(
      /^fit: the gradient of layers\.0\.neurons\.0\.\w+ is (NaN|Infinity) in epoch 1, batch 1: the gradient becomes /,
    );
    expect(numbers(mlp)).toEqual(before);
  });

  test("L-BFGS does not evaluate again what is known", async () => {
    let calls = 0;
    const counting: Loss = ([y], target) => {
      calls++;
      return square(sub(y, target));
    };
    const once = async (optimiser: FitOptions["optimiser"]) => {
      calls = 0;
      await train({ loss: counting, optimiser, epochs: 1, compile: false });
      return calls;
    };
    // A first-order step evaluates once, L-BFGS again at the one point that it tries.
    const first = await once(new SGD({ learningRate: 0 }));
    expect(await once(new LBFGS())).toBe(first + line.inputs.length);
  });

  test("what a callback changed before it threw stays", async () => {
    const mlp = new MLP(1, [1]);
    const onEpoch = () => {
      mlp.set({ "layers.0.neurons.0.b": 7 });
      throw new Error("enough");
    };
    await expect(train({ onEpoch }, mlp)).rejects.toThrow("enough");
    expect(mlp.parameter("layers.0.neurons.0.b").data).toBe(7);
  });

  test("a loss that throws after a step leaves the last weights that gave a loss", async () => {
    const mlp = new MLP(1, [1]);
    const seen: number[][] = [];
    const loss: Loss = ([y], target) => {
      if (Math.abs(y.data) > 1e3) throw new RangeError("too far");
      if (String(seen.at(-1)) !== String(numbers(mlp))) seen.push(numbers(mlp));
      return square(sub(y, target));
    };
    const optimiser = new SGD({ learningRate: 10 });
    await expect(train({ loss, optimiser, epochs: 9, compile: false }, mlp)).rejects.toThrow(
      /^fit: example \d .*too far/,
    );
    expect(numbers(mlp).every((x) => Math.abs(x) < 1e3)).toBe(true);
    expect(seen).toContainEqual(numbers(mlp));
  });
});
