import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyToAll, evaluate } from "../src/apply.ts";
import { walk } from "../src/graph.ts";
import {
  defineOp,
  grad,
  type Interval,
  mul,
  type Op,
  type Scalar,
  topologicalOrder,
  type UnaryDeclaration,
  Value,
  value,
} from "../src/index.ts";
import type { Instruction } from "../src/op.ts";
import { select } from "../src/ops/select.ts";
import { numberOf } from "../src/partials.ts";
import { operations } from "./operations.ts";

const MAGNITUDES = [
  ...[0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 36.7, 745, 746, 1e308],
  ...[Number.MAX_VALUE, Number.POSITIVE_INFINITY],
  ...[Number.MIN_VALUE, 1e-310, 2 ** -1022, 1e-300, 0.49999999999999994, 0.5000000000000001, 1 - 2 ** -53],
  ...[2 ** 52 - 0.5, 2 ** 52 + 1],
];
const SPECIAL = [...MAGNITUDES.flatMap((x) => [x, -x]), Number.NaN];
const settings = { numRuns: 300, seed: 6, endOnFailure: true };
const rows = [...operations.map(([name, { op }]) => [name, op] as const), ["select", select.op] as const];

/** Any double: of the special ones, of a few that tie, or at random. */
const anyNumber = fc.oneof(
  fc.constantFrom(...SPECIAL),
  fc.constantFrom(-1, 0, 1),
  fc.double({ min: -10, max: 10 }),
  fc.double(),
);

function lower(op: Op, operands: readonly Scalar[]): Scalar {
  const lowered = op.lowered as (...operands: unknown[]) => Scalar;
  return op.arity === undefined ? lowered(operands) : lowered(...operands);
}

/** The lowered form, of rows only that have none. */
function expand(op: Op, operands: readonly Scalar[]): Scalar {
  if (op.lowered === undefined) return applyToAll(op, operands);
  const result = lower(op, operands);
  if (typeof result === "number") return result;
  const expanded = new Map<Scalar, Scalar>(operands.map((operand) => [operand, operand]));
  const until = new Set(operands.filter((operand) => operand instanceof Value));
  for (const node of walk([result], { until })) {
    if (until.has(node)) continue;
    const of = node.operands.map((operand) => expanded.get(operand) ?? operand);
    expanded.set(node, expand(node.op!, of));
  }
  return expanded.get(result)!;
}

/** The lowered form as a function of numbers: traced once, like compiled code, and run for any numbers after that. */
function traced(op: Op, count: number, k?: number): (numbers: readonly number[]) => number {
  const leaves = Array.from({ length: count }, () => value(Number.NaN));
  const result = expand(op, k === undefined ? leaves : [k, ...leaves]);
  if (typeof result === "number") return () => result;
  const order = topologicalOrder(result).filter((node) => node.op !== undefined);
  return (numbers) => {
    const found = new Map<Scalar, number>(leaves.map((leaf, i) => [leaf, numbers[i]!]));
    const numberAt = (x: Scalar) => found.get(x) ?? numberOf(x);
    for (const node of order) found.set(node, evaluate(node.op!, node.operands.map(numberAt)));
    return numberAt(result);
  };
}

/** Every choice of one number for each of `count` operands. */
function* grid(count: number): Generator<readonly number[]> {
  if (count === 0) yield [];
  else for (const rest of grid(count - 1)) for (const x of SPECIAL) yield [x, ...rest];
}

/** Where f is not `op.value` to the last bit, in words. */
function differences(op: Op, f: (numbers: readonly number[]) => number, points: Iterable<readonly number[]>) {
  const found: string[] = [];
  for (const point of points) {
    const [got, want] = [f(point), evaluate(op, point)];
    if (!Object.is(got, want))
      found.push(`${op.name}(${point.map(text)}): ${text(got)} is not ${text(want)}`);
  }
  return found.slice(0, 5);
}

function text(x: number): string {
  return Object.is(x, -0) ? "-0" : String(x);
}

function inDomain(op: Op): fc.Arbitrary<number[]> {
  const intervals = Array.from({ length: op.arity ?? 4 }, (_, i): Interval => op.domain[i] ?? [-3, 3]);
  return fc.tuple(...intervals.map(([min, max]) => fc.double({ min, max, noNaN: true })));
}

