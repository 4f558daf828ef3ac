import type { Measurement } from "./training/measure.ts";

/** How far training is. */
export interface Progress {
  /** How many epochs are done, and how many batches of the next. */
  readonly epoch: number;
  readonly batch: number;
  /** Of the latest batch. */
  readonly loss: number;
  /** η of the next step, if the optimiser tells. */
  readonly rate: number | undefined;
}

/** Shows how far training is. */
export interface ProgressBar {
  update(progress: Progress): void;
  /** Whether it is time to measure the model again: each second, where somebody watches. */
  readonly wantsMeasurement: boolean;
  measured(measurement: Measurement): void;
  stop(): void;
}

/** A progress bar that shows nothing: for browsers, and wherever nobody watches. */
export function progressBar(_epochs: number, _batches: number, _isCompiled: boolean): ProgressBar {
  return {
    update: () => undefined,
    wantsMeasurement: false,
    measured: () => undefined,
    stop: () => undefined,
  };
}
