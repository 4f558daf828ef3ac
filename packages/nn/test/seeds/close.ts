import { expect } from "vitest";

type Numbers = number | readonly Numbers[];

/** Whether numbers in one structure differ by no more than 1e-12 of the largest. */
export function areClose(got: Numbers, want: Numbers, tolerance = 1e-12): boolean {
  const [a, b] = [flat(got), flat(want)];
  const largest = Math.max(...b.map(Math.abs));
  return (
    structureOf(got) === structureOf(want) && b.every((x, i) => Math.abs(a[i]! - x) <= tolerance * largest)
  );
}

/** Fails unless the numbers are {@link areClose}. */
export function expectClose(got: Numbers, want: Numbers, tolerance = 1e-12): void {
  if (areClose(got, want, tolerance)) return;
  expect(got).toEqual(want);
}

function flat(x: Numbers): number[] {
  return typeof x === "number" ? [x] : x.flatMap(flat);
}

function structureOf(x: Numbers): string {
  return typeof x === "number" ? "x" : `[${x.map(structureOf).join()}]`;
}
