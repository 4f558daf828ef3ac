import { randomNormal } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { checkNumber, checkPositiveInteger, describe } from "./check.ts";

/** Where randomness comes from: a generator to draw from, or the seed of a new one. */
export interface RandomOptions {
  /** The generator to draw from; `seed` is not used then. */
  readonly random?: Random;
  /** The seed of a new generator: an integer from 0 to 2³² − 1, 0 unless told. */
  readonly seed?: number;
}

/** Where a function's randomness comes from. @throws TypeError or RangeError that names the function */
export function randomOf(caller: string, { seed = 0, random }: RandomOptions): Random {
  if (random === undefined) return new Random(seed);
  if (random instanceof Random) return random;
  throw new TypeError(
    `${caller}: random must be a generator, as new Random(5) is, got ${describe(random)}. A seed is given as { seed: 5 }.`,
  );
}

/**
 * A seeded generator of random numbers, xoroshiro128+. The same seed gives the same numbers, on every machine but for
 * the last digits of `normal`, which takes logarithms.
 *
 * @example new Random(1).integer(6) === new Random(1).integer(6) // true
 * @see Blackman and Vigna (2021), "Scrambled linear pseudorandom number generators", ACM TOMS 47(4)
 */
export class Random {
  #generator: ReturnType<typeof xoroshiro128plus>;

  /**
   * @param seed - an integer from 0 to 2³² − 1
   * @throws TypeError if the seed is not a number, RangeError if it is another number
   */
  constructor(seed: number) {
    checkNumber("Random: seed", seed, "an integer from 0 to 4294967295", (x) => x >>> 0 === x);
    this.#generator = xoroshiro128plus(seed);
    // The first draws repeat the bits of the seed; 2⁶⁴ draws on, the bits are mixed.
    this.#generator.jump();
  }

  /** A generator that goes on where another was when its `state` was read. */
  static fromState(state: readonly number[]): Random {
    const random = new Random(0);
    random.#generator = xoroshiro128plusFromState(state);
    return random;
  }

  /** All there is to know of where the generator is: four integers. */
  get state(): readonly number[] {
    return this.#generator.getState();
  }

  /** A number from the interval [from, to), each equally likely. */
  uniform(from: number, to: number): number {
    return from + (to - from) * uniformFloat64(this.#generator);
  }

  /** A number from the normal distribution of this mean and standard deviation. */
  normal(mean: number, deviation: number): number {
    // A fresh closure each time: it keeps no second number back, so `state` is the whole state.
    return randomNormal.source(() => uniformFloat64(this.#generator))(mean, deviation)();
  }

  /**
   * One of the integers 0 … n − 1, each equally likely.
   *
   * @throws RangeError if n is not a positive integer
   */
  integer(n: number): number {
    checkPositiveInteger("Random: n", n);
    return uniformInt(this.#generator, 0, n - 1);
  }

  /**
   * A new array of the same items in random order, each order equally likely (Fisher and Yates).
   *
   * @example new Random(0).shuffle([1, 2, 3]).length // 3
   */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    return shuffled;
  }
}
