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
  /** Whether the best epoch is asked for. */
  readonly keepsBest: boolean;
  /** Whether each epoch is measured on other examples. */
  readonly hasValidation: boolean;
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
  checkMeasurements(checkpoint, training);
  if (epoch <= training.epochs) return;
  throw new RangeError(
    `fit: epochs counts from the beginning: the checkpoint has done ${epoch}, raise epochs above that, ` +
      `got ${training.epochs}.`,
  );
}

/** The best epoch must be the best by one measure, and each epoch have a measurement or none. */
function checkMeasurements(
  { epoch, validation, best }: Checkpoint,
  { keepsBest, hasValidation }: Training,
): void {
  const measured = validation?.length ?? 0;
  if (hasValidation && measured !== epoch) {
    throw new RangeError(
      `fit: resume.validation must have a measurement of each of ${epoch} epochs that are done, got ${measured}. ` +
        "Leave validation out, as it was before.",
    );
  }
  if (hasValidation || !keepsBest || best === undefined || measured === 0) return;
  throw new RangeError(
    "fit: resume.best is the best epoch by the loss on validation. Give validation again, or leave patience out.",
  );
}
