import { value } from "@chainrule/core";
import { expect, test } from "vitest";
import { RMSprop } from "../../src/index.ts";

test("RMSprop's first step is −η g/(√(1 − ρ) |g| + ε)", () => {
  for (const g of [3, -1e-3, 1e-7, -250]) {
    const p = value(1);
    p.grad = g;
    new RMSprop({ learningRate: 0.1, smoothing: 0.75 }).step([p]);
    expect(p.data).toBeCloseTo(1 - (0.1 * g) / (0.5 * Math.abs(g) + 1e-8), 14);
  }
});

test("under a constant gradient its velocity is a geometric sum of steps of η", () => {
  const p = value(0);
  const rmsprop = new RMSprop({ learningRate: 0.1, smoothing: 0, momentum: 0.5 });
  p.grad = 4;
  for (const want of [-0.1, -0.25, -0.425, -0.6125]) {
    rmsprop.step([p]);
    expect(p.data).toBeCloseTo(want, 8);
  }
});

test("a gradient of 0 moves nothing", () => {
  const p = value(3);
  new RMSprop().step([p]);
  expect(p.data).toBe(3);
});

test("the options of the lecture, unless told", () => {
  const { learningRate, smoothing, epsilon, momentum, weightDecay } = new RMSprop();
  expect([learningRate, smoothing, epsilon, momentum, weightDecay]).toEqual([0.001, 0.9, 1e-8, 0, 0]);
});

test.each<[object, string]>([
  [{ smoothing: 1 }, "RMSprop: smoothing must be at least 0 and less than 1, got 1."],
  [{ momentum: 1 }, "RMSprop: momentum must be at least 0 and less than 1, got 1."],
  [{ epsilon: -1 }, "RMSprop: epsilon must be a finite number above 0, got -1."],
])("refuses %j", (options, message) => {
  expect(() => new RMSprop(options)).toThrow(new RangeError(message));
});

test("refuses what is no option", () => {
  expect(() => new RMSprop({ alpha: 0.9 } as never)).toThrow(/^RMSprop: there is no option "alpha"/);
  expect(() => new RMSprop(0.1 as never)).toThrow(TypeError);
});
