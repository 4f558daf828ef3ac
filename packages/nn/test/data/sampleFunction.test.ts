import fc from "fast-check";
import { expect, test } from "vitest";
import { Random, sampleFunction } from "../../src/index.ts";

test("a grid is evenly spaced, and holds both ends exactly", () => {
  const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => x + 0); // no -0
  fc.assert(
    fc.property(finite, finite, fc.integer({ min: 2, max: 40 }), (a, b, examples) => {
      fc.pre(a !== b);
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const { inputs, targets } = sampleFunction((x) => 2 * x, { from, to, examples });
      const xs = inputs.map(([x]) => x!);
      expect(xs[0]).toBe(from);
      expect(xs.at(-1)).toBe(to);
      xs.forEach((x, i) => {
        const wanted = from + ((to - from) * i) / (examples - 1);
        expect(Math.abs(x - wanted)).toBeLessThanOrEqual(
          1e-15 * (Math.abs(from) + Math.abs(to)) + Number.MIN_VALUE,
        );
        expect(targets[i]! + 0).toBe(2 * x + 0);
      });
    }),
    { endOnFailure: true },
  );
});

test("a grid of two variables: the second changes fastest, one count serves both", () => {
  const { inputs, targets } = sampleFunction((x, y) => 10 * x + y, { from: [0, 5], to: [1, 6], examples: 2 });
  expect(inputs).toEqual([
    [0, 5],
    [0, 6],
    [1, 5],
    [1, 6],
  ]);
  expect(targets).toEqual([5, 6, 15, 16]);
  const wide = sampleFunction(Math.max, { from: [-1, -2], to: [1, 2], examples: [3, 5] });
  expect(wide.inputs).toHaveLength(15);
  expect(new Set(wide.inputs.map(([x]) => x))).toEqual(new Set([-1, 0, 1]));
  expect(sampleFunction(Math.abs, { from: -1, to: 1, examples: 1 }).inputs).toEqual([[-1]]);
});

test("uniform sampling fills the range evenly; the seed decides", () => {
  const options = { from: [-1, 0], to: [1, 4], examples: 4000, sampling: "uniform" } as const;
  const { inputs, targets } = sampleFunction((x, y) => x * y, options);
  expect(inputs).toHaveLength(4000);
  for (const [j, middle, deviation] of [
    [0, 0, 2 / Math.sqrt(12)],
    [1, 2, 4 / Math.sqrt(12)],
  ] as const) {
    const xs = inputs.map((row) => row[j]!);
    const mean = xs.reduce((a, b) => a + b) / 4000;
    const variance = xs.reduce((a, b) => a + (b - mean) ** 2, 0) / 4000;
    expect(Math.abs(mean - middle)).toBeLessThan(0.1);
    expect(Math.abs(Math.sqrt(variance) - deviation)).toBeLessThan(0.05);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(options.from[j]);
    expect(Math.max(...xs)).toBeLessThan(options.to[j]);
  }
  expect(targets[0]).toBe(inputs[0]![0]! * inputs[0]![1]!);
  const again = (more: object) => sampleFunction((x, y) => x * y, { ...options, ...more });
  expect(again({ seed: 0 })).toEqual({ inputs, targets });
  expect(again({ random: new Random(0) })).toEqual({ inputs, targets });
  expect(again({ seed: 1 }).inputs).not.toEqual(inputs);
});

test("noise is on the targets alone, with the deviation asked for", () => {
  const options = { from: 0, to: 1, examples: 4000 };
  const { inputs, targets } = sampleFunction((x) => 3 * x, { ...options, noise: 0.5 });
  expect(inputs).toEqual(sampleFunction((x) => 3 * x, options).inputs);
  const squares = targets.map((y, i) => (y - 3 * inputs[i]![0]!) ** 2);
  expect(Math.sqrt(squares.reduce((a, b) => a + b) / 4000)).toBeCloseTo(0.5, 1);
});

test("names the point where the function is not finite", () => {
  expect(() => sampleFunction((x) => 1 / x, { from: -1, to: 1, examples: 3 })).toThrow(
    new RangeError("sampleFunction: f(0) must be a finite number, got Infinity."),
  );
  expect(() => sampleFunction(() => undefined as never, { from: [0, 1], to: [1, 2], examples: 2 })).toThrow(
    new TypeError("sampleFunction: f(0, 1) must be a finite number, got undefined."),
  );
});

test("refuses ranges and counts that do not fit", () => {
  const f = (...xs: number[]) => xs[0]!;
  expect(() => sampleFunction(f, { from: 1, to: 1, examples: 3 })).toThrow(
    new RangeError("sampleFunction: to must be a finite number > 1, got 1."),
  );
  expect(() => sampleFunction(f, { from: [0, 0], to: [1], examples: 3 })).toThrow(
    new RangeError("sampleFunction: from and to must have one number for each argument of f, got 2 and 1."),
  );
  expect(() => sampleFunction(f, { from: [0, 0], to: [1, 1], examples: [3] })).toThrow(
    new RangeError(
      "sampleFunction: examples must be one number, or one for each of 2 axes, got an array of 1.",
    ),
  );
  expect(() => sampleFunction(f, { from: 0, to: 1, examples: 2.5 })).toThrow(RangeError);
  const two = { from: [0, 0], to: [1, 1], examples: [2, 2], sampling: "uniform" } as const;
  expect(() => sampleFunction(f, two)).toThrow(
    new TypeError("sampleFunction: examples must be a positive integer, got an array of 2."),
  );
  expect(() => sampleFunction(f, { from: 0, to: 1, examples: 2, sampling: "sobol" as never })).toThrow(
    new RangeError('sampleFunction: sampling must be "grid" or "uniform", got the string "sobol".'),
  );
  expect(() => sampleFunction(f, { from: "0" as never, to: 1, examples: 2 })).toThrow(TypeError);
  expect(() => sampleFunction(f, {} as never)).toThrow(TypeError);
  expect(() => sampleFunction(3 as never, { from: 0, to: 1, examples: 2 })).toThrow(TypeError);
});

test("a function of two arguments needs two ranges", () => {
  const product = (x: number, y: number) => x * y;
  const one = { from: 0, to: 1, examples: 3 };
  expect(() => sampleFunction(product as never, one)).toThrow(
    new RangeError(
      "sampleFunction: f(0) must be a finite number, got NaN. " +
        "f takes 2 arguments: from and to must have one number for each, as in from: [0, 0].",
    ),
  );
});
