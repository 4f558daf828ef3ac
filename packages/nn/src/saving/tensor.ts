import type { Metadata } from "./metadata.ts";

/** Numbers of a shape in row-major order: the last axis changes fastest. A shape of no axes is one number. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Named tensors as a file holds them, and what else it says. */
export interface SavedTensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Metadata;
}
