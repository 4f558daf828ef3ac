import { checkNumber, checkOptions, checkPositiveInteger, describe } from "../check.ts";
import { type Random, type RandomOptions, randomOf } from "../random.ts";
import type { Dataset } from "./dataset.ts";
import { checkNoise } from "./noise.ts";

/** Where to sample a function of one variable; a function of several takes one number for each in `from` and `to`. */
export interface SampleOptions<Range extends number | readonly number[] = number> extends RandomOptions {
  /** The least x. */
  readonly from: Range;
  /** The largest x. */
  readonly to: Range;
  /** How many points: along the axis of a grid, or of each (one number for all or one for each); or at random. */
  readonly examples: number | Range;
  /** Evenly spaced, ends included, or each point of the range equally likely; "grid" unless told. */
  readonly sampling?: "grid" | "uniform";
  /** Standard deviation of the normal noise on each target; 0 unless told. */
  readonly noise?: number;
}

/**
 * Examples of a function to approximate: rows of its arguments, and its values as targets. On a grid the last argument
 * changes fastest.
 *
 * @param f - a function of one or more numbers, mostly one or two, that gives a finite number
 * @param options - its range, and how many examples
 * @throws TypeError or RangeError for options that cannot work, or where f is not finite, naming the point
 * @example sampleFunction((x) => x * x, { from: -2, to: 2, examples: 5 }).targets // [4, 1, 0, 1, 4]
 * @example sampleFunction((x, y) => x * y, { from: [0, 0], to: [1, 2], examples: [2, 3] }).inputs // [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]
 */
export function sampleFunction(f: (x: number) => number, options: SampleOptions): Dataset;
export function sampleFunction(
  f: (...xs: number[]) => number,
  options: SampleOptions<readonly number[]>,
): Dataset;
export function sampleFunction(
  f: (...xs: number[]) => number,
  options: SampleOptions<number | readonly number[]>,
): Dataset {
  const names = ["from", "to", "examples", "sampling", "noise", "random", "seed"] as const;
  checkOptions("sampleFunction", options, names);
  const { sampling = "grid", noise = 0 } = options;
  const random = randomOf("sampleFunction", options);
  if (typeof f !== "function") {
    throw new TypeError(`sampleFunction: f must be a function, got ${describe(f)}.`);
  }
  if (sampling !== "grid" && sampling !== "uniform") {
    throw new RangeError(`sampleFunction: sampling must be "grid" or "uniform", got ${describe(sampling)}.`);
  }
  checkNoise("sampleFunction", noise);
  const ranges = rangesOf(options);
  const inputs =
    sampling === "grid" ? grid(ranges, options.examples) : uniform(ranges, options.examples, random);
  const targets = inputs.map((row) => {
    const y = f(...row);
    if (f.length > row.length && !Number.isFinite(y)) throw tooFewRanges(f.length, row, y);
    checkFinite(`f(${row.join(", ")})`, y);
    return random.normal(y, noise);
  });
  return { inputs, targets };
}

/** An argument without a range is undefined, which most functions make NaN. */
function tooFewRanges(parameters: number, row: readonly number[], y: unknown): RangeError {
  return new RangeError(
    `sampleFunction: f(${row.join(", ")}) must be a finite number, got ${describe(y)}. ` +
      `f takes ${parameters} arguments: from and to must have one number for each, as in from: [0, 0].`,
  );
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function rangesOf({ from, to }: SampleOptions<number | readonly number[]>): Range[] {
  const starts = [from].flat();
  const ends = [to].flat();
  if (starts.length !== ends.length || starts.length === 0) {
    throw new RangeError(
      `sampleFunction: from and to must have one number for each argument of f, got ${starts.length} and ${ends.length}.`,
    );
  }
  return starts.map((start, i) => {
    const end = ends[i]!;
    const at = Array.isArray(from) ? `[${i}]` : "";
    checkFinite(`from${at}`, start);
    checkNumber(
      `sampleFunction: to${at}`,
      end,
      `a finite number > ${start}`,
      (x) => x > start && x < Infinity,
    );
    return { from: start, to: end };
  });
}

function grid(ranges: readonly Range[], examples: number | readonly number[]): number[][] {
  const counts = typeof examples === "number" ? ranges.map(() => examples) : examples;
  if (!Array.isArray(counts) || counts.length !== ranges.length) {
    throw new RangeError(
      `sampleFunction: examples must be one number, or one for each of ${ranges.length} axes, got ${describe(examples)}.`,
    );
  }
  const axes = ranges.map(({ from, to }, axis) => {
    const count: unknown = counts[axis];
    checkPositiveInteger("sampleFunction: examples", count);
    return Array.from({ length: count }, (_, i) => {
      const part = i / Math.max(count - 1, 1);
      return from * (1 - part) + to * part;
    });
  });
  return axes.reduce<number[][]>((rows, axis) => rows.flatMap((row) => axis.map((x) => [...row, x])), [[]]);
}

function uniform(ranges: readonly Range[], examples: unknown, random: Random): number[][] {
  checkPositiveInteger("sampleFunction: examples", examples);
  return Array.from({ length: examples }, () => ranges.map(({ from, to }) => random.uniform(from, to)));
}

function checkFinite(what: string, x: unknown): void {
  checkNumber(`sampleFunction: ${what}`, x, "a finite number", Number.isFinite);
}
