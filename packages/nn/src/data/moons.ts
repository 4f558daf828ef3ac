import { checkNumber, checkOptions } from "../check.ts";
import { Random } from "../random.ts";
import type { Dataset } from "./dataset.ts";
import { checkNoise } from "./noise.ts";

export interface MoonsOptions {
  /** How many points, at least 2; 100 unless told. An odd one goes to class 1. */
  readonly examples?: number;
  /** Standard deviation of the normal noise on each coordinate; 0.1 unless told. */
  readonly noise?: number;
  /** Seed of the noise; 0 unless told. */
  readonly seed?: number;
}

/**
 * Two half circles that reach into each other, evenly spaced: `(cos θ, sin θ)` is class 0 and
 * `(1 − cos θ, ½ − sin θ)` class 1, θ from 0 to π. Class 0 comes first.
 *
 * @throws RangeError for fewer than 2 examples or negative noise, TypeError for an unknown option
 * @example moons({ examples: 2, noise: 0 }).inputs // [[1, 0], [0, 0.5]]
 * @see scikit-learn, `sklearn.datasets.make_moons`
 */
export function moons(options: MoonsOptions = {}): Dataset {
  checkOptions("moons", options, ["examples", "noise", "seed"]);
  const { examples = 100, noise = 0.1, seed = 0 } = options;
  checkNumber("moons: examples", examples, "an integer ≥ 2", (n) => Number.isSafeInteger(n) && n >= 2);
  checkNoise("moons", noise);
  const random = new Random(seed);
  const outer = Math.floor(examples / 2);
  const targets = Array.from({ length: examples }, (_, i) => (i < outer ? 0 : 1));
  const inputs = targets.map((target, i) => {
    const [index, size] = target === 0 ? [i, outer] : [i - outer, examples - outer];
    const angle = (Math.PI * index) / Math.max(size - 1, 1);
    const x = target === 0 ? Math.cos(angle) : 1 - Math.cos(angle);
    const y = target === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
    return [random.normal(x, noise), random.normal(y, noise)];
  });
  return { inputs, targets };
}
