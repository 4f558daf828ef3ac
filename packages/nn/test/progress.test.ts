import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fit, MLP, SGD, xor } from "../src/index.ts";
import { progressBar as silent } from "../src/noProgress.ts";
import { progressBar } from "../src/progress.ts";

const { isTTY } = process.stderr;
const written: string[] = [];

beforeEach(() => {
  written.length = 0;
  vi.stubEnv("CI", "");
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
});
afterEach(() => {
  process.stderr.isTTY = isTTY;
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("shows epoch and loss on a terminal", () => {
  process.stderr.isTTY = true;
  const bar = progressBar(8, 5, true);
  bar.update({ epoch: 2, batch: 4, loss: 0.5, rate: undefined });
  bar.measured({ loss: 0.25, accuracy: 0.9375 });
  bar.update({ epoch: 2, batch: 5, loss: 0.123456, rate: 0.05 });
  bar.stop();
  expect(written.join("")).toMatch(
    /epoch 3\/8, loss 0\.1235, accuracy 0\.938, rate 0\.05, \S+ steps\/s, \S+ left/,
  );
});

test("says if training is not compiled", () => {
  process.stderr.isTTY = true;
  const bar = progressBar(1, 1, false);
  bar.update({ epoch: 0, batch: 1, loss: 0.5, rate: undefined });
  bar.stop();
  expect(written.join("")).toMatch(/steps\/s, not compiled, \S+ left/);
});

test.each([
  ["stderr is no terminal", false, ""],
  ["in continuous integration", true, "true"],
])("is silent if %s", (_, terminal, ci) => {
  process.stderr.isTTY = terminal;
  vi.stubEnv("CI", ci);
  const bar = progressBar(8, 1, true);
  bar.update({ epoch: 2, batch: 1, loss: 0.5, rate: 0.1 });
  bar.stop();
  expect(written).toEqual([]);
});

test("the bar for browsers is silent", () => {
  process.stderr.isTTY = true;
  const bar = silent(8, 1, true);
  bar.update({ epoch: 2, batch: 1, loss: 0.5, rate: 0.1 });
  bar.stop();
  expect(written).toEqual([]);
});

test("fit shows a bar unless told not to", async () => {
  process.stderr.isTTY = true;
  const train = (progress: boolean) =>
    fit(new MLP(2, [1]), xor(), {
      loss: ([y]) => y.square(),
      optimiser: new SGD({ learningRate: 0.1 }),
      epochs: 2,
      progress,
    });
  await train(false);
  expect(written).toEqual([]);
  await train(true);
  expect(written.join("")).toContain("epoch 2/2");
});
