import { describe, Value } from "../value.ts";

/** For lists of leaves, the index in one list of each leaf of another. */
export class LeafIndex {
  readonly size: number;
  readonly #positions: ReadonlyMap<Value, number>;
  readonly #known = new WeakMap<readonly Value[], Int32Array>();

  /** @throws TypeError if an entry is no leaf, RangeError if one is there twice */
  constructor(leaves: readonly Value[]) {
    if (!Array.isArray(leaves)) {
      throw new TypeError(`compile: gradientAt needs an array of leaves, got ${describe(leaves)}.`);
    }
    const positions = new Map<Value, number>();
    Array.from(leaves as readonly unknown[]).forEach((leaf, i) => {
      if (!(leaf instanceof Value) || leaf.op !== undefined) {
        throw new TypeError(`compile: gradientAt needs leaves, got ${describe(leaf)} at index ${i}.`);
      }
      if (positions.has(leaf)) {
        throw new RangeError(
          `compile: gradientAt needs each leaf once, got ${describe(leaf)} at index ${positions.get(leaf)} and ${i}.`,
        );
      }
      positions.set(leaf, i);
    });
    this.size = leaves.length;
    this.#positions = positions;
  }

  /** Where each of these is; −1 for one that is not in the list. */
  of(leaves: readonly Value[]): Int32Array {
    let found = this.#known.get(leaves);
    if (found === undefined) {
      found = Int32Array.from(leaves, (leaf) => this.#positions.get(leaf) ?? -1);
      this.#known.set(leaves, found);
    }
    return found;
  }

  /** @throws TypeError or RangeError if an array does not hold one number for each leaf */
  check(name: string, numbers: Float64Array): void {
    if (!(numbers instanceof Float64Array)) {
      throw new TypeError(`compile: ${name} must be a Float64Array, got ${describe(numbers)}.`);
    }
    if (numbers.length === this.size) return;
    throw new RangeError(
      `compile: ${name} must hold a number for each of ${this.size} leaves, got ${numbers.length}.`,
    );
  }
}

/** Numbers in place of those that leaves hold. */
export interface LeafNumbers {
  readonly index: LeafIndex;
  readonly numbers: Float64Array;
}
