import { bytesOf } from "../wasm/bytes.ts";
import { type DataSegment, PAGE } from "../wasm/encoder.ts";

const POOL_SIZE = 256;

interface Segment {
  readonly at: number;
  readonly numbers: Float64Array;
}

/** Hands out the memory of a module, from address 0 upwards, and notes what it begins with. */
export class Memory {
  readonly #segments: Segment[] = [];
  readonly #columns = new Map<Float64Array, number>();
  readonly #constants = new Map<number | "-0", number>();
  #pool: Segment | undefined;
  #end = 0;

  /** The address of so many bytes, aligned for vectors if there is room for one. */
  take(bytes: number): number {
    const alignment = bytes < 16 ? 8 : 16;
    const at = Math.ceil(this.#end / alignment) * alignment;
    this.#end = at + bytes;
    return at;
  }

  /** The address of these numbers. */
  numbers(numbers: Float64Array): number {
    let at = this.#columns.get(numbers);
    if (at === undefined) {
      at = this.take(8 * numbers.length);
      this.#segments.push({ at, numbers });
      this.#columns.set(numbers, at);
    }
    return at;
  }

  /** Has the memory begin with these numbers at an address that was taken. */
  preset(at: number, numbers: Float64Array): void {
    this.#segments.push({ at, numbers });
  }

  /** The address of this number. */
  constant(value: number): number {
    const key = Object.is(value, -0) ? "-0" : value;
    let at = this.#constants.get(key);
    if (at === undefined) {
      const index = this.#constants.size % POOL_SIZE;
      if (index === 0 || this.#pool === undefined) this.#pool = this.#newPool();
      this.#pool.numbers[index] = value;
      at = this.#pool.at + 8 * index;
      this.#constants.set(key, at);
    }
    return at;
  }

  /** What the memory begins with. */
  get data(): readonly DataSegment[] {
    return this.#segments.map(({ at, numbers }) => ({ at, bytes: bytesOf(numbers) }));
  }

  #newPool(): Segment {
    const numbers = new Float64Array(POOL_SIZE);
    return { at: this.numbers(numbers), numbers };
  }

  get pages(): number {
    return Math.max(1, Math.ceil(this.#end / PAGE));
  }
}
