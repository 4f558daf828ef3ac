import { describe } from "../../check.ts";
import { quoted } from "../../saving/quoted.ts";
import type { CsvDataset } from "./csvDataset.ts";
import { type Column, type CsvOptions, checkCsvOptions } from "./csvOptions.ts";
import { tableToDataset } from "./tableToDataset.ts";

/**
 * A data set from comma-separated values.
 *
 * Fields may be quoted after RFC 4180; lines may end in any way; blank lines are left out, and spaces around a field.
 * A number is written in decimal, like `-1.5` or `1e3`; nothing else is taken for one, no empty field and no `NaN`.
 *
 * @throws TypeError or RangeError that names line and column for a field that is not what it must be, rows of different
 *   lengths, an unclosed quote, two columns of one name, or a column that is not there; and for a table without rows
 * @example parseCsv("x,y\n1,2\n3,4").inputs // [[1], [3]]
 * @example parseCsv("size,kind\n1.5,pear\n1e1,melon", { classes: true }).targets // [1, 0]
 * @example parseCsv("1;2;3", { header: false, delimiter: ";", target: [0, 2] }).targets // [[1, 3]]
 * @see RFC 4180, "Common Format and MIME Type for Comma-Separated Values (CSV) Files"
 */
export function parseCsv(text: string, options?: CsvOptions): CsvDataset;
export function parseCsv(text: string, options: CsvOptions<readonly Column[]>): CsvDataset<readonly number[]>;
export function parseCsv(
  text: string,
  options: CsvOptions<Column | readonly Column[]> = {},
): CsvDataset | CsvDataset<readonly number[]> {
  if (typeof text !== "string")
    throw new TypeError(`parseCsv: text must be a string, got ${describe(text)}.`);
  checkCsvOptions("parseCsv", options);
  if (isPath(text, options.delimiter)) {
    throw new RangeError(
      `parseCsv: text must be a table, got ${quoted(text)}, which looks like a path. Read a file with await readCsv(path).`,
    );
  }
  return tableToDataset("parseCsv: ", text, options);
}

/** Whether a text is one field alone, and ends as the name of a file does. */
function isPath(text: string, delimiter = ","): boolean {
  return !text.includes(delimiter) && /^[^\r\n]+\.(csv|tsv|tab|txt|dat|data)$/i.test(text);
}
