import fc from "fast-check";
import { expect, test } from "vitest";
import { moons, standardise } from "../../src/index.ts";

const dataset = (inputs: number[][]) => ({ inputs, targets: inputs.map(() => 0) });

test("gives each column mean 0 and deviation 1", () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: -100, max: 100, noNaN: true }), (seed, offset) => {
      const { inputs } = moons({ seed, examples: 20 });
      const moved = inputs.map(([x, y]) => [1000 * x! + offset, y! - offset]);
      const scaled = standardise(dataset(moved)).apply(moved);
      for (const j of [0, 1]) {
        const column = scaled.map((row) => row[j]!);
        expect(column.reduce((a, b) => a + b, 0) / 20).toBeCloseTo(0, 10);
        expect(column.reduce((a, b) => a + b * b, 0) / 20).toBeCloseTo(1, 10);
      }
    }),
    { endOnFailure: true },
  );
});

test("applies what it learnt to other rows, and leaves the training rows alone", () => {
  const train = dataset([
    [1, 10],
    [3, 30],
  ]);
  const scale = standardise(train);
  expect(scale.mean).toEqual([2, 20]);
  expect(scale.deviation).toEqual([1, 10]);
  expect(scale.apply([[0, 0]])).toEqual([[-2, -2]]);
  expect(train.inputs).toEqual([
    [1, 10],
    [3, 30],
  ]);
});

test("a constant column becomes 0, whatever its rounding", () => {
  const rows = Array.from({ length: 7 }, (_, i) => [0.1, i]);
  const scaled = standardise(dataset(rows)).apply([...rows, [5, 5]]);
  expect(scaled.map((row) => row[0])).toEqual(new Array(8).fill(0));
});

test("columns of enormous numbers do not overflow", () => {
  const rows = [[1e200], [-1e200]];
  expect(standardise(dataset(rows)).apply(rows)).toEqual([[1], [-1]]);
});

test("refuses rows that do not fit", () => {
  const scale = standardise(dataset([[1, 2]]));
  expect(() => scale.apply([[1]])).toThrow(
    new RangeError("standardise: inputs[0] must have 2 columns, got 1."),
  );
  expect(() => standardise(dataset([[1, Number.NaN]]))).toThrow(
    new RangeError("standardise: inputs[0][1] must be a finite number, got NaN."),
  );
});

test("numbers near the largest do not overflow", () => {
  const near = [[1e308], [1.7e308]];
  const { mean, apply } = standardise(dataset(near));
  expect(mean[0]! / 1.35e308).toBeCloseTo(1, 14);
  expect(apply(near).flat()).toEqual([expect.closeTo(-1, 12), expect.closeTo(1, 12)]);
  const apart = [[1.7e308], [1.7e308], [-1.7e308]];
  const [a, b, c] = standardise(dataset(apart)).apply(apart).flat();
  expect([a, b, c]).toEqual([
    expect.closeTo(Math.SQRT1_2, 12),
    expect.closeTo(Math.SQRT1_2, 12),
    expect.closeTo(-Math.SQRT2, 12),
  ]);
});

test("a column that is constant but for rounding becomes 0", () => {
  const rows = [[0.1 + 0.2], [0.3], [0.3]];
  const { deviation, apply } = standardise(dataset(rows));
  expect(deviation).toEqual([0]);
  expect(apply(rows)).toEqual([[0], [0], [0]]);
  const small = [[1e-9], [2e-9]];
  expect(standardise(dataset(small)).apply(small)).toEqual([[expect.closeTo(-1, 12)], [expect.closeTo(1, 12)]]);
});
