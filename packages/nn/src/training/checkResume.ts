import { checkNumber } from "../check.ts";
import { checkCheckpoint } from "./checkCheckpoint.ts";
import type { Checkpoint } from "./checkpoint.ts";

/** What a checkpoint must fit. */
export interface Training {
  /** How many there are. */
  readonly parameters: number;
  readonly examples: number;
  readonly batchSize: number;
  /** How many are to be done, counted from the beginning. */
  readonly epochs: number;
}

/**
 * Checks that a training can go on from a checkpoint.
 *
 * @throws TypeError or RangeError that names the entry
 */
export function checkResume(checkpoint: Checkpoint, training: Training): void {
  checkCheckpoint("fit: resume", checkpoint);
  const { epoch, parameters } = checkpoint;
  const check = (name: string, x: number, expected: number) =>
    checkNumber(`fit: resume.${name}`, x, `${expected}, as it is now`, (n) => n === expected);
  check("examples", checkpoint.examples, training.examples);
  check("batchSize", checkpoint.batchSize, training.batchSize);
  check("parameters.length", parameters.length, training.parameters);
  if (epoch <= training.epochs) return;
  throw new RangeError(
    `fit: epochs counts from the beginning: the checkpoint has done ${epoch}, raise epochs above that, ` +
      `got ${training.epochs}.`,
  );
}
