import { describe, isScalar, type Scalar, type Value } from "../value.ts";

/** A scalar, or arrays and objects of scalars nested to any depth. */
export type Tree = TreeOf<Scalar>;

type TreeOf<Leaf> = Leaf | readonly TreeOf<Leaf>[] | { readonly [key: string]: TreeOf<Leaf> };

/** The same structure as T with a number for each scalar. */
export type Numbers<T> = Replace<T, number>;

/** As {@link Numbers}, to be passed in: arrays may be readonly or typed. */
export type NumbersIn<T> = Tree extends T
  ? TreeOf<number>
  : T extends Scalar
    ? number
    : T extends readonly (infer Item)[]
      ? number extends T["length"]
        ? readonly NumbersIn<Item>[] | (Item extends Scalar ? Float64Array | Float32Array : never)
        : { readonly [Key in keyof T]: NumbersIn<T[Key]> }
      : { readonly [Key in keyof T]: NumbersIn<T[Key]> };

/** The same structure as T with a Value for each scalar. */
export type Values<T> = Replace<T, Value>;

// The first branch stops the recursion where T is any tree at all.
type Replace<T, Leaf> = Tree extends T
  ? TreeOf<Leaf>
  : T extends Scalar
    ? Leaf
    : T extends readonly unknown[]
      ? { [Key in keyof T]: Replace<T[Key], Leaf> }
      : T extends object
        ? { [Key in keyof T]: Replace<T[Key], Leaf> }
        : never;

/**
 * The scalars of a tree in order: arrays by index, objects by key as written.
 *
 * @throws TypeError naming the path of anything that is neither scalar, array nor plain object
 */
export function leavesOf(tree: unknown, caller: string, path = "the argument"): Scalar[] {
  const leaves: Scalar[] = [];
  mapTree(tree, (leaf) => leaves.push(leaf), caller, path);
  return leaves;
}

/** A tree of the same structure, with f of each scalar. Typed arrays of numbers count as arrays. */
export function mapTree<R>(
  tree: unknown,
  f: (leaf: Scalar) => R,
  caller: string,
  path: string,
  depth = 0,
): unknown {
  if (isScalar(tree)) return f(tree);
  checkDepth(depth, caller, path);
  const items = arrayOf(tree);
  if (items !== undefined) {
    const mapped = items.map((item, i) =>
      isScalar(item) ? f(item) : mapTree(item, f, caller, `${path}[${i}]`, depth + 1),
    );
    return tree instanceof TypedScalars ? TypedScalars.from(mapped) : mapped;
  }
  if (isPlainObject(tree)) {
    return Object.fromEntries(
      Object.entries(tree).map(([key, item]) => [key, mapTree(item, f, caller, `${path}.${key}`, depth + 1)]),
    );
  }
  throw new TypeError(
    `${caller}: ${path} must be a number, a Value, or arrays and plain objects of them, got ${describe(tree)}.`,
  );
}

/** Where each scalar of a tree stands, for messages: `path` stands for the tree. */
export function pathsOf(tree: unknown, path: string): string[] {
  if (isScalar(tree)) return [path];
  const items = arrayOf(tree);
  if (items !== undefined) return items.flatMap((item, i) => pathsOf(item, `${path}[${i}]`));
  return Object.entries(tree as object).flatMap(([key, item]) => pathsOf(item, `${path}.${key}`));
}

/**
 * The scalars of a tree in the order of another, which must have the same keys and lengths throughout.
 *
 * @throws RangeError naming the path where the structures part
 */
export function leavesLike(model: unknown, tree: unknown, caller: string, path: string): Scalar[] {
  if (isScalar(model)) {
    if (isScalar(tree)) return [tree];
    throw new TypeError(`${caller}: ${path} must be a number or a Value, got ${describe(tree)}.`);
  }
  const wanted = arrayOf(model);
  const given = arrayOf(tree);
  if (wanted !== undefined) {
    if (given?.length === wanted.length) {
      return wanted.flatMap((item, i) => leavesLike(item, given[i], caller, `${path}[${i}]`));
    }
    throw new RangeError(`${caller}: ${path} must be an array of ${wanted.length}, got ${describe(tree)}.`);
  }
  const keys = Object.keys(model as object);
  if (isPlainObject(tree) && keys.length === Object.keys(tree).length && keys.every((key) => key in tree)) {
    return keys.flatMap((key) =>
      leavesLike((model as Tree)[key as never], tree[key], caller, `${path}.${key}`),
    );
  }
  const shown = isPlainObject(tree) ? `one with the keys ${Object.keys(tree).join(", ")}` : describe(tree);
  throw new RangeError(
    `${caller}: ${path} must be an object with the keys ${keys.join(", ")}, got ${shown}.`,
  );
}

/** Deeper trees are taken for cycles. */
export const DEEPEST = 1000;

/** @throws RangeError naming the path of what is nested more than 1000 deep */
export function checkDepth(depth: number, caller: string, path: string): void {
  if (depth <= DEEPEST) return;
  throw new RangeError(
    `${caller}: ${path.slice(0, 60)}… is nested more than ${DEEPEST} deep. Is it a cycle?`,
  );
}

function arrayOf(x: unknown): readonly unknown[] | undefined {
  // Spreading shows holes, as Array.from does, in a tenth of the time.
  return Array.isArray(x) || isTyped(x) ? [...x] : undefined;
}

/** Whether x is an array of numbers that may be given as one argument: a Float64Array or Float32Array. */
export function isTyped(x: unknown): x is Float64Array | Float32Array {
  return x instanceof Float64Array || x instanceof Float32Array;
}

/** Whether all there is to an object are its entries: it is no array, and no instance of a class. */
export function isPlainObject(x: unknown): x is Record<string, unknown> {
  if (typeof x !== "object" || x === null) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === Object.prototype || prototype === null;
}

/** Whether two trees of scalars have the same keys and lengths throughout. */
export function sameStructure(a: unknown, b: unknown): boolean {
  if (isScalar(a) || isScalar(b)) return isScalar(a) && isScalar(b);
  const [items, others] = [arrayOf(a), arrayOf(b)];
  if (items !== undefined || others !== undefined) {
    return items?.length === others?.length && items!.every((item, i) => sameStructure(item, others![i]));
  }
  if (!isPlainObject(a) || !isPlainObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => key in b && sameStructure(a[key], b[key]))
  );
}

/** The scalars that stand for a Float64Array while a function is traced; what `map` makes of them is one again. */
export class TypedScalars<T> extends Array<T> {}
