import { listed, quoted } from "../../saving/quoted.ts";

/** No hexadecimal, no digit separators, no NaN. */
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a field is a decimal number that is finite as a double. */
export function isNumber(field: string): boolean {
  return DECIMAL.test(field) && Number.isFinite(Number(field));
}

/** The number that a field is. @throws TypeError that says what it is instead */
export function numberOf(field: string, what: () => string, hint = ""): number {
  if (isNumber(field)) return Number(field);
  throw new TypeError(`${what()} must be a finite number, ${got(field)}.${hint}`);
}

/** The class that a field names. @throws RangeError if there is none of that name */
export function classOf(field: string, classes: ReadonlyMap<string, number>, what: () => string): number {
  const label = classes.get(field);
  if (label !== undefined) return label;
  throw new RangeError(`${what()} must be one of the classes ${listed([...classes.keys()])}, ${got(field)}.`);
}

/** The different names, sorted: by their values if all are numbers, else by their characters. No name is empty. */
export function classNames(fields: readonly string[]): string[] {
  const names = [...new Set(fields)].filter((name) => name !== "").sort();
  return names.every(isNumber) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

function got(field: string): string {
  return field === "" ? "but it is empty" : `got ${quoted(field)}`;
}
