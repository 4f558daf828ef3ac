import { isTyped } from "../transforms/tree.ts";
import { copyNumbers } from "./copyNumbers.ts";
import { offsetsOf, type Shape, sizeOf } from "./shape.ts";

/** Writes the numbers of a tree from `at` on; says whether it was of the shape it is for. */
export type Writer = (tree: unknown, target: Float64Array, at: number) => boolean;

/** Makes a tree of the numbers from `at` on. */
export type Reader = (source: Float64Array, at: number) => unknown;

/** Typed arrays of this length or more are made by one call, shorter ones number by number. */
const BLOCK = 48;

/** What writes trees of a shape. Each shape has a function of its own: a small kernel takes less time than a look at it. */
export function writerOf(shape: Shape): Writer {
  switch (shape.kind) {
    case "number":
      return writeNumber;
    case "numbers":
      return shape.typed ? typedWriter(shape.length) : numbersWriter(shape.length);
    case "rows":
      return rowsWriter(shape.length, writerOf(shape.row), sizeOf(shape.row));
    case "array":
      return arrayWriter(shape.items.map(writerOf), offsetsOf(shape.items));
    case "object":
      return objectWriter(shape.keys, shape.items.map(writerOf), offsetsOf(shape.items));
    case "fixed":
      return (tree) => Object.is(tree, shape.value);
  }
}

const writeNumber: Writer = (tree, target, at) => {
  if (typeof tree !== "number") return false;
  target[at] = tree;
  return true;
};

function numbersWriter(length: number): Writer {
  return (tree, target, at) => {
    if (!Array.isArray(tree) || tree.length !== length) return false;
    for (let i = 0; i < length; i++) {
      const x: unknown = tree[i];
      if (typeof x !== "number") return false;
      target[at + i] = x;
    }
    return true;
  };
}

function typedWriter(length: number): Writer {
  return (tree, target, at) => {
    if (!isTyped(tree) || tree.length !== length) return false;
    copyNumbers(tree, target, at);
    return true;
  };
}

function rowsWriter(length: number, write: Writer, size: number): Writer {
  return (tree, target, at) => {
    if (!Array.isArray(tree) || tree.length !== length) return false;
    for (let i = 0; i < length; i++) if (!write(tree[i], target, at + i * size)) return false;
    return true;
  };
}

function arrayWriter(writers: readonly Writer[], offsets: readonly number[]): Writer {
  return (tree, target, at) => {
    if (!Array.isArray(tree) || tree.length !== writers.length) return false;
    for (let i = 0; i < writers.length; i++) {
      if (!writers[i]!(tree[i], target, at + offsets[i]!)) return false;
    }
    return true;
  };
}

function objectWriter(
  keys: readonly string[],
  writers: readonly Writer[],
  offsets: readonly number[],
): Writer {
  return (tree, target, at) => {
    if (typeof tree !== "object" || tree === null || Array.isArray(tree)) return false;
    let i = 0;
    for (const key in tree) {
      if (key !== keys[i]) return false;
      const item = (tree as Record<string, unknown>)[key];
      if (!writers[i]!(item, target, at + offsets[i]!)) return false;
      i++;
    }
    return i === keys.length;
  };
}

/** What reads trees of a shape. */
export function readerOf(shape: Shape): Reader {
  switch (shape.kind) {
    case "number":
      return (source, at) => source[at];
    case "numbers":
      return shape.typed ? typedReader(shape.length) : numbersReader(shape.length);
    case "rows":
      return rowsReader(shape.length, readerOf(shape.row), sizeOf(shape.row));
    case "array":
      return arrayReader(shape.items.map(readerOf), offsetsOf(shape.items));
    case "object":
      return objectReader(shape.keys, shape.items.map(readerOf), offsetsOf(shape.items));
    case "fixed":
      return () => shape.value;
  }
}

function numbersReader(length: number): Reader {
  if (length === 2) return (source, at) => [source[at], source[at + 1]];
  if (length === 3) return (source, at) => [source[at], source[at + 1], source[at + 2]];
  return (source, at) => {
    const numbers = new Array<number>(length);
    for (let i = 0; i < length; i++) numbers[i] = source[at + i]!;
    return numbers;
  };
}

function typedReader(length: number): Reader {
  return (source, at) => {
    if (length >= BLOCK) return source.slice(at, at + length);
    const numbers = new Float64Array(length);
    for (let i = 0; i < length; i++) numbers[i] = source[at + i]!;
    return numbers;
  };
}

function rowsReader(length: number, read: Reader, size: number): Reader {
  return (source, at) => {
    const rows = new Array<unknown>(length);
    for (let i = 0; i < length; i++) rows[i] = read(source, at + i * size);
    return rows;
  };
}

function arrayReader(readers: readonly Reader[], offsets: readonly number[]): Reader {
  return (source, at) => {
    const items = new Array<unknown>(readers.length);
    for (let i = 0; i < readers.length; i++) items[i] = readers[i]!(source, at + offsets[i]!);
    return items;
  };
}

function objectReader(
  keys: readonly string[],
  readers: readonly Reader[],
  offsets: readonly number[],
): Reader {
  // Assigned, this key would be the prototype.
  if (keys.includes("__proto__")) {
    return (source, at) =>
      Object.fromEntries(keys.map((key, i) => [key, readers[i]!(source, at + offsets[i]!)]));
  }
  return (source, at) => {
    const tree: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i++) tree[keys[i]!] = readers[i]!(source, at + offsets[i]!);
    return tree;
  };
}
