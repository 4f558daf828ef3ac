import type { Value } from "../value.ts";
import { type Shape, scalarsIn, sizeOf, treeOf } from "./shape.ts";

/** Where in the arguments the numbers of rows of one shape are. */
export interface RowSource {
  readonly row: Shape;
  /** The position of the first number of the first row, and how many numbers a row has. */
  readonly first: number;
  readonly stride: number;
}

/** Of the rows that were made so far, the scalars that they were made of. */
interface Lazy {
  readonly source: RowSource;
  readonly made: Map<number, { readonly row: unknown; readonly scalars: readonly Value[] }>;
}

const lazies = new WeakMap<object, Lazy>();

/**
 * An array of rows of the arguments that makes a row when it is first asked for: a loop over rows needs none of them,
 * however many there are. Once the array is changed it is an array like any other.
 */
export function lazyRows(
  count: number,
  row: Shape,
  first: number,
  inputAt: (index: number) => Value,
): unknown[] {
  const stride = sizeOf(row);
  const made: Lazy["made"] = new Map();
  const make = (target: unknown[], key: string | symbol) => {
    if (!lazies.has(rows) || typeof key !== "string" || !isIndex(key, count) || key in target) return;
    const index = Number(key);
    const scalars = Array.from({ length: stride }, (_, i) => inputAt(first + index * stride + i));
    let at = 0;
    const item = treeOf(row, () => scalars[at++]!);
    target[index] = item;
    made.set(index, { row: item, scalars });
  };
  const makeAll = (target: unknown[]) => {
    for (let i = 0; i < count; i++) make(target, String(i));
  };
  const changing = (target: unknown[]) => {
    makeAll(target);
    lazies.delete(rows);
  };
  const rows: unknown[] = new Proxy(new Array<unknown>(count), {
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
      makeAll(target);
      return Reflect.ownKeys(target);
    },
    defineProperty(target, key, descriptor) {
      changing(target);
      return Reflect.defineProperty(target, key, descriptor);
    },
    deleteProperty(target, key) {
      changing(target);
      return Reflect.deleteProperty(target, key);
    },
  });
  lazies.set(rows, { source: { row, first, stride }, made });
  return rows;
}

/** Where the numbers of these rows are, if they are rows of the arguments as they were given. */
export function sourceOf(rows: object): RowSource | undefined {
  const lazy = lazies.get(rows);
  if (lazy === undefined) return undefined;
  for (const { row, scalars } of lazy.made.values()) {
    const now = scalarsIn(row);
    if (now.length !== scalars.length || now.some((x, i) => x !== scalars[i])) return undefined;
  }
  return lazy.source;
}

function isIndex(key: string, count: number): boolean {
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && index < count && String(index) === key;
}
