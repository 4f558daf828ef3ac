import { checkNumber, checkOptions } from "../check.ts";
import { Random } from "../random.ts";
import type { Dataset } from "./dataset.ts";
import { checkNoise } from "./noise.ts";

export interface CirclesOptions {
  /** How many points, at least 2; 100 unless told. An odd one goes to class 1. */
  readonly examples?: number;
  /** The radius of the inner circle, at least 0 and below 1; 0.5 unless told. */
  readonly factor?: number;
  /** Standard deviation of the normal noise on each coordinate; 0.1 unless told. */
  readonly noise?: number;
  /** Seed of the noise; 0 unless told. */
  readonly seed?: number;
}

/**
 * A circle within another, evenly spaced from the angle 0 on: class 0 has radius 1, class 1 radius `factor`. Class 0
 * comes first.
 *
 * @throws RangeError for fewer than 2 examples, or a factor or noise outside its range, TypeError for an unknown option
 * @example circles({ examples: 2, noise: 0 }).inputs // [[1, 0], [0.5, 0]]
 * @see scikit-learn, `sklearn.datasets.make_circles`
 */
export function circles(options: CirclesOptions = {}): Dataset {
  checkOptions("circles", options, ["examples", "factor", "noise", "seed"]);
  const { examples = 100, factor = 0.5, noise = 0.1, seed = 0 } = options;
  checkNumber("circles: examples", examples, "an integer ≥ 2", (n) => Number.isSafeInteger(n) && n >= 2);
  checkNumber("circles: factor", factor, "a number ≥ 0 and < 1", (x) => x >= 0 && x < 1);
  checkNoise("circles", noise);
  const random = new Random(seed);
  const outer = Math.floor(examples / 2);
  const targets = Array.from({ length: examples }, (_, i) => (i < outer ? 0 : 1));
  const inputs = targets.map((target, i) => {
    const [index, size, radius] = target === 0 ? [i, outer, 1] : [i - outer, examples - outer, factor];
    const angle = (2 * Math.PI * index) / size;
    const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return [random.normal(x, noise), random.normal(y, noise)];
  });
  return { inputs, targets };
}
