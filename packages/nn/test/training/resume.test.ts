import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { greater, log, square, sub, type Value, where } from "@chainrule/core";
import { afterAll, describe, expect, test } from "vitest";
import {
  Adam,
  accuracy,
  type Checkpoint,
  type FitOptions,
  fit,
  LBFGS,
  type Loss,
  loadCheckpoint,
  MLP,
  moons,
  SGD,
  saveCheckpoint,
} from "../../src/index.ts";

const loss: Loss = ([y], target) => square(sub(y, target));
const data = moons({ examples: 22, seed: 4 });

/** Trains a net that is always the same at first, or goes on with it. */
async function train(changes: Partial<FitOptions> = {}, mlp = new MLP(2, [3, 1], { seed: 5 })) {
  const optimiser = new SGD({ learningRate: 0.1, momentum: 0.9 });
  const history = await fit(mlp, data, { loss, optimiser, epochs: 6, batchSize: 5, seed: 3, ...changes });
  return { history, mlp, numbers: mlp.parameters().map((p) => p.data) };
}

describe("resuming", () => {
  test.each([1, 4, 5, 6, 13, 29])("after %i steps it goes on as if it had not stopped", async (steps) => {
    const whole = await train();
    let done = 0;
    const part = await train({ onStep: () => ++done < steps });
    expect(part.history.stoppedBy).toBe("callback");
    const checkpoint = JSON.parse(JSON.stringify(part.history.checkpoint)) as Checkpoint;
    const rest = await train({ resume: checkpoint }, new MLP(2, [3, 1], { seed: 99 }));
    expect(rest.numbers).toEqual(whole.numbers);
    expect(rest.history).toEqual(whole.history);
  });

  test("from a report of an epoch, with the best epoch so far", async () => {
    const whole = await train({ patience: 3 });
    let kept: Checkpoint | undefined;
    await train({
      patience: 3,
      onEpoch: ({ epoch, checkpoint }) => {
        if (epoch === 2) kept = checkpoint();
      },
    });
    const rest = await train({ patience: 3, resume: kept! }, new MLP(2, [3, 1], { seed: 99 }));
    expect(rest.numbers).toEqual(whole.numbers);
    expect(rest.history).toEqual(whole.history);
  });

  test("a checkpoint that is done does nothing more", async () => {
    const whole = await train();
    const again = await train({ resume: whole.history.checkpoint! }, new MLP(2, [3, 1], { seed: 99 }));
    expect(again.numbers).toEqual(whole.numbers);
    expect(again.history).toEqual(whole.history);
  });

  test("epochs count from the beginning, and seed does not count", async () => {
    const { history } = await train();
    await expect(train({ resume: history.checkpoint!, epochs: 5 })).rejects.toThrow(
      new RangeError(
        "fit: epochs counts from the beginning: the checkpoint has done 6, raise epochs above that, got 5.",
      ),
    );
    const whole = await train({ epochs: 8 });
    const rest = await train({ epochs: 8, seed: 77, resume: history.checkpoint! });
    expect(rest.numbers).toEqual(whole.numbers);
  });

  const faults: [string, (c: Checkpoint) => unknown, RegExp][] = [
    ["no object", () => 5, /resume must be a checkpoint, got 5/],
    [
      "too few parameters",
      (c) => ({ ...c, parameters: [1] }),
      /resume.parameters.length must be 13, as it is now, got 1/,
    ],
    [
      "a NaN parameter",
      (c) => ({ ...c, parameters: c.parameters.with(2, Number.NaN) }),
      /resume.parameters\[2\] must be a finite number, got NaN/,
    ],
    ["other data", (c) => ({ ...c, examples: 7 }), /resume.examples must be 22, as it is now, got 7/],
    [
      "another batch size",
      (c) => ({ ...c, batchSize: 7 }),
      /resume.batchSize must be 5, as it is now, got 7/,
    ],
    ["half an epoch", (c) => ({ ...c, epoch: 0.5 }), /resume.epoch must be an integer/],
    ["a batch too far", (c) => ({ ...c, batch: 6 }), /resume.batch must be an integer from 0 to 5, got 6/],
    ["no generator", (c) => ({ ...c, random: undefined }), /resume.random must be an array of 4 numbers/],
    ["losses missing", (c) => ({ ...c, losses: [] }), /resume.losses must be an array of 6 numbers/],
    [
      "no state of the optimiser",
      (c) => ({ ...c, optimiser: undefined }),
      /resume.optimiser must be the state of an optimiser, an object, got undefined/,
    ],
    ["a Promise", (c) => Promise.resolve(c), /^fit: resume must be a checkpoint, got a Promise: await it\.$/],
    ["a history", (c) => ({ checkpoint: c }), /got what holds one\. Give history\.checkpoint\.$/],
    ["more epochs than asked for", (c) => ({ ...c, epoch: 7, losses: [...c.losses, 1] }), /raise epochs/],
    [
      "no losses of validation",
      (c) => ({ ...c, validation: new Array(6).fill({}) }),
      /validation\[0\]\.loss must be a number/,
    ],
    [
      "a best epoch to come",
      (c) => ({ ...c, best: { epoch: 7, loss: 1, parameters: c.parameters } }),
      /resume.best.epoch must be an integer from 1 to 6, got 7/,
    ],
  ];
  test.each(faults)("%s: refused, nothing is changed", async (_, change, message) => {
    const { history } = await train();
    const mlp = new MLP(2, [3, 1], { seed: 99 });
    const before = mlp.parameters().map((p) => p.data);
    await expect(train({ resume: change(history.checkpoint!) as never }, mlp)).rejects.toThrow(message);
    expect(mlp.parameters().map((p) => p.data)).toEqual(before);
  });

  test("an optimiser without a state gives no checkpoint, and cannot resume", async () => {
    const { history } = await train();
    const optimiser = { step: () => undefined };
    expect((await train({ optimiser })).history.checkpoint).toBeUndefined();
    await expect(train({ optimiser, resume: history.checkpoint! })).rejects.toThrow(
      /has no restore\(state\)/,
    );
    const asking = train({ optimiser, onEpoch: ({ checkpoint }) => checkpoint() });
    await expect(asking).rejects.toThrow(/a checkpoint needs an optimiser that has a state/);
  });
});

