import { describe } from "../check.ts";

const LONGEST = 80;
const MOST = 5;

/** A name for an error message: in quotes, and cut where a hostile file made it long. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);
}

/** Names for an error message, the first few of them. */
export function listed(names: readonly string[]): string {
  const rest = names.length - MOST;
  return `${names.slice(0, MOST).map(quoted).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** As `describe`, for what a file holds: text is cut as names are. */
export function described(x: unknown): string {
  return typeof x === "string" ? `the string ${quoted(x)}` : describe(x);
}
