import type { Value } from "../value.ts";
import { type Shape, sizeOf, treeOf } from "./shape.ts";

/** Where in the arguments the numbers of rows of one shape are. */
export interface RowSource {
  readonly count: number;
  readonly row: Shape;
  /** The position of the first number of the first row, and how many numbers a row has. */
  readonly first: number;
  readonly stride: number;
}

const sources = new WeakMap<object, RowSource>();

/**
 * An array of rows of the arguments that makes a row when it is first asked for: a loop over rows needs none of them,
 * however many there are.
 */
export function lazyRows(
  count: number,
  row: Shape,
  first: number,
  inputAt: (index: number) => Value,
): unknown[] {
  const stride = sizeOf(row);
  const make = (target: unknown[], key: string | symbol) => {
    if (typeof key !== "string" || !isIndex(key, count) || key in target) return;
    let at = first + Number(key) * stride;
    target[Number(key)] = treeOf(row, () => inputAt(at++));
  };
  const rows = new Proxy(new Array<unknown>(count), {
    get(target, key, receiver) {
      make(target, key);
      return Reflect.get(target, key, receiver);
    },
    has(target, key) {
      make(target, key);
      return Reflect.has(target, key);
    },
    getOwnPropertyDescriptor(target, key) {
      make(target, key);
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    ownKeys(target) {
      for (let i = 0; i < count; i++) make(target, String(i));
      return Reflect.ownKeys(target);
    },
  });
  sources.set(rows, { count, row, first, stride });
  return rows;
}

function isIndex(key: string, count: number): boolean {
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && index < count && String(index) === key;
}

/** Where the numbers of these rows are, if they are rows of the arguments as they were given. */
export function sourceOf(rows: object): RowSource | undefined {
  return sources.get(rows);
}
