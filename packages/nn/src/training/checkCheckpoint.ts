import { checkNumber, checkPositiveInteger, describe } from "../check.ts";
import { isRecord } from "../saving/json/parseJson.ts";
import type { Best, Checkpoint } from "./checkpoint.ts";
import type { Measurement } from "./measure.ts";

/**
 * Checks that this is a checkpoint, whatever training it is of.
 *
 * @param what - whose it is, as in `fit: resume`
 * @throws TypeError or RangeError that names the entry
 */
export function checkCheckpoint(what: string, checkpoint: unknown): asserts checkpoint is Checkpoint {
  if (!isRecord(checkpoint) || checkpoint instanceof Promise || "checkpoint" in checkpoint) {
    throw new TypeError(`${what} must be a checkpoint, got ${described(checkpoint)}`);
  }
  const {
    epoch,
    batch,
    total,
    losses,
    validation,
    parameters,
    optimiser,
    random,
    examples,
    batchSize,
    best,
  } = checkpoint as Partial<Record<keyof Checkpoint, unknown>>;
  checkPositiveInteger(`${what}.examples`, examples);
  checkPositiveInteger(`${what}.batchSize`, batchSize);
  checkCount(`${what}.epoch`, epoch, Number.MAX_SAFE_INTEGER);
  checkCount(`${what}.batch`, batch, Math.ceil(examples / batchSize));
  checkNumber(`${what}.total`, total, "a finite number", Number.isFinite);
  checkNumbers(`${what}.losses`, losses, epoch);
  checkNumbers(`${what}.parameters`, parameters);
  checkNumbers(`${what}.random`, random, 4);
  checkGenerator(`${what}.random`, random);
  checkRecord(`${what}.optimiser`, optimiser, "the state of an optimiser");
  if (validation !== undefined) checkValidation(`${what}.validation`, validation, epoch);
  if (best !== undefined) checkBest(`${what}.best`, best, epoch, parameters.length);
}

/** What was given, and what is meant by it. */
function described(x: unknown): string {
  if (typeof x === "function") return "a function. Call it: checkpoint().";
  if (!isRecord(x) || x instanceof Promise) return `${describe(x)}.`;
  return typeof (x as { readonly checkpoint?: unknown }).checkpoint === "function"
    ? "the report of an epoch. Give its checkpoint()."
    : "what holds one. Give history.checkpoint.";
}

function checkValidation(what: string, xs: unknown, epoch: number): void {
  if (!Array.isArray(xs) || xs.length !== epoch) {
    throw new TypeError(
      `${what} must be an array of ${epoch} measurements, one for each epoch, got ${describe(xs)}.`,
    );
  }
  xs.forEach((x: unknown, i) => {
    checkRecord(`${what}[${i}]`, x, "a measurement");
    const { loss, accuracy } = x as Partial<Record<keyof Measurement, unknown>>;
    checkNumber(`${what}[${i}].loss`, loss, "a number", () => true);
    if (accuracy === undefined) return;
    checkNumber(`${what}[${i}].accuracy`, accuracy, "from 0 to 1", (part) => part >= 0 && part <= 1);
  });
}

function checkBest(what: string, best: unknown, epoch: number, parameters: number): void {
  checkRecord(what, best, "the best epoch");
  const { epoch: at, loss, parameters: numbers } = best as Partial<Record<keyof Best, unknown>>;
  checkNumber(
    `${what}.epoch`,
    at,
    `an integer from 1 to ${epoch}`,
    (n) => Number.isSafeInteger(n) && n >= 1 && n <= epoch,
  );
  checkNumber(`${what}.loss`, loss, "a number below Infinity", (x) => x < Number.POSITIVE_INFINITY);
  checkNumbers(`${what}.parameters`, numbers, parameters);
}

/** The generator is xoroshiro128+, whose four words of 32 bits must not all be 0: it would give 0 for ever. */
function checkGenerator(what: string, words: readonly number[]): void {
  words.forEach((word, i) => {
    checkNumber(`${what}[${i}]`, word, "an integer of 32 bits", (n) => n === (n | 0) || n === n >>> 0);
  });
  if (words.every((word) => word === 0)) throw new RangeError(`${what} must not be all 0.`);
}

function checkRecord(
  what: string,
  x: unknown,
  wanted: string,
): asserts x is Readonly<Record<string, unknown>> {
  if (!isRecord(x)) throw new TypeError(`${what} must be ${wanted}, an object, got ${describe(x)}.`);
}

function checkCount(what: string, x: unknown, most: number): asserts x is number {
  const isCount = (n: number) => Number.isSafeInteger(n) && n >= 0 && n <= most;
  checkNumber(what, x, `an integer from 0 to ${most}`, isCount);
}

/** Any number of them, at least one, unless told. */
function checkNumbers(what: string, xs: unknown, length?: number): asserts xs is readonly number[] {
  if (!Array.isArray(xs) || (length === undefined ? xs.length === 0 : xs.length !== length)) {
    throw new TypeError(
      `${what} must be an array of ${length ?? "one or more"} numbers, got ${describe(xs)}.`,
    );
  }
  xs.forEach((x, i) => {
    checkNumber(`${what}[${i}]`, x, "a finite number", Number.isFinite);
  });
}
