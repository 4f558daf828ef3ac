import { expect, test } from "vitest";
import { circles } from "../../src/index.ts";

test("without noise the points lie evenly on two circles, from the angle 0 on", () => {
  const { inputs, targets } = circles({ examples: 41, noise: 0, factor: 0.3 });
  expect(targets.filter((target) => target === 0)).toHaveLength(20);
  expect(targets.filter((target) => target === 1)).toHaveLength(21);
  inputs.forEach(([x, y], i) => {
    const [radius, index, size] = targets[i] === 0 ? [1, i, 20] : [0.3, i - 20, 21];
    expect(Math.hypot(x!, y!)).toBeCloseTo(radius, 14);
    expect(Math.cos(Math.atan2(y!, x!) - (2 * Math.PI * index) / size)).toBeCloseTo(1, 12);
  });
});

test("is make_circles of scikit-learn, without shuffling", () => {
  // scikit-learn 1.9.1: make_circles(7, shuffle=False, factor=0.3)
  const expected = [
    [1, 0],
    [-0.4999999999999998, 0.8660254037844387],
    [-0.5000000000000004, -0.8660254037844384],
    [0.3, 0],
    [1.8369701987210297e-17, 0.3],
    [-0.3, 3.6739403974420595e-17],
    [-5.510910596163089e-17, -0.3],
  ];
  const { inputs, targets } = circles({ examples: 7, noise: 0, factor: 0.3 });
  inputs.forEach((row, i) => {
    row.forEach((x, j) => {
      expect(x).toBeCloseTo(expected[i]![j]!, 14);
    });
  });
  expect(targets).toEqual([0, 0, 0, 1, 1, 1, 1]);
});

test("noise has the deviation asked for; the seed decides", () => {
  const clean = circles({ examples: 4000, noise: 0 }).inputs.flat();
  const noisy = circles({ examples: 4000, noise: 0.3 }).inputs.flat();
  const squares = noisy.map((x, i) => (x - clean[i]!) ** 2);
  expect(Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length)).toBeCloseTo(0.3, 2);
  expect(circles()).toEqual(circles({ seed: 0, noise: 0.1, factor: 0.5, examples: 100 }));
  expect(circles({ seed: 1 })).not.toEqual(circles());
});

test("refuses counts, factors and noise out of range", () => {
  expect(() => circles({ examples: 1 })).toThrow("circles: examples must be an integer ≥ 2, got 1.");
  expect(() => circles({ factor: 1 })).toThrow("circles: factor must be a number ≥ 0 and < 1, got 1.");
  expect(() => circles({ noise: -1 })).toThrow(RangeError);
  expect(() => circles({ radius: 1 } as never)).toThrow(TypeError);
});
