import { described, quoted } from "../quoted.ts";
import { isRecord } from "./parseJson.ts";

/** JSON has no word for these four, and `JSON.stringify` turns them into `null` or `0`. */
const strings: ReadonlyMap<string, number> = new Map([
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);

/**
 * Numbers, in arrays and objects or alone, as what `JSON.stringify` keeps exactly: NaN, ±Infinity and −0 become strings.
 *
 * All other doubles are written with the fewest digits that give the same double again. Entries that are `undefined`
 * are left out.
 *
 * @param what - whose numbers they are, for the message
 * @throws TypeError for anything but numbers, arrays and objects
 * @example JSON.stringify(numbersToJson("state", { v: [0.1, -0, NaN] })) // '{"v":[0.1,"-0","NaN"]}'
 * @see ECMA-262, §6.1.6.1.20, Number::toString
 */
export function numbersToJson(what: string, numbers: unknown): unknown {
  if (typeof numbers === "number") {
    return Number.isFinite(numbers) && !Object.is(numbers, -0) ? numbers : numberAsString(numbers);
  }
  return mapEntries(what, numbers, numbersToJson, "a number");
}

/**
 * The inverse of {@link numbersToJson}, of what `JSON.parse` gave.
 *
 * @throws TypeError for anything but numbers, their strings, arrays and objects
 * @throws RangeError for digits that say more than the largest double, as 1e999 does
 * @example numbersFromJson("state", ["-0", "Infinity", 2]) // [-0, Infinity, 2]
 */
export function numbersFromJson(what: string, json: unknown): unknown {
  if (typeof json === "number") {
    if (Number.isFinite(json)) return json;
    throw new RangeError(`${what} is beyond the largest double. Write "Infinity" if that is meant.`);
  }
  const number = typeof json === "string" ? strings.get(json) : undefined;
  return (
    number ??
    mapEntries(what, json, numbersFromJson, `a number, ${[...strings.keys()].map(quoted).join(", ")}`)
  );
}

/** Whether a string stands for a number that JSON has no word for. */
export function isNumberString(text: string): boolean {
  return strings.has(text);
}

function numberAsString(x: number): string {
  return Object.is(x, -0) ? "-0" : String(x);
}

function mapEntries(
  what: string,
  x: unknown,
  f: (what: string, entry: unknown) => unknown,
  wanted: string,
): unknown {
  if (Array.isArray(x)) return x.map((entry, i) => f(`${what}[${i}]`, entry));
  if (!isRecord(x))
    throw new TypeError(`${what} must be ${wanted}, or an array of them, got ${described(x)}.`);
  const entries = Object.entries(x).filter(([, entry]) => entry !== undefined);
  // `fromEntries` defines its entries, so that a name `__proto__` is one of them and changes no prototype.
  return Object.fromEntries(entries.map(([name, entry]) => [name, f(`${what}: ${quoted(name)}`, entry)]));
}
