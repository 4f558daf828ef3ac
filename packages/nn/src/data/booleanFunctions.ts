import { booleanFunction } from "./booleanFunction.ts";
import type { Dataset } from "./dataset.ts";

/** The truth table of each function of two bits a and b: its values at 00, 01, 10 and 11. */
const tables = {
  false: [0, 0, 0, 0],
  and: [0, 0, 0, 1],
  /** a and not b */
  nonimplication: [0, 0, 1, 0],
  /** a */
  left: [0, 0, 1, 1],
  /** b and not a */
  converseNonimplication: [0, 1, 0, 0],
  /** b */
  right: [0, 1, 0, 1],
  xor: [0, 1, 1, 0],
  or: [0, 1, 1, 1],
  nor: [1, 0, 0, 0],
  xnor: [1, 0, 0, 1],
  /** not b */
  notRight: [1, 0, 1, 0],
  /** a or not b: b implies a */
  converseImplication: [1, 0, 1, 1],
  /** not a */
  notLeft: [1, 1, 0, 0],
  /** not a or b: a implies b */
  implication: [1, 1, 0, 1],
  nand: [1, 1, 1, 0],
  true: [1, 1, 1, 1],
} as const;

/** The usual name of a function of two bits. */
export type BooleanFunctionName = keyof typeof tables;

/**
 * All 16 functions of two bits, by name, in the order of their truth tables. A straight line separates the classes of
 * 14 of them: all but `xor` and `xnor`.
 *
 * @example booleanFunctions().nand.targets // [1, 1, 1, 0]
 * @example Object.keys(booleanFunctions()).length // 16
 * @see Knuth, The Art of Computer Programming 4A, §7.1.1, table 1
 */
export function booleanFunctions(): Readonly<Record<BooleanFunctionName, Dataset>> {
  const named = Object.entries(tables).map(([name, table]) => [name, booleanFunction(2, table)]);
  return Object.fromEntries(named);
}
