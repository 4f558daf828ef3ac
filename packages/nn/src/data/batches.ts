import { checkOptions, checkPositiveInteger, describe } from "../check.ts";
import { type RandomOptions, randomOf } from "../random.ts";
import { checkDataset, type Dataset, type Target } from "./dataset.ts";

export interface BatchesOptions extends RandomOptions {
  /** How many examples make a batch; the last batch holds what is left. */
  readonly batchSize: number;
  /** Whether the examples come in random order; true unless told. */
  readonly shuffle?: boolean;
}

/**
 * Goes through a data set once, in ⌈n / batchSize⌉ batches that are data sets themselves. Rows are shared, not copied.
 *
 * The same seed gives the same order. For another in every epoch give one `random` to all of them, which gives the
 * batches of `fit` with that seed. A batch that holds all examples keeps their order, as there is nothing to choose.
 *
 * @throws TypeError or RangeError for options or data that cannot work, at once rather than at the first batch
 * @example Array.from(batches(moons({ examples: 100 }), { batchSize: 30 }), ({ targets }) => targets.length) // [30, 30, 30, 10]
 * @see Goodfellow, Bengio and Courville (2016), §8.1.3
 */
export function batches<T extends Target>(
  dataset: Dataset<T>,
  options: BatchesOptions,
): Generator<Dataset<T>, void, undefined> {
  checkOptions("batches", options, ["batchSize", "shuffle", "random", "seed"]);
  const { batchSize, shuffle = true } = options;
  const random = randomOf("batches", options);
  checkPositiveInteger("batches: batchSize", batchSize);
  if (typeof shuffle !== "boolean") {
    throw new TypeError(`batches: shuffle must be true or false, got ${describe(shuffle)}.`);
  }
  checkDataset("batches", dataset);
  const examples = [...dataset.targets.keys()];
  const order = shuffle && batchSize < examples.length ? random.shuffle(examples) : examples;
  return parts(dataset, order, batchSize);
}

function* parts<T extends Target>(
  { inputs, targets }: Dataset<T>,
  order: readonly number[],
  size: number,
): Generator<Dataset<T>, void, undefined> {
  for (let start = 0; start < order.length; start += size) {
    const part = order.slice(start, start + size);
    yield { inputs: part.map((i) => inputs[i]!), targets: part.map((i) => targets[i]!) };
  }
}
