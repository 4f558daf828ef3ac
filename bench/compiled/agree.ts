/**
 * Stops the bench if results differ from those of the yardstick: entry by entry, relative to the larger of the entry
 * and the average entry, so that a sum that cancels may be off by the rounding of its terms.
 */
export function checkAgreement(
  name: string,
  found: readonly number[],
  expected: readonly number[],
  tolerance: number,
): void {
  if (found.length !== expected.length) {
    throw new Error(`${name}: ${found.length} results, expected ${expected.length}.`);
  }
  const average = expected.reduce((sum, x) => sum + Math.abs(x), 0) / expected.length;
  for (const [i, x] of expected.entries()) {
    const error = Math.abs(found[i]! - x) / Math.max(Math.abs(x), average);
    if (!(error <= tolerance)) {
      throw new Error(
        `${name}: result ${i} is ${found[i]}, expected ${x} within ${tolerance}, off by ${error}.`,
      );
    }
  }
}
