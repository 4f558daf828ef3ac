import { progressBar } from "#progress";
import { checkDataset, type Dataset, type Target } from "../data/dataset.ts";
import { type Model, parametersOf } from "../model.ts";
import { progressBar as silentBar } from "../noProgress.ts";
import { ParameterArrays } from "../optimisers/parameterArrays.ts";
import { checkParameters } from "../optimisers/parameters.ts";
import { lossOfBatches } from "./batchLoss.ts";
import { Breath } from "./breath.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { Course } from "./course.ts";
import { Examples } from "./examples.ts";
import { checkFitOptions, checkFunction, checkValidation, type FitOptions } from "./fitOptions.ts";
import { type Measurement, measureOn } from "./measure.ts";
import { trainingStep } from "./trainingStep.ts";

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
  /** The epoch with the lowest loss, whose weights the model has now; `undefined` without `patience`, or if all were NaN. */
  readonly best: { readonly epoch: number; readonly loss: number } | undefined;
  /** Why the loss was not compiled, or since when; `undefined` if it was to the end. */
  readonly fallback: string | undefined;
  /** Where training was in the end; `undefined` if the optimiser does not say what it remembers. */
  readonly checkpoint: Checkpoint | undefined;
}

/**
 * Trains a model: goes through the examples in random order, batch by batch, and lets the optimiser lower the mean loss
 * of each batch. Sets gradients to 0 before each step, and lets other work run now and then.
 *
 * Model and loss are compiled: they are called with Values in place of numbers, once for each size of batch. Where that
 * does not give what they give for numbers (tried first on an example of each target, at most 1,000), training is not
 * compiled, and `history.fallback` says why. Plain numbers that loss and model capture are taken as they were when
 * compiled: change a `value()` instead. After epochs 1, 2, 4, 8, … with callbacks it is tried again on a few examples;
 * where such a number was changed, training goes on from there without compiled code.
 *
 * An optimiser such as {@link LBFGS}, which takes the loss for one function, is best given all examples in each step:
 * with a smaller `batchSize`, batches change the loss under it.
 *
 * The same model, data, optimiser and seed give the same weights, bit for bit.
 *
 * @param model - a function of one row of inputs, with `parameters()`
 * @param dataset - checked before the model is touched
 * @throws TypeError or RangeError for options or data that cannot work, naming row and column
 * @throws TypeError if there are no parameters, or the loss depends on none of them
 * @throws what model or loss throw on an example, with its name before the message, and the error as its cause
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
  const examples = new Examples(dataset, "example");
  const { rows } = examples;
  const batchSize = Math.min(options.batchSize ?? rows.length, rows.length);
  const parameters = parametersOf("fit", model);
  checkParameters("fit", parameters);
  const arrays = new ParameterArrays(parameters);
  const course = new Course(arrays, optimiser, {
    rows,
    batchSize,
    seed,
    keepsBest: patience !== undefined,
    hasValidation: options.validation !== undefined,
  });
  if (options.resume !== undefined) course.resume(options.resume, epochs);
  const batchLoss = lossOfBatches(model, arrays, examples, { ...options, batchSize });
  const step = trainingStep(arrays, batchLoss.lossOf, batchLoss.faultOf, options);
  const bar = (options.progress === false ? silentBar : progressBar)(
    epochs,
    course.batches,
    batchLoss.fallback === undefined,
  );
  const breath = new Breath();
  /** Lets others see the parameters, and change them. */
  const showTo = async <R>(others: () => R): Promise<Awaited<R>> => {
    arrays.writeData();
    arrays.writeGradient();
    try {
      return await others();
    } finally {
      arrays.readData();
    }
  };
  const measureOf = (measured: Examples<T>) =>
    measureOn(model, arrays, measured, options.loss, () => batchLoss.fallback === undefined);
  const validate = options.validation && measureOf(new Examples(options.validation, "validation example"));
  let measureTraining: (() => Measurement) | undefined;
  const isShown = onStep !== undefined || onEpoch !== undefined;
  let nextCheck = course.epoch + 1;
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
      if (bar.wantsMeasurement) {
        measureTraining ??= measureOf(examples);
        bar.measured(validation ?? measureTraining());
      }
      const lowestAgo = patience === undefined ? 0 : course.note((validation ?? { loss }).loss);
      if (onEpoch !== undefined) {
        const report = { epoch, loss, validation, checkpoint: () => course.checkpoint() };
        if ((await showTo(() => onEpoch(report))) === false) stoppedBy = "callback";
      }
      if (isShown && epoch === nextCheck) {
        batchLoss.checkAgain(`after epoch ${epoch}`);
        nextCheck = 2 * epoch;
      }
      if (stoppedBy === "epochs" && patience !== undefined && lowestAgo >= patience) stoppedBy = "patience";
    }
  } finally {
    bar.stop();
    arrays.writeData();
    arrays.writeGradient();
  }
  const checkpoint = course.findCheckpoint();
  const lowest = course.takeBest();
  arrays.writeData();
  const best = lowest && { epoch: lowest.epoch, loss: lowest.loss };
  const { losses, validation, epoch } = course;
  const { fallback } = batchLoss;
  return { losses, validation, epochs: epoch, stoppedBy, best, fallback, checkpoint };
}
