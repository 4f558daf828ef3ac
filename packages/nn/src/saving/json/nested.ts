import { described } from "../quoted.ts";
import type { Tensor } from "../tensor.ts";

/** A number, or arrays of them, one level for each axis. */
export type Nested = number | readonly Nested[];

/**
 * A tensor as arrays in arrays: a matrix as its rows, a tensor of no axes as its number.
 *
 * @example nested({ shape: [2, 1], data: [3, 4] }) // [[3], [4]]
 */
export function nested({ shape, data }: Tensor): Nested {
  let next = 0;
  const at = (axis: number): Nested =>
    axis === shape.length ? data[next++]! : Array.from({ length: shape[axis]! }, () => at(axis + 1));
  return at(0);
}

/**
 * The tensor that arrays in arrays stand for.
 *
 * @param what - whose arrays they are, for the message
 * @throws TypeError for anything but numbers and arrays, RangeError if rows differ in length or depth
 * @example flat("W", [[3], [4]]) // { shape: [2, 1], data: [3, 4] }
 */
export function flat(what: string, numbers: unknown): Tensor {
  const shape: number[] = [];
  for (let row = numbers; Array.isArray(row); row = row[0]) shape.push(row.length);
  const data: number[] = [];
  const visit = (entry: unknown, axis: number): void => {
    if (typeof entry !== "number" && !Array.isArray(entry)) {
      throw new TypeError(`${what} must be a number or arrays of numbers, got ${described(entry)}.`);
    }
    const size = typeof entry === "number" ? undefined : entry.length;
    if (size !== shape[axis]) {
      const wanted = shape[axis] === undefined ? "a number" : `an array of ${shape[axis]}`;
      throw new RangeError(`${what}: its rows must be alike: expected ${wanted}, got ${described(entry)}.`);
    }
    if (typeof entry === "number") data.push(entry);
    else for (const inner of entry) visit(inner, axis + 1);
  };
  visit(numbers, 0);
  return { shape, data };
}
