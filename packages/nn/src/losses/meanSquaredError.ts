import { mean, type Scalar, square, sub, type Value } from "@chainrule/core";
import { checkNumber, checkScalars } from "../check.ts";

/**
 * Mean squared error: `(1/n) Σ (prediction − target)²`.
 *
 * @param predictions - n ≥ 1 scalars
 * @param targets - n numbers, or the number itself if n = 1; they get no gradient
 * @returns one scalar, ≥ 0, in squared target units
 * @throws RangeError if the lengths differ or are 0, TypeError for anything but scalars and numbers
 * @example meanSquaredError([1, 2], [1, 4]) // 2
 * @see Bishop (2006), "Pattern Recognition and Machine Learning", §3.1.1
 */
export function meanSquaredError(predictions: readonly number[], targets: readonly number[] | number): number;
export function meanSquaredError(predictions: readonly Value[], targets: readonly number[] | number): Value;
export function meanSquaredError(predictions: readonly Scalar[], targets: readonly number[] | number): Scalar;
export function meanSquaredError(
  predictions: readonly Scalar[],
  targets: readonly number[] | number,
): Scalar {
  checkScalars("meanSquaredError: predictions", predictions);
  const wanted = typeof targets === "number" ? [targets] : targets;
  checkScalars("meanSquaredError: targets", wanted);
  if (predictions.length !== wanted.length || wanted.length === 0) {
    throw new RangeError(
      "meanSquaredError: needs as many predictions as targets, at least one, " +
        `got ${predictions.length} and ${wanted.length}.`,
    );
  }
  return mean(
    predictions.map((prediction, i) => {
      const target = wanted[i];
      checkNumber(`meanSquaredError: targets[${i}]`, target, "a number", () => true);
      return square(sub(prediction, target));
    }),
  );
}
