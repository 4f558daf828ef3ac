import { progressBar } from "#progress";
import { checkOptions, checkPositiveInteger, describe } from "./check.ts";
import { checkDataset, type Dataset } from "./data/dataset.ts";
import type { Model } from "./model.ts";
import { progressBar as silentBar } from "./noProgress.ts";
import { Random } from "./random.ts";
import type { Optimiser } from "./sgd.ts";
import { type Loss, trainingStep } from "./trainingStep.ts";

export interface FitOptions {
  /** The loss of one example; training lowers its mean over the examples. */
  readonly loss: Loss;
  readonly optimiser: Optimiser;
  /** How many times to go through all examples. */
  readonly epochs: number;
  /** How many examples each step learns from; all of them unless told. The last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  /** Seed of the order of the examples, which is new in each epoch; 0 unless told. */
  readonly seed?: number;
  /** Called after each epoch. Return false to stop. */
  readonly onEpoch?: (report: EpochReport) => unknown;
  /** Whether to show a progress bar where stderr is a terminal; true unless told. */
  readonly progress?: boolean;
}

const optionNames = ["loss", "optimiser", "epochs", "batchSize", "seed", "onEpoch", "progress"] as const;

export interface EpochReport {
  /** How many epochs are done. */
  readonly epoch: number;
  /** The mean loss of the examples, each as the model was when its batch came. */
  readonly loss: number;
}

/** How training went. */
export interface History {
  /** The mean loss of each epoch. */
  readonly losses: readonly number[];
  /** How many epochs were done. */
  readonly epochs: number;
}

/**
 * Trains a model: goes through the examples in random order, batch by batch, and lets the optimiser lower the mean loss
 * of each batch. Sets gradients to 0 before each step, and lets other work run between epochs.
 *
 * The same model, data, optimiser and seed give the same weights, bit for bit.
 *
 * @param model - a function of one row of inputs, with `parameters()`
 * @param dataset - checked before the model is touched
 * @throws TypeError or RangeError for options or data that cannot work, naming row and column
 * @throws TypeError if there are no parameters, or the first loss depends on none of them
 * @throws Error if the loss or a weight stops being finite, naming epoch and batch (both from 1); the weights are then
 *   the last that gave a finite loss
 * @example (await fit(new MLP(2, [1]), xor(), { loss: ([z], t) => binaryCrossEntropyWithLogits(z, t), optimiser: new SGD({ learningRate: 1 }), epochs: 3 })).epochs // 3
 */
export async function fit(model: Model, dataset: Dataset, options: FitOptions): Promise<History> {
  checkOptions("fit", options, optionNames);
  const { loss, optimiser, epochs, onEpoch, seed = 0, progress = true } = options;
  checkDataset("fit", dataset);
  const examples = dataset.inputs.length;
  const { batchSize = examples } = options;
  checkFunction("model", model);
  checkFunction("model.parameters", model.parameters);
  checkFunction("loss", loss);
  checkFunction("optimiser.step", optimiser?.step);
  checkPositiveInteger("fit: epochs", epochs);
  checkPositiveInteger("fit: batchSize", batchSize);
  const random = new Random(seed);
  const step = trainingStep(model, dataset, loss, optimiser);
  const bar = (progress ? progressBar : silentBar)(epochs);
  const losses: number[] = [];
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const order = random.shuffle([...dataset.inputs.keys()]);
      let total = 0;
      for (let batch = 1, from = 0; from < examples; batch++, from += batchSize) {
        const rows = order.slice(from, from + batchSize);
        total += step(rows, `epoch ${epoch}, batch ${batch}`) * rows.length;
      }
      losses.push(total / examples);
      bar.update(epoch, total / examples);
      if ((await onEpoch?.({ epoch, loss: total / examples })) === false) break;
      await otherTasks();
    }
  } finally {
    bar.stop();
  }
  return { losses, epochs: losses.length };
}

function checkFunction(what: string, f: unknown): void {
  if (typeof f !== "function") throw new TypeError(`fit: ${what} must be a function, got ${describe(f)}.`);
}

/** Waits until timers, input and drawing had their turn; unlike a timer's, this wait has no least length. */
function otherTasks(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
