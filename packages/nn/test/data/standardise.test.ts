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
  expect(standardise(dataset(small)).apply(small)).toEqual([
    [expect.closeTo(-1, 12)],
    [expect.closeTo(1, 12)],
  ]);
});

test("invert is the way back, but for a constant column, which becomes its mean", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.constant(7)), {
        minLength: 2,
        maxLength: 20,
      }),
      (rows) => {
        const { apply, invert } = standardise(rows);
        const back = invert(apply(rows));
        rows.forEach((row, i) => {
          expect(back[i]![0]).toBeCloseTo(row[0], 9);
          expect(back[i]![1]).toBe(7);
        });
      },
    ),
    { endOnFailure: true },
  );
  const { invert } = standardise([[1], [3]]);
  expect(invert([[0], [2]])).toEqual([[2], [4]]);
  expect(() => invert([[1, 2]])).toThrow(new RangeError("standardise: inputs[0] must have 1 column, got 2."));
});

test("learns from rows, as of targets, what it learns from inputs", () => {
  const rows = [
    [1, 10],
    [3, 30],
    [8, 20],
  ];
  const { mean, deviation } = standardise(rows);
  expect({ mean, deviation }).toMatchObject({
    mean: [4, 20],
    deviation: [Math.sqrt(26 / 3), expect.closeTo(Math.sqrt(200 / 3), 12)],
  });
  const other = standardise({
    inputs: rows,
    targets: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  });
  expect(other.mean).toEqual(mean);
  expect(other.deviation).toEqual(deviation);
  expect(() => standardise([[1], [Number.NaN]])).toThrow(
    new RangeError("standardise: rows[1][0] must be a finite number, got NaN."),
  );
  expect(() => standardise(undefined as never)).toThrow(TypeError);
});
