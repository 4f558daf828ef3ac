import { checkNumber, checkOptions } from "../check.ts";
import { Random } from "../random.ts";
import { checkDataset, type Dataset, type Target } from "./dataset.ts";

export interface SplitOptions {
  /** The part that goes to the test set, between 0 and 1; 0.2 unless told. */
  readonly testFraction?: number;
  /** Seed of the choice; 0 unless told. */
  readonly seed?: number;
  /** Whether each class is split in this proportion; true unless told. Set false where targets are not classes. */
  readonly stratify?: boolean;
}

/**
 * Splits a data set at random into two without overlap, each in the order of the original. Rows are shared, not copied.
 *
 * @returns `test` with the fraction of each class, to the nearest example, and `train` with the rest
 * @throws RangeError if train or test would be empty, TypeError for an unknown option
 * @example split(moons()).test.targets.length // 20
 */
export function split<T extends Target>(
  dataset: Dataset<T>,
  options: SplitOptions = {},
): { train: Dataset<T>; test: Dataset<T> } {
  checkOptions("split", options, ["testFraction", "seed", "stratify"]);
  const { testFraction = 0.2, seed = 0, stratify = true } = options;
  checkDataset("split", dataset);
  checkNumber("split: testFraction", testFraction, "between 0 and 1", (x) => x > 0 && x < 1);
  const random = new Random(seed);
  const groups = stratify ? examplesByTarget(dataset.targets) : [[...dataset.targets.keys()]];
  const chosen = new Set(
    groups.flatMap((group) => random.shuffle(group).slice(0, Math.round(testFraction * group.length))),
  );
  if (chosen.size === 0 || chosen.size === dataset.targets.length) {
    throw new RangeError(
      `split: testFraction ${testFraction} leaves the ${chosen.size === 0 ? "test" : "training"} set empty. ` +
        "Use more examples, another fraction, or stratify: false if the targets are not classes.",
    );
  }
  const where = (keep: (i: number) => boolean): Dataset<T> => ({
    inputs: dataset.inputs.filter((_, i) => keep(i)),
    targets: dataset.targets.filter((_, i) => keep(i)),
  });
  return { train: where((i) => !chosen.has(i)), test: where((i) => chosen.has(i)) };
}

function examplesByTarget(targets: readonly Target[]): number[][] {
  const groups = new Map<string, number[]>();
  targets.forEach((row, i) => {
    const target = String(row);
    const group = groups.get(target);
    if (group === undefined) groups.set(target, [i]);
    else group.push(i);
  });
  return [...groups.values()];
}
