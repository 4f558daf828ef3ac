import { isRecord } from "./json/parseJson.ts";
import { described, quoted } from "./quoted.ts";

/** What a file says besides numbers: text under names of your choice. */
export type Metadata = Readonly<Record<string, string>>;

/** Checks that x is an object of strings. @throws TypeError that names the entry */
export function checkMetadata(what: string, x: unknown): asserts x is Metadata {
  if (!isRecord(x)) throw new TypeError(`${what} must be an object of strings, got ${described(x)}.`);
  for (const [name, entry] of Object.entries(x)) {
    if (typeof entry === "string") continue;
    throw new TypeError(`${what}: ${quoted(name)} must be a string, got ${described(entry)}.`);
  }
}
