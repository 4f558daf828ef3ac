import { booleanFunctions } from "./booleanFunctions.ts";
import type { Dataset } from "./dataset.ts";

/**
 * Exclusive or: the four pairs of bits, class 1 where they differ. No straight line separates the classes.
 *
 * @example xor().targets // [0, 1, 1, 0]
 */
export function xor(): Dataset {
  return booleanFunctions().xor;
}
