import { checkNumber, checkPositiveInteger, describe } from "../check.ts";

/**
 * Class k of c as a row of c numbers, 1 at position k and 0 elsewhere.
 *
 * @param labels - classes 0 … c − 1
 * @param classes - c; one more than the largest label unless told
 * @returns a row for each label
 * @throws TypeError or RangeError for labels that are not integers from 0 to c − 1, naming the position
 * @example oneHot([2, 0]) // [[0, 0, 1], [1, 0, 0]]
 * @see Bishop (2006), chapter 4, introduction: "1-of-K coding scheme"
 */
export function oneHot(labels: readonly number[], classes?: number): number[][] {
  if (!Array.isArray(labels)) {
    throw new TypeError(`oneHot: labels must be an array of integers, got ${describe(labels)}.`);
  }
  if (classes !== undefined) checkPositiveInteger("oneHot: classes", classes);
  const wanted = classes === undefined ? "an integer ≥ 0" : `an integer from 0 to ${classes - 1}`;
  let largest = -1;
  for (const [i, label] of labels.entries()) {
    checkNumber(`oneHot: labels[${i}]`, label, wanted, (k) => Number.isSafeInteger(k) && k >= 0);
    if (classes !== undefined) checkNumber(`oneHot: labels[${i}]`, label, wanted, (k) => k < classes);
    largest = Math.max(largest, label);
  }
  const width = classes ?? largest + 1;
  return labels.map((label) => {
    const row = new Array<number>(width).fill(0);
    row[label] = 1;
    return row;
  });
}
