import { describe, isScalar, type Scalar, type Value } from "../value.ts";

/** A scalar, or arrays and objects of scalars nested to any depth. */
export type Tree = TreeOf<Scalar>;

type TreeOf<Leaf> = Leaf | readonly TreeOf<Leaf>[] | { readonly [key: string]: TreeOf<Leaf> };

/** The same structure as T with a number for each scalar. */
export type Numbers<T> = Replace<T, number>;

/** The same structure as T with a Value for each scalar. */
export type Values<T> = Replace<T, Value>;

// The first branch stops the recursion where T is any tree at all.
type Replace<T, Leaf> = Tree extends T
  ? TreeOf<Leaf>
  : T extends Scalar
    ? Leaf
    : { [Key in keyof T]: Replace<T[Key], Leaf> };

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

/** A tree of the same structure, with f of each scalar. */
export function mapTree<R>(
  tree: unknown,
  f: (leaf: Scalar, path: string) => R,
  caller: string,
  path: string,
): unknown {
  if (isScalar(tree)) return f(tree, path);
  if (Array.isArray(tree)) {
    return Array.from(tree, (item, i) => mapTree(item, f, caller, `${path}[${i}]`));
  }
  if (isPlainObject(tree)) {
    return Object.fromEntries(
      Object.entries(tree).map(([key, item]) => [key, mapTree(item, f, caller, `${path}.${key}`)]),
    );
  }
  throw new TypeError(
    `${caller}: ${path} must be a number, a Value, or arrays and plain objects of them, got ${describe(tree)}.`,
  );
}

function isPlainObject(x: unknown): x is Record<string, unknown> {
  if (typeof x !== "object" || x === null) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === Object.prototype || prototype === null;
}
