import { norm } from "@chainrule/core";
import { checkDataset, checkRows, type Dataset, type Target } from "./dataset.ts";

/** A change of scale learnt from training data. */
export interface Standardisation {
  /** The mean of each column. */
  readonly mean: readonly number[];
  /** The standard deviation of each column (of n, not n − 1); 0 if it is constant but for rounding. */
  readonly deviation: readonly number[];
  /** `(x − mean)/deviation`, column by column; 0 in a column that was constant. */
  apply(inputs: readonly (readonly number[])[]): number[][];
  /** The way back, `x·deviation + mean`; the mean in a column that was constant. */
  invert(inputs: readonly (readonly number[])[]): number[][];
}

/**
 * Learns to give every column mean 0 and standard deviation 1. Learn from the training set alone, then apply to both
 * sets.
 *
 * A column counts as constant if its deviation is at most 4 units in the last place of its largest |x|.
 *
 * @param train - a data set, of which the inputs count, or rows: of targets, say
 * @throws TypeError or RangeError if the data are not finite numbers in rows of one length
 * @example standardise({ inputs: [[1, 5], [3, 5]], targets: [0, 1] }).apply([[1, 5], [5, 5]]) // [[-1, 0], [3, 0]]
 * @see LeCun, Bottou, Orr and Müller (1998), "Efficient BackProp", §4.3
 */
export function standardise(train: Dataset<Target> | readonly (readonly number[])[]): Standardisation {
  const rows = rowsOf(train);
  const columns = rows[0]!.map((_, j) => rows.map((row) => row[j]!));
  const means = columns.map(runningMean);
  const deviations = columns.map((column, j) => deviationFrom(means[j]!, column));
  return {
    mean: means,
    deviation: deviations,
    apply(inputs) {
      checkRows("standardise: inputs", inputs, means.length);
      return inputs.map((row) =>
        row.map((x, j) => (deviations[j] === 0 ? 0 : scaledDifference(x, means[j]!, deviations[j]!))),
      );
    },
    invert(inputs) {
      checkRows("standardise: inputs", inputs, means.length);
      return inputs.map((row) => row.map((x, j) => x * deviations[j]! + means[j]!));
    },
  };
}

function rowsOf(train: Dataset<Target> | readonly (readonly number[])[]): readonly (readonly number[])[] {
  if (Array.isArray(train)) {
    checkRows("standardise: rows", train);
    return train;
  }
  const dataset = train as Dataset<Target>;
  checkDataset("standardise", dataset);
  return dataset.inputs;
}

/** The mean, as mₖ = mₖ₋₁ + (xₖ − mₖ₋₁)/k: no sum that overflows, and of equal numbers exactly that number. */
function runningMean(column: readonly number[]): number {
  return column.reduce((mean, x, i) => mean + scaledDifference(x, mean, i + 1), 0);
}

function deviationFrom(mean: number, column: readonly number[]): number {
  // The norm of n differences may overflow where their deviation does not; a power of 2 scales without rounding.
  const scale = 2 ** Math.ceil(Math.log2(column.length));
  const differences = column.map((x) => scaledDifference(x, mean, scale));
  const deviation = (norm(differences) / Math.sqrt(column.length)) * scale;
  const largest = column.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return deviation <= 4 * Number.EPSILON * largest ? 0 : deviation;
}

/** (x − mean)/scale, also where the difference alone overflows. */
function scaledDifference(x: number, mean: number, scale: number): number {
  const difference = x - mean;
  return Number.isFinite(difference) ? difference / scale : x / scale - mean / scale;
}
