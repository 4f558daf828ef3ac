import { expect } from "vitest";
import { type Arguments, compile, type Numbers, type Tier, Value } from "../../../src/index.ts";

/** Every way that compiled code runs. */
export const tiers: readonly Tier[] = ["js", "wasm"];

/**
 * Runs a function eagerly and compiled in every tier, twice each: the results must be the same.
 *
 * @returns the eager result
 */
export function agree<Args extends unknown[], R>(
  f: (...args: Args) => R,
  ...args: Arguments<Args>
): Numbers<R> {
  return agreeAt(f, [args, args])[0]!;
}

/** As {@link agree}, for several lists of arguments, which each kernel gets in turn. */
export function agreeAt<Args extends unknown[], R>(
  f: (...args: Args) => R,
  points: readonly Arguments<Args>[],
): Numbers<R>[] {
  const eager = points.map((args) => (f as unknown as (...args: Arguments<Args>) => unknown)(...args));
  for (const tier of tiers) {
    const kernel = compile(f, { tier });
    points.forEach((args, i) => {
      expectClose(
        kernel(...args),
        eager[i],
        1e-12,
        `${tier}, call ${i + 1}: ${JSON.stringify(args).slice(0, 100)}`,
      );
    });
  }
  return eager.map((result) => numbersOf(result) as Numbers<R>);
}

/** Two trees of scalars must hold the same numbers, up to the rounding of the largest; NaN where there is NaN. */
export function expectClose(got: unknown, want: unknown, tolerance = 1e-12, note = ""): void {
  const wanted = flat(want);
  const found = flatLike(got, want);
  expect(found.length, `${note}: how many numbers`).toBe(wanted.length);
  const largest = wanted.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);
  const far = found.flatMap((x, i) => {
    const y = wanted[i]!;
    const isClose =
      Object.is(x, y) || Math.abs(x - y) <= tolerance * Math.abs(y) + 1e-3 * tolerance * largest;
    return isClose || x === y ? [] : [`entry ${i}: got ${x}, want ${y}`];
  });
  expect(far, note).toEqual([]);
}

/** All numbers of a tree of scalars in order. */
export function flat(tree: unknown): number[] {
  if (typeof tree === "number") return [tree];
  if (tree instanceof Value) return [tree.data];
  if (tree instanceof Float64Array) return [...tree];
  if (typeof tree === "object" && tree !== null) return Object.values(tree).flatMap(flat);
  throw new TypeError(`not a tree of scalars: ${String(tree)}`);
}

/** The same with the keys of objects as another tree has them, where it is of the same structure. */
function flatLike(tree: unknown, model: unknown): number[] {
  const isBranch = (x: unknown) => typeof x === "object" && x !== null && !(x instanceof Value);
  if (!isBranch(tree) || !isBranch(model)) return flat(tree);
  const [items, wanted] = [tree as Record<string, unknown>, model as Record<string, unknown>];
  const keys = Object.keys(wanted);
  if (keys.length !== Object.keys(items).length || !keys.every((key) => key in items)) return flat(tree);
  return keys.flatMap((key) => flatLike(items[key], wanted[key]));
}

function numbersOf(tree: unknown): unknown {
  if (tree instanceof Value) return tree.data;
  if (Array.isArray(tree)) return tree.map(numbersOf);
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, numbersOf(item)]));
}

/** The gradient of a function of plain numbers by central differences of fourth order. */
export function differences(f: (x: number[]) => number, x: readonly number[]): number[] {
  return x.map((xi, i) => {
    const step = 1e-3 * Math.max(1, Math.abs(xi));
    const along = (steps: number) => f(x.map((entry, j) => (i === j ? entry + steps * step : entry)));
    return (8 * (along(1) - along(-1)) - (along(2) - along(-2))) / (12 * step);
  });
}

/** Numbers in [low, high) that are the same in every run. */
export function numbersFrom(seed: number, low = -1, high = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + ((high - low) * state) / 2 ** 32;
  };
}

/** n of what make gives. */
export function many<T>(n: number, make: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => make(i));
}