const onScalars = rows.filter(([, { arity, lowered }]) => arity !== undefined && lowered !== undefined);
describe.each(onScalars)("the lowered form of %s is its value to the last bit", (_, op) => {
  const f = traced(op, op.arity!);
  const direct = (point: readonly number[]) => numberOf(lower(op, point));

  test("for special numbers", () => {
    expect(differences(op, f, grid(op.arity!))).toEqual([]);
    expect(differences(op, direct, grid(op.arity!))).toEqual([]);
  });

  test("on its domain, and for any numbers", () => {
    const all = Array.from({ length: op.arity! }, () => anyNumber);
    fc.assert(
      fc.property(fc.oneof(inDomain(op), fc.tuple(...all)), (point) => {
        expect(differences(op, f, [point])).toEqual([]);
        const leaves = point.map((x) => value(x));
        expect(numberOf(lower(op, leaves))).toBe(evaluate(op, point));
      }),
      { ...settings, numRuns: 600 },
    );
  });
});

const onArrays = rows.filter(([, { arity, lowered }]) => arity === undefined && lowered !== undefined);
describe.each(onArrays)("the lowered form of %s is its value to the last bit", (name, op) => {
  const isEntry = name.endsWith("Entry");
  const unit = name === "dot" ? 2 : 1;
  const forms = new Map<string, (numbers: readonly number[]) => number>();
  const formOf = (count: number, k: number | undefined) => {
    const key = `${count} ${k}`;
    if (!forms.has(key)) forms.set(key, traced(op, count, k));
    return forms.get(key)!;
  };

  function check(xs: readonly number[]): void {
    for (const k of isEntry ? xs.keys() : [undefined]) {
      const f = formOf(xs.length, k);
      const given = k === undefined ? xs : [k, ...xs];
      expect(differences(op, () => f(xs), [given])).toEqual([]);
      expect(differences(op, () => numberOf(lower(op, given)), [given])).toEqual([]);
    }
  }

  test("for all pairs of special numbers", () => {
    for (const pair of grid(2)) check(pair);
  });

  test("for arrays of any numbers, with ties and infinities", () => {
    const arrays = fc
      .integer({ min: 1, max: 8 })
      .chain((n) => fc.array(anyNumber, { minLength: n * unit, maxLength: n * unit }));
    const tied = fc
      .constantFrom(
        [1, -1],
        [0, -0],
        [Number.POSITIVE_INFINITY, 1],
        [Number.NEGATIVE_INFINITY, 1],
        [Number.NEGATIVE_INFINITY],
      )
      .chain((some) => fc.array(fc.constantFrom(...some), { minLength: 2 * unit, maxLength: 2 * unit }));
    fc.assert(fc.property(fc.oneof(arrays, tied), check), { ...settings, numRuns: 500 });
  });

  test("for an array of a thousand", () => {
    const n = 1000;
    const xs = Array.from({ length: n }, (_, i) => 3 * Math.sin(i));
    const given = isEntry ? [n / 2, ...xs] : xs;
    const f = traced(op, n, isEntry ? n / 2 : undefined);
    expect(differences(op, () => f(xs), [given])).toEqual([]);
  });
});

test("sum and dot of nothing are 0 when lowered too", () => {
  const empty = rows.filter(([name]) => name === "sum" || name === "dot").map(([, op]) => lower(op, []));
  expect(empty).toEqual([0, 0]);
});

/** How many different expressions the scalars are made of: nodes with the same operation and operands count once. */
function distinct(results: readonly Scalar[]): number {
  const ids = new Map<string, number>();
  const idOf = new Map<Scalar, string>();
  for (const node of topologicalOrder(results.filter((x) => x instanceof Value))) {
    if (node.op === undefined) idOf.set(node, `leaf ${idOf.size}`);
    else {
      const key = `${node.op.name}(${node.operands.map((x) => idOf.get(x) ?? text(Number(x)))})`;
      if (!ids.has(key)) ids.set(key, ids.size);
      idOf.set(node, `node ${ids.get(key)}`);
    }
  }
  return ids.size;
}

test.each([
  ["softmaxEntry", 1],
  ["unitEntry", 3],
])("the entries of %s share all but what is theirs", (name, own) => {
  const op = rows.find(([found]) => found === name)![1];
  const leaves = [value(1), value(2), value(3)];
  const entries = leaves.map((_, k) => expand(op, [k, ...leaves]));
  expect(distinct(entries)).toBe(distinct(entries.slice(0, 1)) + 2 * own);
});

