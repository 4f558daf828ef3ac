import { value } from "@chainrule/core";
import { expect, test } from "vitest";
import { Adam, AdamW } from "../../src/index.ts";

const gradients = [3, -1e-3, 1e-7, -250];

test("Adam's first step is −η g/(|g| + ε)", () => {
  for (const g of gradients) {
    const p = value(1);
    p.grad = g;
    new Adam({ learningRate: 0.1 }).step([p]);
    expect(p.data).toBeCloseTo(1 - (0.1 * Math.sign(g)) / (1 + 1e-8 / Math.abs(g)), 14);
  }
});

test("under a constant gradient Adam's means are that gradient, and each step the same", () => {
  const adam = new Adam({ learningRate: 0.1, beta1: 0.5, beta2: 0.75 });
  const p = value(0);
  p.grad = -4;
  for (let k = 1; k <= 20; k++) {
    adam.step([p]);
    expect(p.data).toBeCloseTo((0.1 * k) / (1 + 1e-8 / 4), 13);
  }
});

test("AdamW without gradient shrinks by 1 − ηλ", () => {
  const p = value(8);
  const adamW = new AdamW({ learningRate: 0.5, weightDecay: 0.5 });
  for (const want of [6, 4.5, 3.375]) {
    adamW.step([p]);
    expect(p.data).toBe(want);
  }
});

test("with λ = 0 the two are the same", () => {
  const [p, q] = [value(2), value(2)];
  const [adam, adamW] = [new Adam(), new AdamW({ weightDecay: 0 })];
  for (let k = 0; k < 10; k++) {
    p.grad = q.grad = Math.sin(k);
    adam.step([p]);
    adamW.step([q]);
    expect(p.data).toBe(q.data);
  }
});

test("a gradient of 0 moves nothing", () => {
  for (const optimiser of [new Adam(), new AdamW({ weightDecay: 0 })]) {
    const p = value(3);
    for (let k = 0; k < 3; k++) optimiser.step([p]);
    expect(p.data).toBe(3);
  }
});

test("the options of the papers, unless told", () => {
  const { learningRate, beta1, beta2, epsilon, weightDecay } = new Adam();
  expect([learningRate, beta1, beta2, epsilon, weightDecay]).toEqual([0.001, 0.9, 0.999, 1e-8, 0]);
  expect(new AdamW()).toMatchObject({ weightDecay: 0.01 });
});

test.each<[() => unknown, string]>([
  [() => new Adam({ learningRate: -1 }), "Adam: learningRate must be a finite number ≥ 0, got -1."],
  [() => new Adam({ beta1: 1 }), "Adam: beta1 must be at least 0 and less than 1, got 1."],
  [() => new AdamW({ beta2: -0.1 }), "AdamW: beta2 must be at least 0 and less than 1, got -0.1."],
  [() => new AdamW({ epsilon: 0 }), "AdamW: epsilon must be a finite number above 0, got 0."],
  [() => new AdamW({ weightDecay: -1 }), "AdamW: weightDecay must be a finite number ≥ 0, got -1."],
])("refuses %s", (make, message) => {
  expect(make).toThrow(new RangeError(message));
});

test("refuses what is no option", () => {
  expect(() => new Adam({ betas: [0.9, 0.99] } as never)).toThrow(
    new TypeError(
      'Adam: there is no option "betas". The options are learningRate, beta1, beta2, epsilon, weightDecay.',
    ),
  );
  expect(() => new AdamW(0.1 as never)).toThrow(TypeError);
});
