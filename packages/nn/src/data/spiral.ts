import { checkNumber, checkOptions, checkPositiveInteger } from "../check.ts";
import { Random } from "../random.ts";
import type { Dataset } from "./dataset.ts";
import { checkNoise } from "./noise.ts";

export interface SpiralOptions {
  /** How many points each class has; 100 unless told. */
  readonly examplesPerClass?: number;
  /** How many arms, at least 2; 3 unless told. */
  readonly classes?: number;
  /** Standard deviation of the normal noise on the angle, in radians; 0.2 unless told. */
  readonly noise?: number;
  /** Seed of the noise; 0 unless told. */
  readonly seed?: number;
}

/**
 * Arms that wind out from the origin: at radius r, 0 < r ≤ 1, class k of c lies at the angle `2πk/c + 4r`. Classes
 * come one after the other.
 *
 * @throws RangeError for counts or noise outside their range, TypeError for an unknown option
 * @example spiral({ examplesPerClass: 2 }).targets // [0, 0, 1, 1, 2, 2]
 * @see Karpathy, CS231n notes, "Putting it together: Minimal Neural Network Case Study"
 */
export function spiral(options: SpiralOptions = {}): Dataset {
  checkOptions("spiral", options, ["examplesPerClass", "classes", "noise", "seed"]);
  const { examplesPerClass = 100, classes = 3, noise = 0.2, seed = 0 } = options;
  checkPositiveInteger("spiral: examplesPerClass", examplesPerClass);
  checkNumber("spiral: classes", classes, "an integer ≥ 2", (n) => Number.isSafeInteger(n) && n >= 2);
  checkNoise("spiral", noise);
  const random = new Random(seed);
  const targets = Array.from({ length: classes * examplesPerClass }, (_, i) =>
    Math.floor(i / examplesPerClass),
  );
  const inputs = targets.map((target, i) => {
    const radius = ((i % examplesPerClass) + 1) / examplesPerClass;
    const angle = random.normal((2 * Math.PI * target) / classes + 4 * radius, noise);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return { inputs, targets };
}
