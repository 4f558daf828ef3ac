import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../src/index.ts";

const draws = (n: number, draw: () => number) => Array.from({ length: n }, draw);
const meanOf = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;
/** The largest distance between the empirical and the given distribution function (Kolmogorov and Smirnov). */
function distance(xs: readonly number[], distribution: (x: number) => number): number {
  const n = xs.length;
  return Math.max(
    ...xs
      .toSorted((a, b) => a - b)
      .map((x, i) => Math.max((i + 1) / n - distribution(x), distribution(x) - i / n)),
  );
}
/** Exceeded by chance once in a thousand. */
const critical = (n: number) => 1.95 / Math.sqrt(n);

test("the same seed gives the same numbers, another seed others", () => {
  const first = (seed: number) => {
    const random = new Random(seed);
    return [
      random.uniform(0, 1),
      random.normal(0, 1),
      random.integer(1000),
      ...random.shuffle([1, 2, 3, 4, 5]),
    ];
  };
  expect(first(7)).toEqual(first(7));
  expect(first(7)).not.toEqual(first(8));
});

test("uniform numbers fill [from, to) evenly", () => {
  const random = new Random(1);
  const xs = draws(10_000, () => random.uniform(-2, 3));
  expect(Math.min(...xs)).toBeGreaterThanOrEqual(-2);
  expect(Math.max(...xs)).toBeLessThan(3);
  expect(distance(xs, (x) => (x + 2) / 5)).toBeLessThan(critical(xs.length));
});

test("the first numbers of neighbouring seeds are spread evenly too", () => {
  const xs = Array.from({ length: 2000 }, (_, seed) => new Random(seed).uniform(0, 1));
  expect(distance(xs, (x) => x)).toBeLessThan(critical(xs.length));
});

test("normal numbers have the mean, deviation and share within one deviation", () => {
  const random = new Random(2);
  const xs = draws(20_000, () => random.normal(5, 2));
  expect(Math.abs(meanOf(xs) - 5)).toBeLessThan(0.06);
  expect(Math.abs(meanOf(xs.map((x) => (x - 5) ** 2)) - 4)).toBeLessThan(0.15);
  expect(xs.filter((x) => Math.abs(x - 5) < 2).length / xs.length).toBeCloseTo(0.6827, 2);
});

test("integers 0 … n − 1 are equally likely", () => {
  const random = new Random(3);
  const counts = new Array<number>(6).fill(0);
  for (let i = 0; i < 6000; i++) counts[random.integer(6)]!++;
  const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(20.5); // 5 degrees of freedom, once in a thousand
});

test("all orders of three items are equally likely", () => {
  const random = new Random(4);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = random.shuffle(["a", "b", "c"]).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(20.5);
});

test("shuffle returns a new array of the same items", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
      const before = [...items];
      const shuffled = new Random(seed).shuffle(items);
      expect(shuffled).not.toBe(items);
      expect(items).toEqual(before);
      expect(shuffled.toSorted()).toEqual(items.toSorted());
    }),
    { endOnFailure: true },
  );
});

test("a generator made from a state goes on from there", () => {
  const random = new Random(5);
  random.normal(0, 1);
  const copy = Random.fromState(random.state);
  const go = (r: Random) => draws(5, () => r.normal(0, 1));
  expect(go(copy)).toEqual(go(random));
});

test("bad seeds and counts are refused", () => {
  expect(() => new Random(Number.NaN)).toThrow(
    new RangeError("Random: seed must be an integer from 0 to 4294967295, got NaN."),
  );
  for (const seed of [1.5, -1, 2 ** 32, Number.POSITIVE_INFINITY])
    expect(() => new Random(seed)).toThrow(RangeError);
  expect(() => new Random("1" as never)).toThrow(
    new TypeError('Random: seed must be an integer from 0 to 4294967295, got the string "1".'),
  );
  expect(() => new Random(undefined as never)).toThrow(TypeError);
  expect(() => new Random(0).integer(0)).toThrow("Random: n must be a positive integer, got 0.");
  expect(() => Random.fromState([1, 2])).toThrow();
});
