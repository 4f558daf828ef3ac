import { noGrad, Value } from "@chainrule/core";
import { describe } from "../check.ts";

/** A function of numbers that records no graph and gives a number; NaN and ±∞ pass. */
export function numeric<Args extends unknown[]>(
  what: string,
  f: (...args: Args) => unknown,
): (...args: Args) => number {
  return (...args) => {
    const result = noGrad(() => f(...args));
    if (typeof result === "number") return result;
    if (result instanceof Value) return result.data;
    throw new TypeError(
      `${what} must return a number or a Value, got ${describe(result)} at ${args.join(", ")}.`,
    );
  };
}

/** @throws TypeError if f is not a function */
export function checkFunction(what: string, f: unknown): void {
  if (typeof f !== "function") throw new TypeError(`${what} must be a function, got ${describe(f)}.`);
}

/** A function that records no graph. */
export function quietly<Args extends unknown[], R>(f: (...args: Args) => R): (...args: Args) => R {
  return (...args) => noGrad(() => f(...args));
}
