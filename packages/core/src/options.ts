import { describe } from "./value.ts";

/** @throws TypeError naming an option that the caller does not have; `allowed` are those that it has */
export function checkOptionNames(caller: string, options: object, allowed: readonly string[]): void {
  const wrong = Object.keys(options).find((name) => !allowed.includes(name));
  if (wrong === undefined) return;
  throw new TypeError(`${caller}: there is no option "${wrong}". The options are: ${allowed.join(", ")}.`);
}

/** @throws TypeError if options hold anything but the caller's one option, which is true or false */
export function checkOnlyFlag(caller: string, options: unknown, flag: string): void {
  const isObject = typeof options === "object" && options !== null;
  const entries = isObject ? Object.entries(options) : [["options", options] as const];
  const wrong = entries.find(([name, x]) => name !== flag || typeof x !== "boolean");
  if (wrong === undefined) return;
  throw new TypeError(
    `${caller}: the only option is { ${flag}: true } or false, got ${wrong[0]}: ${describe(wrong[1])}.`,
  );
}
