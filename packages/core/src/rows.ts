import { mode, type Tracer } from "./mode.ts";
import type { Nary } from "./op.ts";
import { div } from "./ops/arithmetic.ts";
import { mean as meanOp, sum as sumOp } from "./ops/reductions.ts";
import { checkOnlyFlag } from "./options.ts";
import { sameStructure, type Tree } from "./transforms/tree.ts";
import { describe, isScalar, type Scalar, type Value } from "./value.ts";

/** The sum of scalars, or of a function over rows. */
export interface RowSum extends Nary {
  <Row>(rows: readonly Row[], f: (row: Row) => Value): Value;
  <Row, S extends Scalar>(rows: readonly Row[], f: (row: Row) => S): S;
}

/**
 * `x₁ + … + xₙ` of scalars as one node, 0 for none; or `f(r₁) + … + f(rₙ)` over rows of data, which `compile` turns
 * into a loop: f is then traced once, whatever the number of rows. Partials 1.
 *
 * @param rows - scalars; or, with f, what f takes: scalars, or arrays or objects of scalars, of one structure
 * @param f - returns one scalar
 * @example sum([1, 2, 3]) // 6
 * @example sum([[1, 2], [3, 4]], ([x, y]) => x * y) // 14
 */
export const sum: RowSum = withRows("sum", sumOp, (rows, f) => {
  if (mode.tracer !== undefined && rows.length > 1) return mode.tracer.sum(rows, f);
  return sumOp(rows.map((row) => oneScalarOf("sum", f(row as never))));
});

/**
 * `(x₁ + … + xₙ)/n` of scalars as one node; or the mean of f over rows of data, as {@link sum}. Partials 1/n.
 *
 * @throws RangeError if there are none
 * @example mean([1, 2, 3]) // 2
 * @example mean([[1, 2], [3, 4]], ([x, y]) => x * y) // 7
 */
export const mean: RowSum = withRows("mean", meanOp, (rows, f) => {
  if (rows.length === 0) throw new RangeError("mean: needs at least one row, got an empty array.");
  if (mode.tracer !== undefined && rows.length > 1) return div(mode.tracer.sum(rows, f), rows.length);
  return meanOp(rows.map((row) => oneScalarOf("mean", f(row as never))));
});

/**
 * `[f(r₁), …, f(rₙ)]` over rows of data. As `rows.map(f)`, but `compile` turns it into a loop: f is then traced once,
 * whatever the number of rows.
 *
 * @param rows - n scalars, or arrays or objects of scalars, of one structure
 * @param f - returns scalars in any structure
 * @returns n results
 * @throws TypeError if not given an array and a function
 * @example map([1, 2, 3], (x) => square(x)) // [1, 4, 9]
 */
export function map<Row, R>(rows: readonly Row[], f: (row: Row) => R): R[];
export function map(rows: readonly unknown[], f: (row: never) => unknown): unknown[] {
  checkRows("map", rows, f);
  if (mode.tracer !== undefined && rows.length > 1) return mode.tracer.map(rows, f);
  return Array.from(rows, (row) => f(row as never));
}

/** What scan hands from row to row; where it starts with a number, that may be any scalar. */
export type Carried<Init> = Tree extends Init
  ? Init
  : Init extends number
    ? Scalar
    : Init extends Value
      ? Init
      : Init extends object
        ? { [Key in keyof Init]: Carried<Init[Key]> }
        : Init;

/** How {@link scan} is compiled. */
export interface ScanOptions {
  /** Whether reverse mode computes states again rather than keep them all. */
  readonly recompute?: boolean;
}

/**
 * Applies f from row to row: `carry = f(carry, row)`, starting from `init`. Where f returns a pair
 * `[carry, output]`, the outputs are kept. `compile` turns it into a loop: f is then traced once, whatever the number of
 * rows, and reverse mode keeps the carries only, one for each row; with `recompute` two for each of √n rows, for which f
 * is computed once more.
 *
 * @param rows - n scalars, or arrays or objects of scalars, of one structure
 * @param init - the first carry: scalars in any structure
 * @param f - returns the next carry, in the structure of `init`; or `[next carry, output]`
 * @param options - `recompute: true` to trade time for memory in compiled reverse mode
 * @returns the last carry; or `[last carry, n outputs]`. Without rows: the first carry
 * @throws TypeError if f returns neither
 * @example scan([1, 2, 3], 0, (total, x) => add(total, x)) // 6
 * @example scan([1, 2, 3], 0, (total, x) => [add(total, x), mul(total, x)]) // [6, [0, 2, 9]]
 * @see Griewank & Walther (2008), Evaluating Derivatives, §12 (on checkpoints)
 */
