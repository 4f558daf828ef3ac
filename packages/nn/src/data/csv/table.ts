import type { Column, CsvOptions } from "./csvOptions.ts";
import { isNumber } from "./field.ts";
import { Header } from "./header.ts";
import { type CsvRecord, recordsOf } from "./records.ts";

export interface Table {
  readonly header: Header;
  /** At least one, each as long as the header. */
  readonly rows: readonly CsvRecord[];
}

/** @throws TypeError or RangeError that names the line, if the text is not a table */
export function tableOf(where: string, text: string, options: CsvOptions<Column | readonly Column[]>): Table {
  const { header: named = true, delimiter = "," } = options;
  const records = recordsOf(where, text, delimiter);
  const first = records[0];
  if (first === undefined) throw new RangeError(`${where}there is no text but blanks.`);
  const width = first.fields.length;
  if (width < 2) {
    throw new RangeError(
      `${where}line ${first.line} has 1 field, needs at least an input and a target. ` +
        `Is the delimiter another than ${JSON.stringify(delimiter)}?`,
    );
  }
  if (options.header === undefined && first.fields.every(isNumber)) {
    throw new RangeError(
      `${where}line ${first.line} holds numbers, not names of columns. ` +
        "Set header: false if it is an example, header: true if these are the names.",
    );
  }
  const rows = named ? records.slice(1) : records;
  if (rows.length === 0) throw new RangeError(`${where}there are no rows below the header.`);
  for (const { line, fields } of rows) {
    if (fields.length === width) continue;
    throw new RangeError(
      `${where}line ${line} has ${fields.length} ${fields.length === 1 ? "field" : "fields"}, ` +
        `but line ${first.line} has ${width}.`,
    );
  }
  return { header: new Header(where, first, named), rows };
}