describe("stopping", () => {
  test("when a signal is aborted, between two steps", async () => {
    const controller = new AbortController();
    let steps = 0;
    const { history } = await train({
      signal: controller.signal,
      onStep: () => {
        if (++steps === 7) controller.abort();
      },
    });
    expect(history).toMatchObject({ stoppedBy: "signal", epochs: 1 });
    expect(steps).toBe(7);
    expect(history.checkpoint).toMatchObject({ epoch: 1, batch: 2 });
  });

  test("an aborted signal does not even begin", async () => {
    const before = new MLP(2, [3, 1], { seed: 5 }).parameters().map((p) => p.data);
    const { history, numbers } = await train({ signal: AbortSignal.abort() });
    expect(history).toMatchObject({ stoppedBy: "signal", epochs: 0, losses: [] });
    expect(numbers).toEqual(before);
  });

  test("a signal of another task is heard", async () => {
    const { history } = await train({ epochs: 1_000_000, signal: AbortSignal.timeout(50) });
    expect(history.stoppedBy).toBe("signal");
  });

  test("patience: stops so many epochs after the lowest loss, with the weights of that epoch", async () => {
    const after: number[][] = [];
    const mlp = new MLP(2, [3, 1], { seed: 5 });
    const optimiser = new SGD({ learningRate: 0.1, momentum: 0.9 });
    const { history, numbers } = await train(
      {
        patience: 2,
        epochs: 50,
        optimiser,
        onEpoch: ({ epoch }) => {
          after.push(mlp.parameters().map((p) => p.data));
          if (epoch === 5) optimiser.learningRate = 3;
        },
      },
      mlp,
    );
    expect(history.stoppedBy).toBe("patience");
    const lowest = history.losses.indexOf(Math.min(...history.losses));
    expect(history.epochs).toBe(lowest + 1 + 2);
    expect(numbers).toEqual(after[lowest]);
    expect(history.best).toEqual({ epoch: lowest + 1, loss: history.losses[lowest] });
    expect((await train()).history.best).toBeUndefined();
  });

  const wrong: [Record<string, unknown>, string][] = [
    [{ signal: "stop" }, 'fit: signal must be an AbortSignal, got the string "stop".'],
    [{ patience: 0 }, "fit: patience must be a positive integer, got 0."],
    [{ onStep: 1 }, "fit: onStep must be a function, got 1."],
    [{ onEpoch: null }, "fit: onEpoch must be a function, got null."],
    [{ patients: 3 }, 'fit: there is no option "patients".'],
  ];
  test.each(wrong)("%j is refused", async (change, message) => {
    await expect(train(change as never)).rejects.toThrow(message);
  });
});

