import { checkOptions, checkPositiveInteger, counted, describe } from "../check.ts";
import { checkDataset, type Dataset, type Target } from "../data/dataset.ts";
import { flag } from "../losses/options.ts";
import type { Optimiser } from "../optimisers/optimiser.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { type Clip, checkClip } from "./clip.ts";
import type { Loss } from "./loss.ts";
import type { Measurement } from "./measure.ts";

export interface FitOptions<T extends Target = number> {
  /** The loss of one example; training lowers its mean over the examples. */
  readonly loss: Loss<T>;
  readonly optimiser: Optimiser;
  /** How many times to go through all examples. It counts from the beginning, also with `resume`. */
  readonly epochs: number;
  /**
   * How many examples each step learns from; all of them unless told. The last batch of an epoch may be smaller. With
   * L-BFGS, fewer than all change the loss under it from step to step.
   */
  readonly batchSize?: number;
  /** Seed of the order of the examples, which is new in each epoch; 0 unless told. With `resume` it does not count. */
  readonly seed?: number;
  /** The most that the gradient of a step may be; no limit unless told. For first-order methods, so not for L-BFGS. */
  readonly clip?: Clip;
  /** Called after each step. Return false to stop. */
  readonly onStep?: (report: StepReport) => unknown;
  /** Called after each epoch, and awaited. Return false to stop. */
  readonly onEpoch?: (report: EpochReport) => unknown;
  /** Examples that training does not learn from, on which the model is measured after each epoch. */
  readonly validation?: Dataset<T>;
  /**
   * Stops when the loss, on `validation` if there is one, was not lower for so many epochs. The weights are those of the
   * lowest loss in the end. NaN is never the lowest.
   */
  readonly patience?: number;
  /** Stops between two steps once it is aborted. */
  readonly signal?: AbortSignal;
  /**
   * Goes on from there as if training had not been interrupted, with the same model, data, batchSize and kind of
   * optimiser. `epochs` counts those that are done as well; with as many nothing more is done. The order of the examples
   * goes on too, whatever `seed` is. With `validation` if that was given before; without `patience`, the best epoch of
   * the checkpoint no longer counts.
   */
  readonly resume?: Checkpoint;
  /** Whether to compile; true unless told. */
  readonly compile?: boolean;
  /** Whether to show a progress bar where stderr is a terminal; true unless told. */
  readonly progress?: boolean;
}

const optionNames = [
  "loss",
  "optimiser",
  "epochs",
  "batchSize",
  "seed",
  "clip",
  "onStep",
  "onEpoch",
  "validation",
  "patience",
  "signal",
  "resume",
  "compile",
  "progress",
] as const;

export interface StepReport {
  /** Which epoch this is, from 1, and which batch of it, from 1. */
  readonly epoch: number;
  readonly batch: number;
  /** The mean loss of the batch before the step. */
  readonly loss: number;
}

export interface EpochReport {
  /** How many epochs are done. */
  readonly epoch: number;
  /** The mean loss of the examples, each as the model was when its batch came. */
  readonly loss: number;
  /** How the model does on `validation` now. */
  readonly validation: Measurement | undefined;
  /**
   * Where training is.
   *
   * @throws TypeError if the optimiser does not say what it remembers
   */
  readonly checkpoint: () => Checkpoint;
}

/** @throws TypeError or RangeError that names the option */
export function checkFitOptions<T extends Target>(options: FitOptions<T>): void {
  checkOptions("fit", options, optionNames);
  const {
    loss,
    optimiser,
    epochs,
    batchSize = 1,
    clip = {},
    patience = 1,
    signal,
    onStep,
    onEpoch,
  } = options;
  checkFunction("loss", loss);
  checkOptimiser(optimiser);
  checkPositiveInteger("fit: epochs", epochs);
  checkPositiveInteger("fit: batchSize", batchSize);
  checkPositiveInteger("fit: patience", patience);
  checkClip(clip, optimiser);
  for (const name of ["compile", "progress"] as const) {
    if (options[name] !== undefined) flag(`fit: ${name}`, options[name]);
  }
  if (onStep !== undefined) checkFunction("onStep", onStep);
  if (onEpoch !== undefined) checkFunction("onEpoch", onEpoch);
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`fit: signal must be an AbortSignal, got ${describe(signal)}.`);
  }
}

/** @throws TypeError or RangeError unless validation is a data set of the same form */
export function checkValidation(dataset: Dataset<Target>, validation: Dataset<Target> | undefined): void {
  if (validation === undefined) return;
  checkDataset("fit: validation", validation);
  const kindOf = ({ targets }: Dataset<Target>) =>
    typeof targets[0] === "number" ? "numbers, as in [1, 2]" : "rows, as in [[1], [2]]";
  if (kindOf(validation) !== kindOf(dataset)) {
    throw new TypeError(
      `fit: validation: targets must be ${kindOf(dataset)}, like those of the data, got ${kindOf(validation)}.`,
    );
  }
  const widthOf = ({ inputs, targets }: Dataset<Target>) =>
    `${counted(inputs[0]!.length, "input")} and ${counted([targets[0]!].flat().length, "target")}`;
  if (widthOf(validation) === widthOf(dataset)) return;
  throw new RangeError(
    `fit: validation must have rows of ${widthOf(dataset)}, as the data, got ${widthOf(validation)}.`,
  );
}

function checkOptimiser(optimiser: unknown): void {
  if (typeof (optimiser as Optimiser | null | undefined)?.step === "function") return;
  throw new TypeError(
    "fit: optimiser must be one such as new Adam({ … }), or an object with step(parameters), " +
      `got ${describe(optimiser)}.`,
  );
}

/** @throws TypeError */
export function checkFunction(what: string, f: unknown): void {
  if (typeof f !== "function") throw new TypeError(`fit: ${what} must be a function, got ${describe(f)}.`);
}
