import { mean, norm } from "@chainrule/core";
import { checkDataset, checkRows, type Dataset } from "./dataset.ts";

/** A change of scale learnt from training data. */
export interface Standardisation {
  /** The mean of each column. */
  readonly mean: readonly number[];
  /** The standard deviation of each column (of n, not n − 1). */
  readonly deviation: readonly number[];
  /** `(x − mean)/deviation`, column by column; 0 in a column that was constant. */
  apply(inputs: readonly (readonly number[])[]): number[][];
}

/**
 * Learns to give every input column mean 0 and standard deviation 1. Learn from the training set alone, then apply to
 * both sets.
 *
 * @throws TypeError or RangeError if the data are not finite numbers in rows of one length
 * @example standardise({ inputs: [[1, 5], [3, 5]], targets: [0, 1] }).apply([[1, 5], [5, 5]]) // [[-1, 0], [3, 0]]
 */
export function standardise(train: Dataset): Standardisation {
  checkDataset("standardise", train);
  const columns = train.inputs[0]!.map((_, j) => train.inputs.map((row) => row[j]!));
  const means = columns.map(centre);
  const deviations = columns.map(
    (column, j) => norm(column.map((x) => x - means[j]!)) / Math.sqrt(column.length),
  );
  return {
    mean: means,
    deviation: deviations,
    apply(inputs) {
      checkRows("standardise: inputs", inputs, means.length);
      return inputs.map((row) =>
        row.map((x, j) => (deviations[j] === 0 ? 0 : (x - means[j]!) / deviations[j]!)),
      );
    },
  };
}

/** The mean; of equal numbers exactly that number, so that their deviation is exactly 0. */
function centre(column: readonly number[]): number {
  return column.every((x) => x === column[0]) ? column[0]! : mean(column);
}
