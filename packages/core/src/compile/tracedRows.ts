import { add, mul } from "../ops/arithmetic.ts";
import { nextOf, oneScalarOf, scanInTurn } from "../rows.ts";
import { isPlainObject, leavesLike, leavesOf, mapTree } from "../transforms/tree.ts";
import { isScalar, type Scalar, type Value } from "../value.ts";
import { type RowSource, sourceOf } from "./lazyRows.ts";
import { placeholder } from "./levels.ts";
import { type Shape, scalarsIn, shapeOf, treeOf } from "./shape.ts";
import { type TracedCarry, type TracedColumn, TracedLoop } from "./tracedLoop.ts";
import type { ProgramTracer } from "./tracer.ts";

/** f of each row. Rows of one structure are traced as a loop, others one by one. */
export function mapRows(
  tracer: ProgramTracer,
  rows: readonly unknown[],
  f: (row: never) => unknown,
): unknown[] {
  const traced = traceBody(tracer, rows, (row) => f(row as never));
  if (traced === undefined) return Array.from(rows, (row) => f(row as never));
  const { columns, result, depth } = traced;
  const shape = shapeOf(result, "what the function given to map returned", isScalar);
  const loop = new TracedLoop({ count: rows.length, depth, columns, stacks: scalarsIn(result) });
  return keptTrees(loop, shape);
}

/** The sum of f over rows, in the same way. */
export function sumRows(tracer: ProgramTracer, rows: readonly unknown[], f: (row: never) => Scalar): Scalar {
  const traced = traceBody(tracer, rows, (row) => oneScalarOf("sum", f(row as never)));
  if (traced === undefined) {
    return Array.from(rows, (row) => oneScalarOf("sum", f(row as never))).reduce<Scalar>(
      (x, y) => add(x, y),
      0,
    );
  }
  const { columns, result, depth } = traced;
  return new TracedLoop({ count: rows.length, depth, columns, sums: [result] }).sum(0);
}

/** f from row to row, in the same way: the last carry, or that and what f returned beside it for each row. */
export function scanRows(
  tracer: ProgramTracer,
  rows: readonly unknown[],
  init: unknown,
  f: (carry: never, row: never) => unknown,
): unknown {
  const inits = leavesOf(init, "scan", "the first carry");
  const carried = inits.map(() => placeholder(tracer.depth + 1));
  let slot = 0;
  const carry = mapTree(init, () => carried[slot++]!, "scan", "");
  const traced = traceBody(tracer, rows, (row) => nextOf(init, f(carry as never, row as never)));
  if (traced === undefined) return scanInTurn(rows, init, f);
  const { columns, depth, result } = traced;
  const { next, output } = result;
  const stacks = scalarsIn(output?.value);
  const carries: TracedCarry[] = leavesLike(init, next, "scan", "the next carry").map((x, i) => ({
    placeholder: carried[i]!,
    init: inits[i]!,
    next: x,
  }));
  const loop = new TracedLoop({ count: rows.length, depth, columns, carries, stacks });
  let index = 0;
  const last = mapTree(init, () => loop.final(index++), "scan", "");
  if (output === undefined) return last;
  const shape = shapeOf(output.value, "the output of the function given to scan", isScalar);
  return [last, keptTrees(loop, shape)];
}

/** For each row a tree of this shape, of the scalars that the loop keeps. */
function keptTrees(loop: TracedLoop, shape: Shape): unknown[] {
  return Array.from({ length: loop.count }, (_, row) => {
    let index = 0;
    return treeOf(shape, () => loop.element(index++, row));
  });
}

/** The inner product of two halves, as a loop over pairs. */
export function dotRows(tracer: ProgramTracer, operands: readonly Scalar[]): Value {
  const count = operands.length / 2;
  const depth = tracer.depth + 1;
  const halves = [operands.slice(0, count), operands.slice(count)] as const;
  const columns = halves.map((half) => ({ placeholder: placeholder(depth), rows: () => half }));
  const [x, y] = columns as unknown as [TracedColumn, TracedColumn];
  const sums = [mul(x.placeholder, y.placeholder)];
  return new TracedLoop({ count, depth, columns, sums }).sum(0);
}

interface TracedBody<R> {
  readonly columns: readonly TracedColumn[];
  readonly result: R;
  readonly depth: number;
}

/** Calls f once, on placeholders for the scalars of a row; `undefined` if the rows differ in structure. */
function traceBody<R>(
  tracer: ProgramTracer,
  rows: readonly unknown[],
  f: (row: unknown) => R,
): TracedBody<R> | undefined {
  const depth = tracer.depth + 1;
  const columns: TracedColumn[] = [];
  const source = sourceOf(rows);
  const row =
    source === undefined ? rowOf(Array.from(rows), depth, columns) : rowOfArguments(source, depth, columns);
  if (row === DIFFERENT) return undefined;
  for (const column of columns) {
    if (column.inputs === undefined) tracer.columns.set(column.placeholder, column.rows());
    else tracer.areNumbers.set(column.placeholder, true);
  }
  tracer.depth = depth;
  try {
    return { columns, result: f(row), depth };
  } finally {
    tracer.depth = depth - 1;
  }
}

const DIFFERENT = Symbol("rows of different structure");

/** One row for all: a tree with a placeholder for each scalar that is not the same in all rows. */
function rowOf(rows: readonly unknown[], depth: number, columns: TracedColumn[]): unknown {
  const first = rows[0];
  if (rows.every((row) => Object.is(row, first))) return first;
  if (isScalar(first))
    return rows.every(isScalar) ? columnOf(rows as readonly Scalar[], depth, columns) : DIFFERENT;
  if (typeof first !== "object" || first === null) return DIFFERENT;
  const keys = Object.keys(first);
  const isLikeFirst = (row: unknown) => {
    if (typeof row !== "object" || row === null) return false;
    if (Object.getPrototypeOf(row) !== Object.getPrototypeOf(first)) return false;
    const own = Reflect.ownKeys(row).filter((key) => !(Array.isArray(row) && key === "length"));
    return own.length === keys.length && own.every((key, i) => key === keys[i]);
  };
  const isArray = Array.isArray(first) || ArrayBuffer.isView(first);
  if (!(isArray || isPlainObject(first)) || !rows.every(isLikeFirst)) return DIFFERENT;
  const entries: [string, unknown][] = [];
  for (const key of keys) {
    const entry = rowOf(
      rows.map((row) => (row as Record<string, unknown>)[key]),
      depth,
      columns,
    );
    if (entry === DIFFERENT) return DIFFERENT;
    entries.push([key, entry]);
  }
  return isArray ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

/** As {@link rowOf}, for rows of the arguments as they were given. */
function rowOfArguments({ row, first, stride }: RowSource, depth: number, columns: TracedColumn[]): unknown {
  return treeOf(row, () => {
    const inputs = { first: first + columns.length, stride };
    const column = { placeholder: placeholder(depth), inputs, rows: () => [] };
    columns.push(column);
    return column.placeholder;
  });
}

function columnOf(rows: readonly Scalar[], depth: number, columns: TracedColumn[]): Value {
  const column = { placeholder: placeholder(depth), rows: () => rows };
  columns.push(column);
  return column.placeholder;
}
