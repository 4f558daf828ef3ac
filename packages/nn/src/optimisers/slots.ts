import type { Value } from "@chainrule/core";
import { checkLength, numbersOf } from "./checkState.ts";
import type { OptimiserState } from "./optimiser.ts";
import { checkParameters, isSameList } from "./parameters.ts";

/**
 * The numbers that a method keeps for each parameter, 0 at first: an array for each name, entry i for parameter i of
 * the latest list. Those of parameters that left the list wait for them to come back.
 */
export class Slots {
  readonly #method: string;
  readonly #names: readonly string[];
  #arrays: readonly Float64Array[];
  /** Whom the entries belong to; undefined before the first list, and where a restored state waits for one. */
  #parameters: readonly Value[] | undefined;
  #absent = new WeakMap<Value, readonly number[]>();
  /** What the latest snapshot holds; written anew by the next, for arrays of this size are dear to make. */
  #copies: readonly Float64Array[] = [];
  #snapshots = 0;

  constructor(method: string, names: readonly string[]) {
    this.#method = method;
    this.#names = names;
    this.#arrays = names.map(() => new Float64Array());
  }

  /**
   * The arrays, with entry i for parameter i of this list. The same arrays as long as the list is the same.
   *
   * @throws RangeError if a restored state has another length
   */
  follow(parameters: readonly Value[]): readonly Float64Array[] {
    const before = this.#parameters;
    if (before !== undefined && isSameList(parameters, before)) return this.#arrays;
    checkParameters(this.#method, parameters);
    const restored = before === undefined ? this.#length : 0;
    if (restored > 0) {
      checkLength(`${this.#method}: parameters`, parameters.length, restored, "the restored state has");
    } else {
      before?.forEach((parameter, i) => {
        this.#absent.set(
          parameter,
          this.#arrays.map((array) => array[i]!),
        );
      });
      this.#arrays = this.#names.map((_, slot) =>
        Float64Array.from(parameters, (parameter) => this.#absent.get(parameter)?.[slot] ?? 0),
      );
    }
    this.#parameters = [...parameters];
    return this.#arrays;
  }

  /** The arrays by name, as plain numbers. */
  get state(): Record<string, readonly number[]> {
    return Object.fromEntries(this.#names.map((name, slot) => [name, Array.from(this.#arrays[slot]!)]));
  }

  /** @throws TypeError or RangeError if an array is missing, has another length or holds NaN, or what is no number */
  restore(state: OptimiserState): void {
    // A mean of squares of gradients may have overflowed, and stays so.
    const arrays = this.#names.map((name) => numbersOf(`${this.#method}: state.${name}`, state[name], true));
    const length = arrays[0]!.length;
    this.#names.forEach((name, slot) => {
      checkLength(
        `${this.#method}: state.${name}`,
        arrays[slot]!.length,
        length,
        `state.${this.#names[0]} has`,
      );
    });
    this.#goTo(arrays, undefined);
  }

  /** A function that goes back to the present numbers, as long as no other snapshot is taken. */
  snapshot(): () => void {
    const [arrays, parameters] = [this.#arrays, this.#parameters];
    if (this.#copies.length !== arrays.length || this.#copies[0]!.length !== this.#length) {
      this.#copies = arrays.map((array) => new Float64Array(array.length));
    }
    const copies = this.#copies;
    copies.forEach((copy, slot) => {
      copy.set(arrays[slot]!);
    });
    const number = ++this.#snapshots;
    return () => {
      if (number !== this.#snapshots) {
        throw new Error(
          `${this.#method}: only the latest snapshot can be gone back to. Keep the state instead.`,
        );
      }
      arrays.forEach((array, slot) => {
        array.set(copies[slot]!);
      });
      this.#goTo(arrays, parameters);
    };
  }

  get #length(): number {
    return this.#arrays[0]!.length;
  }

  #goTo(arrays: readonly Float64Array[], parameters: readonly Value[] | undefined): void {
    this.#arrays = arrays;
    this.#parameters = parameters;
    this.#absent = new WeakMap();
  }
}
