import { readText } from "#csvFile";
import { describe } from "../../check.ts";
import type { CsvDataset } from "./csvDataset.ts";
import { type Column, type CsvOptions, checkCsvOptions } from "./csvOptions.ts";
import { tableToDataset } from "./tableToDataset.ts";

/**
 * A data set from a file of comma-separated values: `await readCsv("iris.csv", { target: "species", classes: true })`.
 *
 * The file is UTF-8; see {@link parseCsv} for the rest.
 *
 * @throws TypeError or RangeError as {@link parseCsv}, naming the file as well
 * @throws Error if the file cannot be read, or there are no files, as in a browser
 */
export async function readCsv(path: string, options?: CsvOptions): Promise<CsvDataset>;
export async function readCsv(
  path: string,
  options: CsvOptions<readonly Column[]>,
): Promise<CsvDataset<readonly number[]>>;
export async function readCsv(
  path: string,
  options: CsvOptions<Column | readonly Column[]> = {},
): Promise<CsvDataset | CsvDataset<readonly number[]>> {
  if (typeof path !== "string") throw new TypeError(`readCsv: path must be a string, got ${describe(path)}.`);
  checkCsvOptions("readCsv", options);
  const text = await readText("readCsv", path);
  return tableToDataset(`readCsv: ${JSON.stringify(path)}: `, text, options);
}
