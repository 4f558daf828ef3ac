import Papa from "papaparse";

/** One row of a table, as text. */
export interface CsvRecord {
  /** Where it starts: a line of the text, counted from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The rows of a text, after RFC 4180: fields may be quoted, with delimiters, line ends and doubled quotes inside. Lines
 * may end in any way. Blank lines are left out, and so are spaces around a field, and a byte order mark.
 *
 * @param where - what an error message begins with
 * @throws TypeError that names the line, for a quoted field that is not closed
 */
export function recordsOf(where: string, text: string, delimiter: string): CsvRecord[] {
  // The parser expects one kind of line end in the whole text.
  const lines = text.replace(/\r\n?/g, "\n");
  const { data, errors } = Papa.parse<string[]>(lines, { delimiter, newline: "\n" });
  const error = errors[0];
  if (error !== undefined) {
    const line = 1 + lineEndsIn(lines.slice(0, error.index));
    const fault = error.code === "MissingQuotes" ? "is never closed" : "goes on after its closing quote";
    throw new TypeError(`${where}line ${line}: a quoted field that starts here ${fault}.`);
  }
  const records: CsvRecord[] = [];
  let line = 1;
  for (const raw of data) {
    const fields = raw.map((field) => field.trim());
    if (fields.length > 1 || fields[0] !== "") records.push({ line, fields });
    line += raw.reduce((sum, field) => sum + lineEndsIn(field), 1);
  }
  return records;
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) count++;
  return count;
}
