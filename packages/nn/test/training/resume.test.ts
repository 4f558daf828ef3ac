import { square, sub } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { type Checkpoint, type FitOptions, fit, type Loss, MLP, moons, SGD } from "../../src/index.ts";

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
  });

  const faults: [string, (c: Checkpoint) => unknown, RegExp][] = [
    ["no object", () => 5, /resume must be a checkpoint, got 5/],
    [
      "too few parameters",
      (c) => ({ ...c, parameters: [1] }),
      /resume.parameters must be an array of 13 numbers/,
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
    ["no state of the optimiser", (c) => ({ ...c, optimiser: undefined }), /state/],
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
