import type { Column, Id, Program } from "../../../src/compile/program.ts";
import { type Binary, defineOp, type Nary, type Op, type Ternary, type Unary } from "../../../src/op.ts";
import { add, neg, sub } from "../../../src/ops/arithmetic.ts";
import { abs, atLeast, atMost } from "../../../src/ops/piecewise.ts";
import { select } from "../../../src/ops/select.ts";
import { equal, greater, lessEqual } from "../../../src/ops/selection.ts";
import { type BuiltLoop, ProgramBuilder } from "./programBuilder.ts";

/** What random programs are made of. All give whole numbers for whole numbers, so that sums are exact in any order. */
const half: Unary = defineOp({ name: "half", value: (a) => Math.trunc(a / 2), partials: [0] });
const twist: Binary = defineOp({ name: "twist", value: (a, b) => a - 2 * b, partials: [1, -2] });
const between: Ternary = defineOp({
  name: "between",
  value: (x, a, b) => (a <= x && x <= b ? 1 : 0),
  partials: [0, 0, 0],
});
const alternate: Nary = defineOp({
  name: "alternate",
  value: (xs) => xs.reduce((total, x) => x - total, 0),
  partials: (xs) => xs.map(() => 0),
});

const operations: readonly { readonly op: Op }[] = [
  add,
  sub,
  neg,
  abs,
  atLeast,
  atMost,
  greater,
  lessEqual,
  equal,
  select,
  select,
  half,
  twist,
  between,
  alternate,
];

/** Numbers below a bound, the same for the same seed. */
export type Random = (below: number) => number;

/** @see mulberry32 */
export function randomOf(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

export const INPUT_COUNT = 40;

interface Counted {
  readonly built: BuiltLoop;
  readonly count: number;
}

/** A program with loops in loops, of all kinds of columns, on `INPUT_COUNT` small whole numbers. */
export function randomProgram(random: Random): Program {
  const builder = new ProgramBuilder();
  const pick = <T>(items: readonly T[]): T => items[random(items.length)]!;

  /** Keeps numbers small: ten of these added make at most 640, and carries do not grow. */
  const clamp = (id: Id) =>
    builder.apply(atLeast, builder.apply(atMost, id, builder.constant(64)), builder.constant(-64));

  const fill = (
    known: Id[],
    loops: readonly BuiltLoop[],
    depth: number,
    columns: readonly Id[],
  ): Counted[] => {
    const own = [...loops];
    const lists = columns.length > 1 ? [columns] : [];
    const counts = new Map<number, number>();
    for (let steps = 1 + random(8); steps > 0; steps--) {
      const kind = random(12);
      if (kind === 0) known.push(builder.input(random(INPUT_COUNT)));
      else if (kind === 1) known.push(builder.constant(pick([0, -0, 1, 5, -3])));
      else if (kind <= 3 && depth < 3) known.push(...loop(known, own, counts, lists, depth));
      else {
        const operation = pick(operations);
        const operands = Array.from({ length: operation.op.arity ?? random(4) }, () => pick(known));
        known.push(clamp(builder.apply(operation, ...operands)));
      }
    }
    return own.flatMap((built) => {
      const count = counts.get(built.number);
      return count === undefined ? [] : [{ built, count }];
    });
  };

  /** Entries of a stack at even distances, often all of them. */
  const entriesOf = ({ built, count }: Counted): Id[] => {
    const stack = random(2);
    const step = count >= 16 && random(2) === 0 ? 2 : 1;
    const length = Math.max(0, Math.floor(count / step) - random(2) * random(3));
    const rows = Array.from({ length }, (_, k) => k * step);
    if (random(2) === 0) rows.reverse();
    return rows.map((row) => built.element(row, stack));
  };

  const loop = (
    known: readonly Id[],
    own: BuiltLoop[],
    counts: Map<number, number>,
    lists: (readonly Id[])[],
    depth: number,
  ): Id[] => {
    const earlier = own.filter((other) => counts.has(other.number));
    const source = random(2) === 0 && earlier.length > 0 ? pick(earlier) : undefined;
    const fresh = () =>
      lists.length > 0 && random(2) === 0
        ? pick(lists).length
        : pick([random(12), random(12), 8 + random(10)]);
    const count = source === undefined ? fresh() : counts.get(source.number)!;
    const column = (): Column => {
      switch (random(source === undefined ? 3 : 5)) {
        case 0:
          return { kind: "constants", numbers: Float64Array.from({ length: count }, () => random(9) - 4) };
        case 1: {
          const same = lists.filter(({ length }) => length === count);
          if (random(2) === 0 && same.length > 0) return { kind: "list", ids: [...pick(same)] };
          const ids = Array.from({ length: count }, () => pick(known));
          lists.push(ids);
          return { kind: "list", ids };
        }
        case 2: {
          const stride = count < 2 ? 1 : random(Math.floor(INPUT_COUNT / count));
          return { kind: "inputs", first: random(INPUT_COUNT - stride * count), stride };
        }
        default:
          return { kind: "stack", loop: source!.number, stack: 0 };
      }
    };
    const columns = Array.from({ length: random(3) }, column);
    if (count > 0 && random(3) === 0) columns.push(...wideRows(count));
    const inits = Array.from({ length: random(2) * random(4) }, () => pick(known));
    const sumCount = random(7) === 0 ? 20 : random(3);
    let allSums = 0;
    const built = builder.loop({ count, reversed: random(2) === 1, columns, inits }, () => {
      const rowIds = columns.map((_, k) => builder.column(k));
      const inside = [...known, ...rowIds, ...inits.map((_, k) => builder.carry(k))];
      const inner = fill(inside, own, depth + 1, rowIds.slice(random(3)));
      const recent = inside.slice(-6);
      const summed = inner.filter(({ count }) => count >= 8).flatMap(entriesOf);
      const loose = () => Array.from({ length: sumCount }, () => pick(recent));
      const sums = [...loose(), ...summed, ...loose()];
      allSums = sums.length;
      return {
        nexts: inits.map(() => pick(recent)),
        sums,
        stacks: [pick(recent), pick(inside)],
      };
    });
    counts.set(built.number, count);
    own.push(built);
    return [
      ...inits.map((_, k) => built.final(k)),
      ...Array.from({ length: allSums }, (_, k) => clamp(built.sum(k))),
      ...(count === 0 ? [] : [built.element(random(count), random(2)), built.element(random(count), 1)]),
    ];
  };

  /** Columns of inputs at even distances. */
  const wideRows = (count: number): Column[] => {
    const width = 2 + random(16);
    const step = random(3);
    const stride = Math.floor((INPUT_COUNT - step * width) / count);
    if (stride < 0) return [];
    return Array.from({ length: width }, (_, k) => ({ kind: "inputs", first: step * k, stride }));
  };

  const known = [builder.input(0), builder.input(1)];
  const loops: BuiltLoop[] = [];
  fill(known, loops, 0, []);
  fill(known, loops, 0, []);
  return builder.build(INPUT_COUNT, known);
}
