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
