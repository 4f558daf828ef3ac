import { checkDepth, isPlainObject, isTyped, TypedScalars } from "../transforms/tree.ts";
import { describe, isScalar, type Scalar, Value } from "../value.ts";

/** The structure of a tree of numbers: all that a compiled program depends on besides the numbers. */
export type Shape =
  | { readonly kind: "number" }
  /** An array of numbers; typed: a Float64Array. */
  | { readonly kind: "numbers"; readonly length: number; readonly typed: boolean }
  /** An array of trees of one shape. */
  | { readonly kind: "rows"; readonly length: number; readonly row: Shape }
  | { readonly kind: "array"; readonly items: readonly Shape[] }
  | { readonly kind: "object"; readonly keys: readonly string[]; readonly items: readonly Shape[] }
  /** No number, and the same in every call: a string, a flag, a function. */
  | { readonly kind: "fixed"; readonly value: unknown };

/** What stands for a scalar where a shape is taken. */
export type IsScalar = (x: unknown) => boolean;

/**
 * The shape of a tree.
 *
 * @throws TypeError naming the path of what is no number and no plain structure; RangeError where it is nested more than
 * 1000 deep, as a cycle is
 */
export function shapeOf(tree: unknown, path: string, isScalar: IsScalar, depth = 0): Shape {
  if (isScalar(tree)) return { kind: "number" };
  if (isTyped(tree)) return { kind: "numbers", length: tree.length, typed: true };
  if (typeof tree !== "object" || tree === null) return { kind: "fixed", value: tree };
  checkDepth(depth, "compile", path);
  if (Array.isArray(tree)) return arrayShape(tree, path, isScalar, depth);
  if (isPlainObject(tree)) {
    const keys = Object.keys(tree);
    const items = keys.map((key) => shapeOf(tree[key], `${path}.${key}`, isScalar, depth + 1));
    return { kind: "object", keys, items };
  }
  const advice = tree instanceof Value ? ADVICE_ON_VALUES : tree instanceof Promise ? ADVICE_ON_PROMISES : "";
  throw new TypeError(
    `compile: ${path} must be a number, or arrays and plain objects of them, got ${describe(tree)}.${advice}`,
  );
}

const ADVICE_ON_VALUES =
  " A kernel takes numbers and gives numbers, which no gradient passes: inside of other functions call the " +
  "original function, and compile the derivative: compile(grad(f)). The number of a Value is x.data.";
const ADVICE_ON_PROMISES =
  " A function that is traced must not be asynchronous: await first, and pass what you waited for as an argument.";

function arrayShape(items: readonly unknown[], path: string, isScalar: IsScalar, depth: number): Shape {
  const { length } = items;
  if (items instanceof TypedScalars) return { kind: "numbers", length, typed: true };
  // Spreading shows holes, which `every` passes over.
  if (length > 0 && [...items].every(isScalar)) return { kind: "numbers", length, typed: false };
  const shapes = [...items].map((item, i) => shapeOf(item, `${path}[${i}]`, isScalar, depth + 1));
  const [row] = shapes;
  if (row !== undefined && shapes.every((shape) => sameShape(shape, row)))
    return { kind: "rows", length, row };
  return { kind: "array", items: shapes };
}

function sameShape(a: Shape, b: Shape): boolean {
  if (a.kind === "number") return b.kind === "number";
  if (a.kind === "numbers") return b.kind === "numbers" && a.length === b.length && a.typed === b.typed;
  if (a.kind === "rows") return b.kind === "rows" && a.length === b.length && sameShape(a.row, b.row);
  if (a.kind === "fixed") return b.kind === "fixed" && Object.is(a.value, b.value);
  if (a.kind === "array") {
    return (
      b.kind === "array" &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => sameShape(item, b.items[i]!))
    );
  }
  return (
    b.kind === "object" &&
    a.keys.length === b.keys.length &&
    a.keys.every((key, i) => key === b.keys[i] && sameShape(a.items[i]!, b.items[i]!))
  );
}

/** The scalars of a tree in order, leaving out what is fixed. */
export function scalarsIn(tree: unknown): Scalar[] {
  const scalars: Scalar[] = [];
  const collect = (tree: unknown): void => {
    if (isScalar(tree)) scalars.push(tree);
    else if (Array.isArray(tree)) tree.forEach(collect);
    else if (typeof tree === "object" && tree !== null) Object.values(tree).forEach(collect);
  };
  collect(tree);
  return scalars;
}

/** A tree of this shape with the next of `make` for each number. */
export function treeOf<T>(shape: Shape, make: () => T): unknown {
  switch (shape.kind) {
    case "number":
      return make();
    case "numbers": {
      const items: T[] = shape.typed ? new TypedScalars() : [];
      for (let i = 0; i < shape.length; i++) items.push(make());
      return items;
    }
    case "rows":
      return Array.from({ length: shape.length }, () => treeOf(shape.row, make));
    case "array":
      return shape.items.map((item) => treeOf(item, make));
    case "object":
      return Object.fromEntries(shape.keys.map((key, i) => [key, treeOf(shape.items[i]!, make)]));
    case "fixed":
      return shape.value;
  }
}

/** How many numbers a tree of this shape holds. */
export function sizeOf(shape: Shape): number {
  switch (shape.kind) {
    case "number":
      return 1;
    case "numbers":
      return shape.length;
    case "rows":
      return shape.length * sizeOf(shape.row);
    case "fixed":
      return 0;
    default:
      return shape.items.reduce((size, item) => size + sizeOf(item), 0);
  }
}

/** Where each of these shapes begins, one after the other, and where the last ends. */
export function offsetsOf(shapes: readonly Shape[]): number[] {
  const offsets = [0];
  for (const shape of shapes) offsets.push(offsets.at(-1)! + sizeOf(shape));
  return offsets;
}

/** Where each number of a tree stands, as in `path[0].x`. */
export function pathsIn(shape: Shape, path: string): string[] {
  switch (shape.kind) {
    case "number":
      return [path];
    case "numbers":
      return Array.from({ length: shape.length }, (_, i) => `${path}[${i}]`);
    case "rows":
      return Array.from({ length: shape.length }, (_, i) => pathsIn(shape.row, `${path}[${i}]`)).flat();
    case "array":
      return shape.items.flatMap((item, i) => pathsIn(item, `${path}[${i}]`));
    case "object":
      return shape.items.flatMap((item, i) => pathsIn(item, `${path}.${shape.keys[i]}`));
    case "fixed":
      return [];
  }
}
