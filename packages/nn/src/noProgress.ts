/** How far training is. */
export interface Progress {
  /** How many epochs are done, and how many batches of the next. */
  readonly epoch: number;
  readonly batch: number;
  /** Of the latest batch. */
  readonly loss: number;
}

/** Shows how far training is. */
export interface ProgressBar {
  update(progress: Progress): void;
  stop(): void;
}

/** A progress bar that shows nothing: for browsers, and wherever nobody watches. */
export function progressBar(_epochs: number, _batches: number): ProgressBar {
  return { update: () => undefined, stop: () => undefined };
}
