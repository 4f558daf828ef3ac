import type { Random } from "../../src/index.ts";

/** Matrix algebra in plain numbers, for closed forms that owe nothing to the engine. Rows of numbers. */
export type Matrix = readonly (readonly number[])[];

export function transpose(a: Matrix): number[][] {
  return a[0]!.map((_, j) => a.map((row) => row[j]!));
}

/** A·B. @throws RangeError if the shapes do not fit */
export function product(a: Matrix, b: Matrix): number[][] {
  if (a[0]!.length !== b.length) {
    throw new RangeError(`no product of ${shape(a).join(" × ")} and ${shape(b).join(" × ")}`);
  }
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => inner(row, column)));
}

export function shape(a: Matrix): [rows: number, columns: number] {
  return [a.length, a[0]!.length];
}

export function inner(u: readonly number[], v: readonly number[]): number {
  return u.reduce((total, x, i) => total + x * v[i]!, 0);
}

/** W·x. */
export function times(w: Matrix, x: readonly number[]): number[] {
  return product(w, column(x)).map(([y]) => y!);
}

/** u·vᵀ. */
export function outer(u: readonly number[], v: readonly number[]): number[][] {
  return product(column(u), [v]);
}

/** u ⊙ v. */
export function hadamard(u: readonly number[], v: readonly number[]): number[] {
  return u.map((x, i) => x * v[i]!);
}

export function plus(u: readonly number[], v: readonly number[]): number[] {
  return u.map((x, i) => x + v[i]!);
}

/** f of entries of matrices of one shape. */
export function entrywise(
  f: (...entries: number[]) => number,
  first: Matrix,
  ...others: Matrix[]
): number[][] {
  return first.map((row, i) => row.map((x, j) => f(x, ...others.map((other) => other[i]![j]!))));
}

export function column(v: readonly number[]): number[][] {
  return v.map((x) => [x]);
}

/** 1, … 1. */
export function ones(n: number): number[] {
  return new Array<number>(n).fill(1);
}

export function diagonal(v: readonly number[]): number[][] {
  return v.map((x, i) => v.map((_, j) => (i === j ? x : 0)));
}

/** e(k): 1 at k, 0 elsewhere. */
export function oneHot(k: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => (i === k ? 1 : 0));
}

export function softmax(z: readonly number[]): number[] {
  const largest = Math.max(...z);
  const weights = z.map((x) => Math.exp(x - largest));
  const total = weights.reduce((sum, x) => sum + x);
  return weights.map((x) => x / total);
}

export function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/** Numbers from [−2, 2). */
export function vector(random: Random, n: number): number[] {
  return Array.from({ length: n }, () => random.uniform(-2, 2));
}

export function matrix(random: Random, rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, () => vector(random, columns));
}
