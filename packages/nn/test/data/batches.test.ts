import type { Scalar } from "@chainrule/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { batches, type Dataset, fit, MLP, meanSquaredError, Random, SGD } from "../../src/index.ts";

const counted = (examples: number): Dataset => ({
  inputs: Array.from({ length: examples }, (_, i) => [i]),
  targets: Array.from({ length: examples }, (_, i) => -i),
});
const ids = ({ inputs }: Dataset) => inputs.map(([id]) => id!);

test("1,000,000 examples in batches of 120 are 8,333 and one of 40, each example once", () => {
  const all = counted(1_000_000);
  const seen = new Uint8Array(1_000_000);
  const sizes: number[] = [];
  let moved = 0;
  for (const batch of batches(all, { batchSize: 120 })) {
    for (const [i, id] of ids(batch).entries()) {
      seen[id]!++;
      if (id !== sizes.length * 120 + i) moved++;
    }
    sizes.push(batch.targets.length);
  }
  expect(sizes).toHaveLength(8_334);
  expect(sizes.slice(0, -1).every((size) => size === 120)).toBe(true);
  expect(sizes.at(-1)).toBe(40);
  expect(seen.every((count) => count === 1)).toBe(true);
  expect(moved).toBeGreaterThan(999_900);
});

test("are complete, with each row's own target, and all but the last full", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 60 }),
      fc.boolean(),
      fc.nat(),
      (examples, batchSize, shuffle, seed) => {
        const all = counted(examples);
        const parts = [...batches(all, { batchSize, shuffle, seed })];
        expect(parts).toHaveLength(Math.ceil(examples / batchSize));
        for (const part of parts.slice(0, -1)) expect(part.inputs).toHaveLength(batchSize);
        const order = parts.flatMap(ids);
        expect(parts.flatMap(({ targets }) => targets)).toEqual(order.map((id) => -id));
        expect(shuffle ? order.toSorted((a, b) => a - b) : order).toEqual(ids(all));
      },
    ),
    { endOnFailure: true },
  );
});

test("the seed decides the order, and one generator goes on to another order", () => {
  const all = counted(40);
  const order = (options: { seed?: number; random?: Random }) =>
    [...batches(all, { batchSize: 7, ...options })].flatMap(ids);
  expect(order({})).toEqual(order({ seed: 0 }));
  expect(order({ seed: 1 })).not.toEqual(order({ seed: 0 }));
  const random = new Random(0);
  expect(order({ random })).toEqual(order({ seed: 0 }));
  expect(order({ random })).not.toEqual(order({ seed: 0 }));
});

test("one generator over the epochs gives the batches of fit", async () => {
  const all = counted(10);
  const layer = new MLP(1, [1], { activation: "linear" });
  const seen: number[] = [];
  const model = Object.assign(
    (x: readonly Scalar[]) => {
      seen.push(Number(x[0]));
      return layer(x);
    },
    { parameters: () => layer.parameters() },
  );
  const optimiser = new SGD({ learningRate: 1e-4 });
  await fit(model, all, {
    loss: meanSquaredError,
    optimiser,
    epochs: 3,
    batchSize: 4,
    seed: 5,
    compile: false,
  });
  const random = new Random(5);
  const wanted = [1, 2, 3].flatMap(() => [...batches(all, { batchSize: 4, random })].flatMap(ids));
  expect(seen.slice(-wanted.length)).toEqual(wanted);
});

test("share the rows, also those of targets", () => {
  const rows = {
    inputs: [[1], [2], [3]],
    targets: [
      [1, 0],
      [0, 1],
      [1, 0],
    ],
  };
  for (const { inputs, targets } of batches(rows, { batchSize: 2 })) {
    inputs.forEach((row, i) => {
      const at = rows.inputs.indexOf(row as number[]);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(targets[i]).toBe(rows.targets[at]);
    });
  }
});

test("refuse at once what cannot work", () => {
  expect(() => batches(counted(3), { batchSize: 0 })).toThrow(
    new RangeError("batches: batchSize must be a positive integer, got 0."),
  );
  expect(() => batches(counted(3), {} as never)).toThrow(TypeError);
  expect(() => batches({ inputs: [], targets: [] }, { batchSize: 1 })).toThrow(
    new RangeError("batches: inputs must not be empty."),
  );
  expect(() => batches({ inputs: [[1], [2]], targets: [0, Number.NaN] }, { batchSize: 1 })).toThrow(
    new RangeError("batches: targets[1] must be a finite number, got NaN."),
  );
  expect(() => batches(counted(3), { batchSize: 1, shuffle: 1 as never })).toThrow(
    new TypeError("batches: shuffle must be true or false, got 1."),
  );
});
