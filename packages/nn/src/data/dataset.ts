import { checkNumber, counted, describe } from "../check.ts";

/** What is wanted for one example: a class 0 … k − 1, a label −1 or 1, a number to predict, or several numbers. */
export type Target = number | readonly number[];

/** Examples to learn from: row i of `inputs` belongs to `targets[i]`. */
export interface Dataset<T extends Target = number> {
  /** One row of numbers per example, all of the same length. */
  readonly inputs: readonly (readonly number[])[];
  /** One target per example, all of the same length if they are rows. */
  readonly targets: readonly T[];
}

/**
 * Checks that a data set has examples, a target for each, and finite numbers only.
 *
 * @throws TypeError or RangeError that names the row and column
 */
export function checkDataset(caller: string, dataset: Dataset<Target>): void {
  if (typeof dataset !== "object" || dataset === null || dataset instanceof Promise) {
    throw new TypeError(`${caller}: needs a data set { inputs, targets }, got ${describe(dataset)}.`);
  }
  const { inputs, targets } = dataset;
  checkRows(`${caller}: inputs`, inputs);
  if (!Array.isArray(targets)) {
    throw new TypeError(
      `${caller}: targets must be an array of numbers, or of rows of numbers, got ${describe(targets)}.`,
    );
  }
  if (inputs.length !== targets.length) {
    throw new RangeError(
      `${caller}: needs one target for each row of inputs, ` +
        `got ${counted(inputs.length, "row")} and ${counted(targets.length, "target")}.`,
    );
  }
  if (Array.isArray(targets[0])) checkRows(`${caller}: targets`, targets);
  else for (const [i, target] of targets.entries()) checkFinite(target, () => `${caller}: targets[${i}]`);
}

/** Checks a non-empty table of finite numbers, as wide as its first row unless told. */
export function checkRows(what: string, rows: unknown, columns?: number): void {
  if (!Array.isArray(rows)) throw new TypeError(`${what} must be an array of rows, got ${describe(rows)}.`);
  if (rows.length === 0) throw new RangeError(`${what} must not be empty.`);
  for (const [i, row] of rows.entries()) {
    if (!Array.isArray(row)) {
      throw new TypeError(`${what}[${i}] must be an array of numbers, got ${describe(row)}.`);
    }
    const expected = columns ?? rows[0].length;
    if (row.length !== expected) {
      throw new RangeError(`${what}[${i}] must have ${counted(expected, "column")}, got ${row.length}.`);
    }
    for (let j = 0; j < row.length; j++) checkFinite(row[j], () => `${what}[${i}][${j}]`);
  }
}

/** The name is built only for an error: to build a million would take longer than to check them. */
function checkFinite(x: unknown, what: () => string): void {
  if (!Number.isFinite(x)) checkNumber(what(), x, "a finite number", Number.isFinite);
}
