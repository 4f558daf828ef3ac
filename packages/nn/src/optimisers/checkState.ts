import { checkNumber, describe } from "../check.ts";
import type { OptimiserState } from "./optimiser.ts";

/**
 * Checks that a state is one of this method.
 *
 * @throws TypeError if it is not an object, RangeError if it is another method's
 */
export function checkMethod(method: string, state: OptimiserState): void {
  if (typeof state !== "object" || state === null || Array.isArray(state)) {
    throw new TypeError(
      `${method}: state must be an object that optimiser.state gave, got ${describe(state)}.`,
    );
  }
  const { method: other } = state as { readonly method?: unknown };
  if (other === method) return;
  const made = typeof other === "string" ? `of ${other}` : `without the name of its method`;
  throw new RangeError(`${method}: this is a state ${made}. Restore what optimiser.state of ${method} gave.`);
}

/**
 * Checks an array of numbers and copies it.
 *
 * @param mayOverflow - whether ±Infinity is among what may have come about; NaN is never
 * @throws TypeError or RangeError that names the entry
 */
export function numbersOf(what: string, xs: unknown, mayOverflow = false): Float64Array {
  if (!Array.isArray(xs)) throw new TypeError(`${what} must be an array of numbers, got ${describe(xs)}.`);
  xs.forEach((x: unknown, i) => {
    if (mayOverflow) checkNumber(`${what}[${i}]`, x, "a number, not NaN", (n) => !Number.isNaN(n));
    else checkNumber(`${what}[${i}]`, x, "a finite number", Number.isFinite);
  });
  return Float64Array.from(xs as readonly number[]);
}

/** @throws RangeError unless both lengths are the same */
export function checkLength(what: string, length: number, wanted: number, where: string): void {
  if (length === wanted) return;
  throw new RangeError(`${what} must have ${wanted} entries, as ${where}, got ${length}.`);
}