test("a value and its derivative share the exponential", () => {
  const x = value(0.7);
  const sigmoid = rows.find(([name]) => name === "sigmoid")![1];
  const softplus = rows.find(([name]) => name === "softplus")![1];
  const own = 3; // relu, log1p, add
  expect(distinct([expand(sigmoid, [x]), expand(softplus, [x])])).toBe(
    distinct([expand(sigmoid, [x])]) + own,
  );
});

const F64 = 0x7c;
const CONVERT_I32_U = 0xb8;
/** What the stack machine runs for an instruction, its operands being on the stack. */
const CODES: Record<Instruction, readonly number[]> = {
  abs: [0x99],
  neg: [0x9a],
  ceil: [0x9b],
  floor: [0x9c],
  sqrt: [0x9f],
  add: [0xa0],
  sub: [0xa1],
  mul: [0xa2],
  div: [0xa3],
  min: [0xa4],
  max: [0xa5],
  eq: [0x61, CONVERT_I32_U],
  ne: [0x62, CONVERT_I32_U],
  lt: [0x63, CONVERT_I32_U],
  gt: [0x64, CONVERT_I32_U],
  le: [0x65, CONVERT_I32_U],
  ge: [0x66, CONVERT_I32_U],
  select: [0x1b],
};

/** A WebAssembly function that is one instruction. */
function assembled(instruction: Instruction, arity: number): (...operands: readonly number[]) => number {
  const get = (index: number) => [0x20, index];
  const operands =
    instruction === "select"
      ? [...get(1), ...get(2), ...get(0), 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x62] // condition ≠ 0
      : Array.from({ length: arity }, (_, i) => get(i)).flat();
  const body = [0, ...operands, ...CODES[instruction], 0x0b];
  const section = (id: number, bytes: readonly number[]) => [id, bytes.length, ...bytes];
  const module = new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, arity, ...new Array<number>(arity).fill(F64), 1, F64]),
      ...section(3, [1, 0]),
      ...section(7, [1, 1, 0x66, 0, 0]),
      ...section(10, [1, body.length, ...body]),
    ]),
  );
  const { f } = new WebAssembly.Instance(module).exports;
  return f as (...operands: readonly number[]) => number;
}

const instructions = rows.filter(([, { instruction }]) => instruction !== undefined);
test.each(instructions)("the instruction of %s gives its value to the last bit", (_, op) => {
  const f = assembled(op.instruction!, op.arity!);
  expect(differences(op, (point) => f(...point), grid(op.arity!))).toEqual([]);
  const all = fc.tuple(...Array.from({ length: op.arity! }, () => anyNumber));
  fc.assert(
    fc.property(fc.oneof(inDomain(op), all), (point) => {
      expect(differences(op, (numbers) => f(...numbers), [point])).toEqual([]);
    }),
    settings,
  );
});

test("each instruction belongs to one row, which has no lowered form", () => {
  expect(instructions.map(([, op]) => op.instruction).sort()).toEqual(Object.keys(CODES).sort());
  expect(instructions.filter(([, op]) => op.lowered !== undefined)).toEqual([]);
});

test("the rows called from compiled code as they are", () => {
  const called = rows.filter(([, op]) => op.lowered === undefined && op.instruction === undefined);
  expect(called.map(([name]) => name).join(" ")).toBe(
    "acos acosh asin asinh atan atan2 atanh cbrt cos cosh erf erfc exp expm1 fmod gaussian hypot log log10 log1p " +
      "log2 normalCdf pow sin sinh sphericalBessel tan tanh",
  );
});

test("select passes the gradient to the branch it takes", () => {
  const gradient = grad(([a, b]: [Value, Value]) => select(a, mul(2, a), mul(3, b)));
  expect(gradient([1, 1])).toEqual([2, 0]);
  expect(gradient([0, 1])).toEqual([0, 3]);
});

describe("defineOp", () => {
  const cube: UnaryDeclaration = {
    name: "cube",
    value: (a) => a * a * a,
    lowered: (a) => mul(mul(a, a), a),
    partials: [(a) => mul(3, mul(a, a))],
  };

  test("keeps the lowered form of a user's operation", () => {
    const { op } = defineOp(cube);
    expect(differences(op, traced(op, 1), grid(1))).toEqual([]);
  });

  test("refuses one that is no function", () => {
    expect(() => defineOp({ ...cube, lowered: "a * a * a" as never })).toThrow(
      'defineOp cube: lowered must be a function of scalars, got the string "a * a * a".',
    );
  });
});