describe("checkpoints in files", () => {
  const folder = mkdtempSync(join(tmpdir(), "chainrule-checkpoint-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "run.json");

  test("are read as they were written, every number of them", async () => {
    const { history } = await train({ patience: 2, validation: data });
    const { optimiser, ...rest } = history.checkpoint!;
    const checkpoint: Checkpoint = {
      ...rest,
      optimiser: { ...optimiser, odd: [-0, Number.POSITIVE_INFINITY, Number.NaN, 5e-324] },
    };
    await saveCheckpoint(checkpoint, path);
    expect(await loadCheckpoint(path)).toEqual(checkpoint);
    expect(readdirSync(folder)).toEqual(["run.json"]);
  });

  test("training goes on from one, also with Adam", async () => {
    const adam = () => ({ optimiser: new Adam({ learningRate: 0.01 }) });
    const whole = await train(adam());
    await train({ ...adam(), epochs: 3, onEpoch: ({ checkpoint }) => saveCheckpoint(checkpoint(), path) });
    const rest = await train({ ...adam(), resume: await loadCheckpoint(path) }, new MLP(2, [3, 1]));
    expect(rest.numbers).toEqual(whole.numbers);
  });

  const files: [string, string, RegExp][] = [
    ["cut off", '{"format": "chainrule checkpoint", "version": 1, "checkp', /not JSON|no JSON|JSON/],
    [
      "a model",
      '{"format": "chainrule model", "version": 1, "parameters": {}}',
      /is no checkpoint of chainrule/,
    ],
    [
      "of a later version",
      '{"format": "chainrule checkpoint", "version": 2, "checkpoint": {}}',
      /version must be 1, got 2/,
    ],
    [
      "without its numbers",
      '{"format": "chainrule checkpoint", "version": 1, "checkpoint": {}}',
      /^loadCheckpoint: ".*run\.json": checkpoint\.examples must be a positive integer, got undefined\.$/,
    ],
  ];
  test.each(files)("a file that is %s is refused", async (_, text, message) => {
    writeFileSync(path, text);
    await expect(loadCheckpoint(path)).rejects.toThrow(message);
  });

  test("what is no checkpoint is not written, and a missing file is not read", async () => {
    const { history } = await train();
    const reports: unknown[] = [];
    await train({ epochs: 1, onEpoch: (report) => void reports.push(report, report.checkpoint) });
    const others: [unknown, string][] = [
      [undefined, " must be a checkpoint, got undefined."],
      [Promise.resolve(history.checkpoint), " must be a checkpoint, got a Promise: await it."],
      [history, " must be a checkpoint, got what holds one. Give history.checkpoint."],
      [reports[0], " must be a checkpoint, got the report of an epoch. Give its checkpoint()."],
      [reports[1], " must be a checkpoint, got a function. Call it: checkpoint()."],
      [{}, ".examples must be a positive integer, got undefined."],
      [
        { ...history.checkpoint, parameters: [] },
        ".parameters must be an array of one or more numbers, got an array of 0.",
      ],
    ];
    rmSync(path, { force: true });
    for (const [other, message] of others) {
      await expect(saveCheckpoint(other as never, path)).rejects.toThrow(
        `saveCheckpoint: checkpoint${message}`,
      );
    }
    expect(readdirSync(folder)).toEqual([]);
    await expect(loadCheckpoint(join(folder, "none.json"))).rejects.toThrow(/none\.json/);
  });
});

describe("validation", () => {
  test.each([true, false])("is measured after each epoch, compiled: %s", async (compile) => {
    const mlp = new MLP(2, [3, 1], { seed: 5 });
    const other = moons({ examples: 150, seed: 9 });
    const want: unknown[] = [];
    const { history } = await train(
      {
        compile,
        validation: other,
        onEpoch: ({ validation }) => {
          const outputs = other.inputs.map((x) => mlp(x)[0].data);
          const loss = outputs.reduce((sum, y, i) => sum + (y - other.targets[i]!) ** 2, 0) / 150;
          expect(validation!.loss).toBeCloseTo(loss, 12);
          expect(validation!.accuracy).toBe(accuracy(mlp, other));
          want.push(validation);
        },
      },
      mlp,
    );
    expect(history.validation).toEqual(want);
    expect(want).toHaveLength(6);
  });

  test("decides about patience; numbers to predict have no accuracy", async () => {
    const line = { inputs: [[0], [1], [2]], targets: [1, 2.5, 4] };
    const wrong = { inputs: [[0], [1], [2]], targets: [-1, -2.5, -4] };
    const { stoppedBy, validation, losses } = await fit(new MLP(1, [1]), line, {
      loss,
      optimiser: new SGD({ learningRate: 0.01 }),
      epochs: 100,
      validation: wrong,
      patience: 3,
    });
    expect(stoppedBy).toBe("patience");
    expect(losses).toHaveLength(1 + 3);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    expect(validation.map(({ accuracy: found }) => found)).toEqual(new Array(4).fill(undefined));
  });

  test("that is NaN at first is lower once it is a number", async () => {
    const mlp = new MLP(1, [1]).set({ "layers.0.neurons.0.b": -0.5 });
    const unless: Loss = ([y], target) => where(greater(target, 50), log(y), square(sub(y, target)));
    const { validation, best, stoppedBy } = await fit(
      mlp,
      { inputs: [[0]], targets: [5] },
      {
        loss: unless,
        optimiser: new SGD({ learningRate: 0.02 }),
        epochs: 50,
        validation: { inputs: [[0]], targets: [100] },
        patience: 3,
      },
    );
    const first = validation.findIndex(({ loss: found }) => !Number.isNaN(found));
    expect(first).toBeGreaterThan(0);
    // ln y rises with y from then on.
    expect(best).toEqual({ epoch: first + 1, loss: validation[first]!.loss });
    expect([stoppedBy, validation.length]).toEqual(["patience", first + 4]);
  });

  test("of another shape is refused", async () => {
    await expect(train({ validation: { inputs: [[1]], targets: [1] } })).rejects.toThrow(
      "fit: validation must have rows of 2 inputs and 1 target, as the data, got 1 input and 1 target.",
    );
    await expect(train({ validation: { inputs: [[1, Number.NaN]], targets: [1] } })).rejects.toThrow(
      "fit: validation: inputs[0][1] must be a finite number, got NaN.",
    );
  });
});

describe("clipping", () => {
  test("limits each entry, then the norm, of the gradient that the optimiser gets", async () => {
    const mlp = new MLP(1, [1]);
    const [w, b] = mlp.parameters() as [Value, Value];
    w.data = 0;
    const seen: number[][] = [];
    const optimiser = { step: () => seen.push([w.grad, b.grad]) };
    const far = { inputs: [[3]], targets: [-10] };
    for (const clip of [{}, { value: 30 }, { norm: 5 }, { value: 20, norm: 5 }]) {
      await fit(mlp, far, { loss, optimiser, epochs: 1, clip });
    }
    // ∂(wx + b − t)²/∂w = 2 · 10 · 3
    expect(seen.slice(0, 2)).toEqual([
      [60, 20],
      [30, 20],
    ]);
    expect(seen[2]![0]).toBeCloseTo(5 * (3 / Math.sqrt(10)), 12);
    expect(seen[2]![1]).toBeCloseTo(5 / Math.sqrt(10), 12);
    expect(seen[3]).toEqual([5 / Math.SQRT2, 5 / Math.SQRT2].map((x) => expect.closeTo(x, 12)));
  });

  test("is nothing for an optimiser that computes gradients itself", async () => {
    const optimiser = new LBFGS();
    await expect(train({ optimiser, clip: { norm: 1 } })).rejects.toThrow(
      /^fit: clip is for first-order methods such as Adam: .*L-BFGS/,
    );
    expect((await train({ optimiser, clip: {}, epochs: 1, batchSize: 22 })).history.epochs).toBe(1);
  });

  test.each([
    [{ norm: 0 }, "fit: clip.norm must be a number above 0, got 0."],
    [{ value: "1" }, 'fit: clip.value must be a number above 0, got the string "1".'],
    [{ max: 1 }, 'fit: clip: there is no option "max".'],
  ])("%j is refused", async (clip, message) => {
    await expect(train({ clip: clip as never })).rejects.toThrow(message);
  });
});
