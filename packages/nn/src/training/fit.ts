import { progressBar } from "#progress";
import { checkOptions, checkPositiveInteger, describe } from "../check.ts";
import { checkDataset, type Dataset, type Target } from "../data/dataset.ts";
import { type Model, parametersOf } from "../model.ts";
import { progressBar as silentBar } from "../noProgress.ts";
import type { Optimiser } from "../optimisers/optimiser.ts";
import { ParameterArrays } from "../optimisers/parameterArrays.ts";
import { lossOfBatches } from "./batchLoss.ts";
import { Breath } from "./breath.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { type Clip, checkClip } from "./clip.ts";
import { Course } from "./course.ts";
import { Examples } from "./examples.ts";
import type { Loss } from "./loss.ts";
import { type Measurement, measureOn } from "./measure.ts";
import { trainingStep } from "./trainingStep.ts";

export interface FitOptions<T extends Target = number> {
  /** The loss of one example; training lowers its mean over the examples. */
  readonly loss: Loss<T>;
  readonly optimiser: Optimiser;
  /** How many times to go through all examples. */
  readonly epochs: number;
  /** How many examples each step learns from; all of them unless told. The last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  /** Seed of the order of the examples, which is new in each epoch; 0 unless told. */
  readonly seed?: number;
  /** The most that the gradient of a step may be; no limit unless told. */
  readonly clip?: Clip;
  /** Called after each step. Return false to stop. */
  readonly onStep?: (report: StepReport) => unknown;
  /** Called after each epoch, and awaited. Return false to stop. */
  readonly onEpoch?: (report: EpochReport) => unknown;
  /** Examples that training does not learn from, on which the model is measured after each epoch. */
  readonly validation?: Dataset<T>;
  /**
   * Stops when the loss, on `validation` if there is one, was not lower for so many epochs. The weights are those of the
   * lowest loss in the end.
   */
  readonly patience?: number;
  /** Stops between two steps once it is aborted. */
  readonly signal?: AbortSignal;
  /** Goes on from there as if training had not been interrupted. `epochs` counts those that are done. */
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

/** How training went. */
export interface History {
  /** The mean loss of each epoch. */
  readonly losses: readonly number[];
  /** How the model did on `validation` after each epoch; empty without. */
  readonly validation: readonly Measurement[];
  /** How many epochs were done. */
  readonly epochs: number;
  /** What ended it: all epochs were done, a callback returned false, the signal was aborted, or patience was lost. */
  readonly stoppedBy: "epochs" | "callback" | "signal" | "patience";
  /** Why the loss was not compiled; `undefined` if it was. */
  readonly fallback: string | undefined;
  /** Where training was in the end; `undefined` if the optimiser does not say what it remembers. */
  readonly checkpoint: Checkpoint | undefined;
}

/**
 * Trains a model: goes through the examples in random order, batch by batch, and lets the optimiser lower the mean loss
 * of each batch. Sets gradients to 0 before each step, and lets other work run now and then.
 *
 * Model and loss are compiled: they are called with Values in place of numbers, once for each size of batch. Where that
 * does not give what they give for numbers (tried on a few examples first), training is not compiled, and
 * `history.fallback` says why.
 *
 * The same model, data, optimiser and seed give the same weights, bit for bit.
 *
 * @param model - a function of one row of inputs, with `parameters()`
 * @param dataset - checked before the model is touched
 * @throws TypeError or RangeError for options or data that cannot work, naming row and column
 * @throws TypeError if there are no parameters, or the loss depends on none of them
 * @throws Error if the loss or a weight stops being finite, naming epoch and batch (both from 1), and the operation; the
 *   weights are then the last that gave a finite loss
 * @example (await fit(new MLP(2, [1]), xor(), { loss: ([z], t) => binaryCrossEntropyWithLogits(z, t), optimiser: new SGD({ learningRate: 1 }), epochs: 3 })).epochs // 3
 */
export async function fit<T extends Target>(
  model: Model,
  dataset: Dataset<T>,
  options: FitOptions<T>,
): Promise<History> {
  checkFitOptions(options);
  const { optimiser, epochs, patience, signal, onStep, onEpoch, seed = 0 } = options;
  checkDataset("fit", dataset);
  checkValidation(dataset, options.validation);
  checkFunction("model", model);
  checkFunction("model.parameters", model.parameters);
  const examples = new Examples(dataset);
  const { rows } = examples;
  const batchSize = Math.min(options.batchSize ?? rows.length, rows.length);
  const arrays = new ParameterArrays(parametersOf("fit", model));
  const course = new Course(arrays, optimiser, { rows, batchSize, seed });
  if (options.resume !== undefined) course.resume(options.resume);
  const { lossOf, faultOf, fallback } = lossOfBatches(model, arrays, examples, { ...options, batchSize });
  const step = trainingStep(arrays, lossOf, faultOf, options);
  const bar = (options.progress === false ? silentBar : progressBar)(epochs, course.batches);
  const breath = new Breath();
  /** Lets others see the parameters, and change them. */
  const showTo = async <R>(others: () => R): Promise<Awaited<R>> => {
    arrays.writeData();
    arrays.writeGradient();
    const answer = await others();
    arrays.readData();
    return answer;
  };
  const measure = (data: Dataset<T>) => measureOn(model, arrays, data, options.loss, fallback === undefined);
  const validate = options.validation && measure(options.validation);
  const measureTraining = measure(dataset);
  let stoppedBy: History["stoppedBy"] = "epochs";
  try {
    while (course.epoch < epochs && stoppedBy === "epochs") {
      while (course.batch < course.batches && stoppedBy === "epochs") {
        if (signal?.aborted) {
          stoppedBy = "signal";
          break;
        }
        const loss = course.step(step);
        const { epoch, batch } = course;
        bar.update({ epoch, batch, loss, rate: optimiser.learningRate });
        if (onStep !== undefined) {
          const answer = await showTo(() => onStep({ epoch: epoch + 1, batch, loss }));
          if (answer === false) stoppedBy = "callback";
        }
        if (breath.isDue) await showTo(() => breath.take());
      }
      if (course.batch < course.batches) break;
      const loss = course.endEpoch();
      const { epoch } = course;
      const validation = validate?.();
      if (validation !== undefined) course.validation.push(validation);
      if (bar.wantsMeasurement) bar.measured(validation ?? measureTraining());
      const lowestAgo = patience === undefined ? 0 : course.note((validation ?? { loss }).loss);
      if (onEpoch !== undefined) {
        const report = { epoch, loss, validation, checkpoint: () => course.checkpoint() };
        if ((await showTo(() => onEpoch(report))) === false) stoppedBy = "callback";
      }
      if (stoppedBy === "epochs" && patience !== undefined && lowestAgo >= patience) stoppedBy = "patience";
    }
  } finally {
    bar.stop();
    arrays.writeData();
    arrays.writeGradient();
  }
  const checkpoint = optimiser.state === undefined ? undefined : course.checkpoint();
  course.takeBest();
  arrays.writeData();
  const { losses, validation, epoch } = course;
  return { losses, validation, epochs: epoch, stoppedBy, fallback, checkpoint };
}

function checkFitOptions<T extends Target>(options: FitOptions<T>): void {
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
  checkFunction("optimiser.step", optimiser?.step);
  checkPositiveInteger("fit: epochs", epochs);
  checkPositiveInteger("fit: batchSize", batchSize);
  checkPositiveInteger("fit: patience", patience);
  checkClip(clip);
  if (onStep !== undefined) checkFunction("onStep", onStep);
  if (onEpoch !== undefined) checkFunction("onEpoch", onEpoch);
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`fit: signal must be an AbortSignal, got ${describe(signal)}.`);
  }
}

function checkValidation(dataset: Dataset<Target>, validation: Dataset<Target> | undefined): void {
  if (validation === undefined) return;
  checkDataset("fit: validation", validation);
  const widthOf = ({ inputs, targets }: Dataset<Target>) =>
    `${inputs[0]!.length} inputs and ${[targets[0]!].flat().length} targets`;
  if (widthOf(validation) === widthOf(dataset)) return;
  throw new RangeError(
    `fit: validation must have rows of ${widthOf(dataset)}, as the data, got ${widthOf(validation)}.`,
  );
}

function checkFunction(what: string, f: unknown): void {
  if (typeof f !== "function") throw new TypeError(`fit: ${what} must be a function, got ${describe(f)}.`);
}