export function scan<Row, Init, Output>(
  rows: readonly Row[],
  init: Init,
  f: (carry: Carried<Init>, row: Row) => [Carried<NoInfer<Init>>, Output],
  options?: ScanOptions,
): [Carried<Init>, Output[]];
export function scan<Row, Init>(
  rows: readonly Row[],
  init: Init,
  f: (carry: Carried<Init>, row: Row) => Carried<NoInfer<Init>>,
  options?: ScanOptions,
): Carried<Init>;
export function scan(
  rows: readonly unknown[],
  init: unknown,
  f: (carry: never, row: never) => unknown,
  options: ScanOptions = {},
): unknown {
  checkRows("scan", rows, f);
  checkOnlyFlag("scan", options, "recompute");
  const { tracer } = mode;
  if (tracer === undefined || rows.length < 2) return scanInTurn(rows, init, f);
  return options.recompute === true ? scanInSegments(tracer, rows, init, f) : tracer.scan(rows, init, f);
}

/**
 * As scan, by a scan over segments of √n rows, each scanned in turn: reverse mode keeps the carries between segments,
 * and those of one segment at a time, which it computes again.
 */
function scanInSegments(
  tracer: Tracer,
  rows: readonly unknown[],
  init: unknown,
  f: (carry: never, row: never) => unknown,
): unknown {
  const all = Array.from(rows);
  const length = Math.ceil(Math.sqrt(all.length));
  const segments: unknown[][] = [];
  for (let start = 0; start + length <= all.length; start += length) {
    segments.push(all.slice(start, start + length));
  }
  const scanSegment = (carry: never, segment: never) => tracer.scan(segment, carry, f);
  const whole = nextOf(init, tracer.scan(segments, init, scanSegment));
  const rest = all.slice(segments.length * length);
  const last = nextOf(
    init,
    rest.length > 1 ? tracer.scan(rest, whole.next, f) : scanInTurn(rest, whole.next, f),
  );
  if (whole.output === undefined) return last.next;
  return [
    last.next,
    [...(whole.output.value as unknown[][]).flat(1), ...((last.output?.value ?? []) as unknown[])],
  ];
}

/** As {@link scan}, by calling f for each row. */
export function scanInTurn(
  rows: readonly unknown[],
  init: unknown,
  f: (carry: never, row: never) => unknown,
): unknown {
  let carry = init;
  const outputs: unknown[] = [];
  for (const row of Array.from(rows)) {
    const { next, output } = nextOf(init, f(carry as never, row as never));
    carry = next;
    if (output !== undefined) outputs.push(output.value);
  }
  return outputs.length === 0 ? carry : [carry, outputs];
}

/** What a function given to scan returned: the next carry, and the output if there is one. */
export function nextOf(init: unknown, returned: unknown): { next: unknown; output?: { value: unknown } } {
  if (sameStructure(init, returned)) return { next: returned };
  if (Array.isArray(returned) && returned.length === 2 && sameStructure(init, returned[0])) {
    return { next: returned[0], output: { value: returned[1] } };
  }
  throw new TypeError(
    "scan: the function must return the next carry, with the keys and lengths of the first, or [next carry, output]; " +
      `the first carry is ${describe(init)}, it returned ${describe(returned)}.`,
  );
}

/** The one scalar that a function of a row returned. */
export function oneScalarOf(caller: string, returned: unknown): Scalar {
  if (isScalar(returned)) return returned;
  throw new TypeError(`${caller}: the function must return one scalar for a row, got ${describe(returned)}.`);
}

function withRows(
  name: string,
  reduction: Nary,
  overRows: (rows: readonly unknown[], f: (row: never) => Scalar) => Scalar,
): RowSum {
  const apply = (rows: readonly unknown[], f?: (row: never) => Scalar): Scalar => {
    if (f === undefined) return reduction(rows as readonly Scalar[]);
    checkRows(name, rows, f);
    return overRows(rows, f);
  };
  return Object.assign(apply, { op: reduction.op }) as RowSum;
}

function checkRows(caller: string, rows: unknown, f: unknown): void {
  if (!Array.isArray(rows) && !ArrayBuffer.isView(rows)) {
    throw new TypeError(`${caller}: needs an array of rows first, got ${describe(rows)}.`);
  }
  if (typeof f !== "function")
    throw new TypeError(`${caller}: needs a function of a row, got ${describe(f)}.`);
}
