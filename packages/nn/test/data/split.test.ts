import fc from "fast-check";
import { expect, test } from "vitest";
import { type CsvDataset, type Dataset, moons, parseCsv, split } from "../../src/index.ts";

const counted = (examples: number, targets: (i: number) => number): Dataset => ({
  inputs: Array.from({ length: examples }, (_, i) => [i]),
  targets: Array.from({ length: examples }, (_, i) => targets(i)),
});
const ids = ({ inputs }: Dataset) => inputs.map(([id]) => id!);

test("is disjoint and complete, with each row's own target, in the order of the original", () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 60 }), fc.nat(), fc.boolean(), (examples, seed, stratify) => {
      const all = counted(examples, (i) => i % 2);
      const { train, test: held } = split(all, { testFraction: 0.4, seed, stratify });
      expect([...ids(train), ...ids(held)].toSorted((a, b) => a - b)).toEqual(ids(all));
      for (const part of [train, held]) {
        expect(part.targets).toEqual(ids(part).map((id) => id % 2));
        expect(ids(part)).toEqual(ids(part).toSorted((a, b) => a - b));
      }
    }),
    { endOnFailure: true },
  );
});

test("takes the fraction of each class, also of a rare one", () => {
  const { test: held } = split(counted(100, (i) => (i < 10 ? 1 : 0)));
  expect(held.targets.filter((target) => target === 1)).toHaveLength(2);
  expect(held.targets).toHaveLength(20);
});

test("the seed decides", () => {
  expect(split(moons())).toEqual(split(moons(), { seed: 0 }));
  expect(split(moons(), { seed: 1 })).not.toEqual(split(moons()));
});

test("targets that are no classes need stratify: false", () => {
  const regression = counted(10, (i) => i / 7);
  expect(() => split(regression)).toThrow(
    new RangeError(
      "split: testFraction 0.2 leaves the test set empty. Use more examples, another fraction, " +
        "or stratify: false if the targets are not classes.",
    ),
  );
  expect(split(regression, { stratify: false }).test.targets).toHaveLength(2);
});

test("refuses fractions outside (0, 1) and data that do not fit together", () => {
  for (const testFraction of [0, 1, -1, Number.NaN]) {
    expect(() => split(moons(), { testFraction })).toThrow(RangeError);
  }
  expect(() => split({ inputs: [[1], [2]], targets: [0] })).toThrow(
    new RangeError("split: needs one target for each row of inputs, got 2 rows and 1 target."),
  );
  expect(() => split(undefined as never)).toThrow(
    new TypeError("split: needs a data set { inputs, targets }, got undefined."),
  );
});

test("keeps rows of targets with their inputs, and takes the fraction of each different row", () => {
  const all: Dataset<readonly number[]> = {
    inputs: Array.from({ length: 50 }, (_, i) => [i]),
    targets: Array.from({ length: 50 }, (_, i) => (i < 10 ? [0, 1] : [1, 0])),
  };
  const { train, test: held } = split(all);
  for (const part of [train, held]) {
    part.inputs.forEach(([id], i) => {
      expect(part.targets[i]).toBe(all.targets[id!]);
    });
  }
  expect(held.targets).toHaveLength(10);
  expect(held.targets.filter(([first]) => first === 0)).toHaveLength(2);
});

test("keeps whatever else the data set has", () => {
  const table = parseCsv("x,kind\n1,a\n2,b\n3,a\n4,b\n5,a", { classes: true });
  const { train, test: held } = split(table, { testFraction: 0.4 });
  const parts: readonly CsvDataset[] = [train, held];
  for (const { classes, inputColumns, targetColumns } of parts) {
    expect({ classes, inputColumns, targetColumns }).toEqual({
      classes: ["a", "b"],
      inputColumns: ["x"],
      targetColumns: ["kind"],
    });
  }
  const constant = { inputs: [[1], [2], [3]], targets: [0, 1, 0], unit: "cm" } as const;
  const part: { readonly unit: "cm" } & Dataset = split(constant, {
    stratify: false,
    testFraction: 0.5,
  }).train;
  expect([part.unit, part.targets.length]).toEqual(["cm", 1]);
});

test("a data set that is still to come is to be awaited", () => {
  expect(() => split(Promise.resolve(moons()) as never)).toThrow(
    new TypeError("split: needs a data set { inputs, targets }, got a Promise: await it."),
  );
});
