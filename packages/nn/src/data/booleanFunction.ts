import { checkNumber, describe } from "../check.ts";
import type { Dataset } from "./dataset.ts";

/**
 * A function of bits, as all its examples: rows count up in binary, from all 0 to all 1.
 *
 * @param inputs - how many bits it takes, from 1 to 20
 * @param f - the function, or its truth table: 2ⁿ values in the order of the rows
 * @returns 2ⁿ examples, with targets 0 and 1
 * @throws TypeError or RangeError for a table of another length, or a value that is no bit
 * @example booleanFunction(3, (a, b, c) => a ^ b ^ c).targets // [0, 1, 1, 0, 1, 0, 0, 1]
 * @example booleanFunction(2, [0, 0, 0, 1]).inputs // [[0, 0], [0, 1], [1, 0], [1, 1]]
 */
export function booleanFunction(
  inputs: number,
  f: readonly number[] | ((...bits: number[]) => number | boolean),
): Dataset {
  const countable = (n: number) => Number.isInteger(n) && n >= 1 && n <= 20;
  checkNumber("booleanFunction: inputs", inputs, "an integer from 1 to 20", countable);
  const rows = Array.from({ length: 2 ** inputs }, (_, row) =>
    Array.from({ length: inputs }, (_, bit) => (row >> (inputs - 1 - bit)) & 1),
  );
  if (typeof f === "function") {
    return {
      inputs: rows,
      targets: rows.map((row) => bitOf(`f(${row.join(", ")})`, f(...row))),
    };
  }
  if (!Array.isArray(f)) {
    throw new TypeError(`booleanFunction: f must be a function or a truth table, got ${describe(f)}.`);
  }
  if (f.length !== rows.length) {
    throw new RangeError(
      `booleanFunction: a table for ${inputs} inputs must have ${rows.length} values, got ${f.length}.`,
    );
  }
  return { inputs: rows, targets: f.map((bit, i) => bitOf(`f[${i}]`, bit)) };
}

function bitOf(what: string, x: unknown): number {
  const bit = typeof x === "boolean" ? Number(x) : x;
  checkNumber(`booleanFunction: ${what}`, bit, "0 or 1", (b) => b === 0 || b === 1);
  return bit;
}
