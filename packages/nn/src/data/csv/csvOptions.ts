import { checkOptions, describe } from "../../check.ts";

/** The name of a column, or its position, counted from 0. */
export type Column = string | number;

/** How to read a table. */
export interface CsvOptions<T extends Column | readonly Column[] = Column> {
  /** The columns that are inputs, in the order wanted; all but the targets unless told. */
  readonly inputs?: readonly Column[];
  /** The column that is the target, or several that make rows of targets; the last unless told. */
  readonly target?: T;
  /**
   * Whether the target names a class, so that targets become positions in the list of classes: true finds the names and
   * sorts them; a list gives them, as for a test set those found in the training set. False unless told.
   */
  readonly classes?: boolean | readonly string[];
  /** Whether the first row names the columns; true unless told. */
  readonly header?: boolean;
  /** The character between fields; a comma unless told. */
  readonly delimiter?: string;
}

/** @throws TypeError or RangeError that says what the option must be */
export function checkCsvOptions(caller: string, options: CsvOptions<Column | readonly Column[]>): void {
  checkOptions(caller, options, ["inputs", "target", "classes", "header", "delimiter"]);
  const { inputs, target, classes, header, delimiter } = options;
  const fault = (what: string, wanted: string, got: unknown) =>
    new TypeError(`${caller}: ${what} must be ${wanted}, got ${describe(got)}.`);
  if (inputs !== undefined && !isList(inputs)) throw fault("inputs", "a list of columns", inputs);
  if (Array.isArray(target) && !isList(target))
    throw fault("target", "a column or a list of columns", target);
  if (classes !== undefined && typeof classes !== "boolean") {
    if (!isList(classes) || classes.some((name) => typeof name !== "string")) {
      throw fault("classes", "true, false or a list of names", classes);
    }
    if (new Set(classes).size < classes.length) {
      throw new RangeError(`${caller}: classes must be different names.`);
    }
  }
  if (classes && Array.isArray(target)) {
    throw new TypeError(
      `${caller}: classes need one target column, got an array. Give its name or position.`,
    );
  }
  if (header !== undefined && typeof header !== "boolean") throw fault("header", "true or false", header);
  if (delimiter !== undefined && !(typeof delimiter === "string" && /^[^"\r\n\ufeff]$/.test(delimiter))) {
    throw fault("delimiter", "one character, no quote or line end", delimiter);
  }
}

function isList(x: unknown): boolean {
  return Array.isArray(x) && x.length > 0;
}
