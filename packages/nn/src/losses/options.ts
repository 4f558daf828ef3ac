import { checkNumber, describe } from "../check.ts";

/** Throws if an option is given that cannot be. */
export type OptionCheck = (what: string, option: unknown) => void;

/** An option that is one of several words. */
export function oneOf(...words: readonly string[]): OptionCheck {
  return (what, word) => {
    if ((words as readonly unknown[]).includes(word)) return;
    throw new RangeError(`${what} must be one of ${words.join(", ")}, got ${describe(word)}.`);
  };
}

/** An option that is a number. */
export function numberThatIs(wanted: string, accepts: (x: number) => boolean): OptionCheck {
  return (what, x) => checkNumber(what, x, wanted, accepts);
}

/** An option that is true or false. */
export const flag: OptionCheck = (what, x) => {
  if (typeof x !== "boolean") throw new TypeError(`${what} must be true or false, got ${describe(x)}.`);
};

/** Whether logarithms are natural or of base 2. */
export interface UnitOptions {
  /** "nats" unless told: natural logarithms. 1 nat = 1/ln 2 ≈ 1.4427 bits. */
  readonly unit?: "nats" | "bits";
}

/** The check of {@link UnitOptions}. */
export const unitOption: { readonly unit: OptionCheck } = { unit: oneOf("nats", "bits") };
