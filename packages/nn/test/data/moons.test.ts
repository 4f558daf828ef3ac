import { expect, test } from "vitest";
import { moons } from "../../src/index.ts";

test("without noise the points lie evenly on two half circles", () => {
  const { inputs, targets } = moons({ examples: 41, noise: 0 });
  expect(targets.filter((target) => target === 0)).toHaveLength(20);
  expect(targets.filter((target) => target === 1)).toHaveLength(21);
  inputs.forEach((point, i) => {
    const [x, y] = point as [number, number];
    const [dx, dy] = targets[i] === 0 ? [x, y] : [1 - x, 0.5 - y];
    expect(Math.hypot(dx, dy)).toBeCloseTo(1, 14);
    expect(dy).toBeGreaterThanOrEqual(0);
  });
  const gaps = inputs.slice(1, 20).map(([x, y], i) => Math.hypot(x! - inputs[i]![0]!, y! - inputs[i]![1]!));
  expect(Math.max(...gaps)).toBeCloseTo(Math.min(...gaps), 12);
  expect(inputs[0]).toEqual([1, 0]);
  expect(inputs[19]![0]).toBeCloseTo(-1, 15);
});

test("noise has the deviation asked for", () => {
  const clean = moons({ examples: 4000, noise: 0 }).inputs.flat();
  const noisy = moons({ examples: 4000, noise: 0.3 }).inputs.flat();
  const squares = noisy.map((x, i) => (x - clean[i]!) ** 2);
  expect(Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length)).toBeCloseTo(0.3, 2);
});

test("100 points with noise unless told; the seed decides", () => {
  expect(moons().inputs).toHaveLength(100);
  expect(moons()).toEqual(moons({ seed: 0, noise: 0.1 }));
  expect(moons({ seed: 1 })).not.toEqual(moons());
});

test("refuses counts and noise out of range", () => {
  expect(() => moons({ examples: 1 })).toThrow("moons: examples must be an integer ≥ 2, got 1.");
  expect(() => moons({ noise: -0.1 })).toThrow("moons: noise must be a finite number ≥ 0, got -0.1.");
  expect(() => moons({ noise: "0.1" as never })).toThrow(TypeError);
});
