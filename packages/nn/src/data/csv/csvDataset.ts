import type { Dataset, Target } from "../dataset.ts";

/** A data set from a table. */
export interface CsvDataset<T extends Target = number> extends Dataset<T> {
  /** The names of the inputs; their positions, counted from 0, if the table has no header. */
  readonly inputColumns: readonly string[];
  /** The name of the target, or the names of the targets. */
  readonly targetColumns: readonly string[];
  /** The name of each class: target k is of class `classes[k]`. `undefined` if targets are numbers. */
  readonly classes: readonly string[] | undefined;
}
