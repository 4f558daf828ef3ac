import { value } from "@chainrule/core";
import { expect, test } from "vitest";
import {
  Adam,
  cosineDecay,
  exponentialDecay,
  inverseTimeDecay,
  linearDecay,
  piecewise,
  type Schedule,
  SGD,
  stepDecay,
  warmup,
} from "../../src/index.ts";

const first = (schedule: Schedule, n: number) => Array.from({ length: n }, (_, step) => schedule(step));

test("rates computed by hand", () => {
  expect(first(exponentialDecay(8, 0.5), 4)).toEqual([8, 4, 2, 1]);
  expect(first(stepDecay(8, 0.5, 2), 5)).toEqual([8, 8, 4, 4, 2]);
  expect(first(inverseTimeDecay(6, 0.5), 5)).toEqual([6, 4, 3, 2.4, 2]);
  expect(first(linearDecay(4, 2, 4), 6)).toEqual([4, 3.5, 3, 2.5, 2, 2]);
  expect(cosineDecay(3, 1, 2)(0)).toBe(3);
  expect(cosineDecay(3, 1, 2)(1)).toBeCloseTo(2, 15);
  expect(cosineDecay(3, 1, 2)(2)).toBe(1);
  expect(cosineDecay(3, 1, 2)(3)).toBe(1);
});

test("warm-up ends where the schedule begins", () => {
  expect(first(warmup(3, linearDecay(4, 0, 4)), 9)).toEqual([1, 2, 3, 4, 3, 2, 1, 0, 0]);
  expect(first(warmup(1, 2), 3)).toEqual([1, 2, 2]);
});

test("piecewise takes the last piece that began", () => {
  const pieces: [number, number][] = [
    [0, 3],
    [2, 2],
    [3, 1],
  ];
  const schedule = piecewise(pieces);
  pieces[0]![1] = 99;
  expect(first(schedule, 5)).toEqual([3, 3, 2, 1, 1]);
});

test("an optimiser asks its schedule for the rate of each step", () => {
  const asked: number[] = [];
  const sgd = new SGD({
    learningRate: (step) => {
      asked.push(step);
      return 1 / (step + 1);
    },
  });
  const p = value(0);
  p.grad = 1;
  const seen = [1, 2, 3].map(() => {
    sgd.step([p]);
    return p.data;
  });
  expect(asked).toEqual([0, 1, 2]);
  expect(seen).toEqual([-1, -1.5, -1.5 - 1 / 3]);
  expect([sgd.steps, sgd.learningRate]).toEqual([3, 0.25]);
});

test("a rate that is set takes the place of the schedule", () => {
  const adam = new Adam({ learningRate: linearDecay(1, 0, 10) });
  adam.learningRate = 0.3;
  adam.step([value(1)]);
  expect(adam.learningRate).toBe(0.3);
});

test("a schedule that gives no rate stops the step before anything changed", () => {
  const sgd = new SGD({ learningRate: (step) => (step === 0 ? 1 : Number.NaN), momentum: 0.5 });
  const p = value(0);
  p.grad = 1;
  sgd.step([p]);
  const before = sgd.state;
  expect(() => sgd.step([p])).toThrow(
    new RangeError("SGD: the learning rate of step 1 must be a finite number ≥ 0, got NaN."),
  );
  expect([p.data, sgd.state]).toEqual([-1, before]);
  const wrong = new SGD({ learningRate: (() => "1") as never });
  expect(() => wrong.step([p])).toThrow(TypeError);
});

test.each<[() => unknown, string]>([
  [() => exponentialDecay(-1, 0.5), "exponentialDecay: initial must be a finite number ≥ 0, got -1."],
  [() => exponentialDecay(1, 0), "exponentialDecay: factor must be above 0 and at most 1, got 0."],
  [() => stepDecay(1, 1.5, 2), "stepDecay: factor must be above 0 and at most 1, got 1.5."],
  [() => stepDecay(1, 0.5, 0.5), "stepDecay: every must be a positive integer, got 0.5."],
  [() => inverseTimeDecay(1, -1), "inverseTimeDecay: decay must be a finite number ≥ 0, got -1."],
  [() => linearDecay(1, Number.NaN, 2), "linearDecay: final must be a finite number ≥ 0, got NaN."],
  [() => cosineDecay(1, 0, 0), "cosineDecay: steps must be a positive integer, got 0."],
  [() => warmup(0, 1), "warmup: steps must be a positive integer, got 0."],
  [() => warmup(1, -1), "warmup: schedule must be a finite number ≥ 0, got -1."],
  [() => piecewise([]), "piecewise: pieces must not be empty. Start with [0, rate]."],
  [
    () => piecewise([[1, 1]]),
    "piecewise: the step of pieces[0] must be 0, where the first piece starts, got 1.",
  ],
  [
    () =>
      piecewise([
        [0, 1],
        [0, 2],
      ]),
    "piecewise: the step of pieces[1] must be an integer above 0, the one before, got 0.",
  ],
  [() => piecewise([[0, -2]]), "piecewise: the rate of pieces[0] must be a finite number ≥ 0, got -2."],
])("refuses %s", (make, message) => {
  expect(make).toThrow(new RangeError(message));
});

test("refuses what is no number, array or function", () => {
  expect(() => linearDecay("1" as never, 0, 1)).toThrow(TypeError);
  expect(() => warmup(1, "1" as never)).toThrow(TypeError);
  expect(() => piecewise(3 as never)).toThrow(TypeError);
  expect(() => piecewise([3] as never)).toThrow(TypeError);
});

test("warmup says in which order its arguments come", () => {
  expect(() => warmup(cosineDecay(1, 0, 10) as never, 5 as never)).toThrow(
    new TypeError("warmup: steps must be a positive integer, got a function. Write warmup(steps, schedule)."),
  );
});
