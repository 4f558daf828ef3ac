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

/** A part of a data set: some of its examples, and whatever else it has, such as names of classes. */
export type PartOf<D extends Dataset<Target>> = Dataset<D["targets"][number]> & Omit<D, keyof Dataset>;

/**
 * Splits a data set at random into two without overlap, each in the order of the original. Rows are shared, not copied.
 *
 * What else the data set has, as the names of classes, both parts have too.
 *
 * @returns `test` with the fraction of each class, to the nearest example, and `train` with the rest
 * @throws RangeError if train or test would be empty, TypeError for an unknown option
 * @example split(moons()).test.targets.length // 20
 */
export function split<D extends Dataset<Target>>(
  dataset: D,
  options: SplitOptions = {},
): { train: PartOf<D>; test: PartOf<D> } {
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
  const where = (keep: (i: number) => boolean): PartOf<D> => ({
    ...dataset,
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
