import { checkNumber, describe } from "../check.ts";
import type { OptimiserState } from "../optimisers/optimiser.ts";
import type { Measurement } from "./measure.ts";

/** Where training is, in plain numbers: from there it goes on as if it had not been interrupted. */
export interface Checkpoint {
  /** How many epochs are done. */
  readonly epoch: number;
  /** How many batches of the next epoch are done, and the sum of the losses of their examples. */
  readonly batch: number;
  readonly total: number;
  /** The mean loss of each epoch. */
  readonly losses: readonly number[];
  /** How the model did on other examples after each epoch, if it was measured. */
  readonly validation?: readonly Measurement[];
  /** The parameters in order. */
  readonly parameters: readonly number[];
  readonly optimiser: OptimiserState;
  /** The generator before it shuffled the examples for the next epoch. */
  readonly random: readonly number[];
  /** How many examples there are, and how many each step learns from. */
  readonly examples: number;
  readonly batchSize: number;
  /** The best epoch so far, where `patience` asks for it. */
  readonly best?: Best;
}

/** The epoch with the lowest loss. */
export interface Best {
  readonly epoch: number;
  readonly loss: number;
  /** The parameters after it. */
  readonly parameters: readonly number[];
}

/**
 * Checks that training can go on from a checkpoint.
 *
 * @throws TypeError or RangeError that names the entry
 */
export function checkCheckpoint(
  checkpoint: Checkpoint,
  expected: { readonly parameters: number; readonly examples: number; readonly batchSize: number },
): void {
  if (typeof checkpoint !== "object" || checkpoint === null) {
    throw new TypeError(`fit: resume must be a checkpoint, got ${describe(checkpoint)}.`);
  }
  const { epoch, batch, total, losses, parameters, random, examples, batchSize, best } = checkpoint;
  const batches = Math.ceil(expected.examples / expected.batchSize);
  checkEqual("examples", examples, expected.examples);
  checkEqual("batchSize", batchSize, expected.batchSize);
  checkCount("epoch", epoch, Number.MAX_SAFE_INTEGER);
  checkCount("batch", batch, batches);
  checkNumber("fit: resume.total", total, "a finite number", Number.isFinite);
  checkNumbers("losses", losses, epoch);
  checkNumbers("parameters", parameters, expected.parameters);
  checkNumbers("random", random, 4);
  if (best === undefined) return;
  checkCount("best.epoch", best.epoch, epoch);
  checkNumber("fit: resume.best.loss", best.loss, "a number", (x) => !Number.isNaN(x));
  checkNumbers("best.parameters", best.parameters, expected.parameters);
}

function checkCount(name: string, x: unknown, most: number): void {
  const isCount = (n: number) => Number.isSafeInteger(n) && n >= 0 && n <= most;
  checkNumber(`fit: resume.${name}`, x, `an integer from 0 to ${most}`, isCount);
}

function checkEqual(name: string, x: unknown, expected: number): void {
  checkNumber(`fit: resume.${name}`, x, `${expected}, as it is now`, (n) => n === expected);
}

function checkNumbers(name: string, xs: unknown, length: number): void {
  if (!Array.isArray(xs) || xs.length !== length) {
    throw new TypeError(`fit: resume.${name} must be an array of ${length} numbers, got ${describe(xs)}.`);
  }
  xs.forEach((x, i) => {
    checkNumber(`fit: resume.${name}[${i}]`, x, "a finite number", Number.isFinite);
  });
}
