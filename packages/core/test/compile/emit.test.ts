import { describe, expect, test } from "vitest";
import { type EmitOptions, emit } from "../../src/compile/emit.ts";
import type { Column, Id, Program } from "../../src/compile/program.ts";
import { defineOp } from "../../src/op.ts";
import { add, div, mul, neg, sub } from "../../src/ops/arithmetic.ts";
import { abs, atLeast, atMost, ceil, floor } from "../../src/ops/piecewise.ts";
import { sqrt } from "../../src/ops/powers.ts";
import { select } from "../../src/ops/select.ts";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "../../src/ops/selection.ts";
import { instantiate } from "./emit/images.ts";
import { type BuiltBody, ProgramBuilder } from "./emit/programBuilder.ts";
import { INPUT_COUNT, randomOf, randomProgram } from "./emit/randomPrograms.ts";
import { interpret } from "./emit/reference.ts";

const widths: readonly EmitOptions[] = [{ simd: false }, { lanes: 2 }, { lanes: 4 }, { lanes: 8 }];
const everyWay: readonly EmitOptions[] = [
  ...widths,
  {},
  { functionSize: 20 },
  { functionSize: 20, simd: false },
  { functionSize: 100, lanes: 2 },
];

/** Runs a program in all ways, twice, and expects the numbers that the reference gives, to the last bit. */
function expectSame(
  program: Program,
  inputs: readonly number[],
  ways: readonly EmitOptions[] = everyWay,
): void {
  const expected = interpret(program, inputs);
  for (const options of ways) {
    const run = instantiate(emit(program, options));
    run(inputs.map(() => 1));
    expect(run(inputs), JSON.stringify(options)).toEqual(expected);
  }
}

const specials = [0, -0, 1, -2.5, 3.7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
const pairs = specials.flatMap((a) => specials.map((b) => [a, b] as const));
const unary = [neg, abs, floor, ceil, sqrt];
const comparisons = [greater, greaterEqual, less, lessEqual, equal, notEqual];
const binary = [add, sub, mul, div, atLeast, atMost, ...comparisons];

const halve = defineOp({ name: "halve!é", value: (a) => a / 2, partials: [0.5] });
const difference = defineOp({ name: "difference", value: (a, b) => a - b, partials: [1, -1] });
const choice = defineOp({ name: "choice", value: (c, a, b) => (c > 0 ? a : b), partials: [null, 0, 0] });
const alternating = defineOp({
  name: "alternating",
  value: (xs) => xs.reduce((total, x) => x - total, 0),
  partials: (xs) => xs.map(() => 0),
});

/** Applies all operations there are to all pairs of numbers in all ways. */
function allOperations(builder: ProgramBuilder, a: Id, b: Id): Id[] {
  const zeros = [builder.constant(0), builder.constant(-0)];
  return [
    ...unary.map((operation) => builder.apply(operation, a)),
    ...binary.map((operation) => builder.apply(operation, a, b)),
    ...comparisons.map((compare) => builder.apply(select, builder.apply(compare, a, b), a, b)),
    ...zeros.map((zero) => builder.apply(select, builder.apply(less, a, b), a, zero)),
    ...zeros.map((zero) => builder.apply(select, builder.apply(less, a, b), zero, b)),
    builder.apply(select, builder.apply(equal, a, a), builder.apply(select, b, a, b), b),
    builder.apply(halve, a),
    builder.apply(difference, a, b),
    builder.apply(choice, a, b, a),
    builder.apply(alternating, a, b, b, a),
    builder.apply(alternating),
  ];
}

describe("operations", () => {
  test("one by one", () => {
    const builder = new ProgramBuilder();
    const outputs = allOperations(builder, builder.input(0), builder.input(1));
    const program = builder.build(2, outputs);
    const runs = everyWay.map((options) => instantiate(emit(program, options)));
    for (const pair of pairs) {
      const expected = interpret(program, pair);
      for (const run of runs) expect(run(pair), String(pair)).toEqual(expected);
    }
  });

  test("side by side", () => {
    const builder = new ProgramBuilder();
    const columns: Column[] = [
      { kind: "inputs", first: 0, stride: 2 },
      { kind: "inputs", first: 1, stride: 2 },
    ];
    let count = 0;
    const loop = builder.loop({ count: pairs.length, columns }, () => {
      const stacks = allOperations(builder, builder.column(0), builder.column(1));
      count = stacks.length;
      return { stacks };
    });
    const outputs = pairs.flatMap((_, row) => Array.from({ length: count }, (_, k) => loop.element(row, k)));
    expectSame(builder.build(2 * pairs.length, outputs), pairs.flat());
  });

  test("a comparison that is used as a number, too", () => {
    const builder = new ProgramBuilder();
    const [a, b] = [builder.input(0), builder.input(1)];
    const isLess = builder.apply(less, a, b);
    const program = builder.build(2, [builder.apply(select, isLess, a, b), builder.apply(add, isLess, a)]);
    expectSame(program, [1, 2]);
    expectSame(program, [2, 1]);
  });

  test("outputs that are inputs, constants, or the same result twice", () => {
    const builder = new ProgramBuilder();
    const a = builder.input(1);
    const twice = builder.apply(add, a, a);
    expectSame(builder.build(2, [a, builder.constant(-0), twice, twice, a]), [3, 4]);
    expectSame(builder.build(2, []), [3, 4]);
  });

  test("imports are listed once, under distinct names", () => {
    const builder = new ProgramBuilder();
    const a = builder.input(0);
    const other = defineOp({ name: "halve!é", value: (x) => x / 2, partials: [0.5] });
    const program = builder.build(1, [
      builder.apply(halve, builder.apply(halve, a)),
      builder.apply(other, a),
    ]);
    const image = emit(program);
    expect(image.imports).toEqual([halve.op, other.op]);
    expect(image.importNames).toEqual(["halve!_0", "halve!_1"]);
  });
});

/** A loop over the inputs, of which the body makes what it likes. */
function loopOver(
  count: number,
  build: (builder: ProgramBuilder, x: Id) => BuiltBody,
  rest: { reversed?: boolean; inits?: (builder: ProgramBuilder) => readonly Id[] } = {},
): Program {
  const builder = new ProgramBuilder();
  const inits = rest.inits?.(builder) ?? [];
  const columns: Column[] = [{ kind: "inputs", first: 0, stride: 1 }];
  let built: BuiltBody = {};
  const loop = builder.loop({ count, reversed: rest.reversed ?? false, columns, inits }, () => {
    built = build(builder, builder.column(0));
    return built;
  });
  const { nexts = [], sums = [], stacks = [] } = built;
  return builder.build(count, [
    ...nexts.map((_, k) => loop.final(k)),
    ...sums.map((_, k) => loop.sum(k)),
    ...stacks.flatMap((_, k) => Array.from({ length: count }, (_, row) => loop.element(row, k))),
  ]);
}

const upTo = (count: number) => Array.from({ length: count }, (_, k) => k * (k % 3) - 4);

describe("loops", () => {
  test.each([0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33])("sums and stacks of %d rows", (count) => {
    const program = loopOver(count, (builder, x) => {
      const y = builder.apply(mul, x, x);
      return { sums: [y, x, builder.constant(1)], stacks: [y, x] };
    });
    expectSame(program, upTo(count));
  });

  test.each([1, 2, 3, 5, 8, 13, 19])("more sums than locals, of %d rows", (count) => {
    const program = loopOver(count, (builder, x) => ({
      sums: Array.from({ length: 40 }, (_, k) => builder.apply(mul, x, builder.constant(k))),
    }));
    expectSame(program, upTo(count));
  });

  test.each([1, 40])("rows that are done twice count once in %d sums", (sums) => {
    const program = loopOver(11, (_, x) => ({ sums: Array.from({ length: sums }, () => x) }));
    for (const [row, rows] of specials.map((_, row) => [row, upTo(11)] as const)) {
      rows[row] = Number.POSITIVE_INFINITY;
      expectSame(program, rows);
      rows[(row + 3) % 11] = Number.NEGATIVE_INFINITY;
      expectSame(program, rows);
    }
  });

  test("sums of fractions differ in the last digits only", () => {
    const program = loopOver(1000, (builder, x) => ({ sums: [builder.apply(mul, x, x)] }));
    const inputs = Array.from({ length: 1000 }, (_, k) => Math.sin(k));
    const [expected] = interpret(program, inputs);
    for (const options of everyWay) {
      const [sum] = instantiate(emit(program, options))(inputs);
      expect(Math.abs(sum! / expected! - 1)).toBeLessThan(1e-14);
    }
    expect(instantiate(emit(program, { simd: false }))(inputs)).toEqual([expected]);
  });

  test.each([false, true])("carries are set together (reversed: %s)", (reversed) => {
    const program = loopOver(
      9,
      (builder, x) => {
        const [a, b] = [builder.carry(0), builder.carry(1)];
        return { nexts: [b, builder.apply(sub, a, x)], sums: [a], stacks: [a, builder.apply(add, b, x)] };
      },
      { reversed, inits: (builder) => [builder.constant(1), builder.constant(2)] },
    );
    expectSame(program, upTo(9));
  });

  test.each([false, true])("more carries than locals (reversed: %s)", (reversed) => {
    const program = loopOver(
      5,
      (builder, x) => {
        const carries = Array.from({ length: 50 }, (_, k) => builder.carry(k));
        return { nexts: carries.map((_, k) => builder.apply(sub, carries[(k + 1) % 50]!, x)) };
      },
      { reversed, inits: (builder) => Array.from({ length: 50 }, (_, k) => builder.constant(k)) },
    );
    expectSame(program, upTo(5));
  });

  test("columns of every kind, read by a loop that follows", () => {
    const builder = new ProgramBuilder();
    const count = 7;
    const inputs = Array.from({ length: count }, (_, k) => builder.input(20 - 3 * k));
    const mixed = inputs.map((id, k) => (k % 2 === 0 ? id : builder.apply(neg, id)));
    const first = builder.loop({ count, columns: [{ kind: "inputs", first: 1, stride: 2 }] }, () => ({
      stacks: [builder.apply(mul, builder.column(0), builder.column(0))],
    }));
    const columns: Column[] = [
      { kind: "stack", loop: first.number, stack: 0 },
      { kind: "constants", numbers: Float64Array.from(inputs, (_, k) => 10 ** k) },
      { kind: "list", ids: inputs },
      { kind: "list", ids: mixed },
      { kind: "inputs", first: 3, stride: 0 },
    ];
    const second = builder.loop({ count, columns }, () => {
      const all = columns.map((_, k) => builder.column(k));
      return { stacks: [builder.apply(alternating, ...all)], sums: all };
    });
    const outputs = [...columns.map((_, k) => second.sum(k)), second.element(3), first.element(2)];
    expectSame(builder.build(24, outputs), upTo(24));
  });

  test("a loop in a loop in lanes: its rows one by one, those of the outer one side by side", () => {
    const builder = new ProgramBuilder();
    const inner = 5;
    const rows: Column[] = [{ kind: "inputs", first: inner, stride: 1 }];
    const outer = builder.loop({ count: 13, columns: rows }, () => {
      const x = builder.column(0);
      const weights: Column[] = [{ kind: "inputs", first: 0, stride: 1 }];
      const powers = builder.loop({ count: inner, columns: weights, inits: [builder.constant(1)] }, () => {
        const next = builder.apply(mul, builder.carry(0), x);
        return { nexts: [next], stacks: [builder.apply(mul, builder.column(0), next), builder.column(0)] };
      });
      const columns: Column[] = [0, 1].map((stack) => ({ kind: "stack", loop: powers.number, stack }));
      const back = builder.loop({ count: inner, reversed: true, columns, inits: [x] }, () => {
        const sum = builder.apply(add, builder.column(0), builder.column(1));
        return { nexts: [builder.apply(sub, sum, builder.carry(0))], sums: [sum] };
      });
      const last = powers.element(2);
      return { sums: [back.sum(0), back.final(0), last], stacks: [powers.final(0)] };
    });
    const stacked = Array.from({ length: 13 }, (_, row) => outer.element(row));
    expectSame(builder.build(inner + 13, [outer.sum(0), outer.sum(1), outer.sum(2), ...stacked]), upTo(18));
  });

  test("lanes in a loop with carries", () => {
    const builder = new ProgramBuilder();
    const outer = builder.loop({ count: 6, inits: [builder.input(0)] }, () => {
      const w = builder.carry(0);
      const columns: Column[] = [{ kind: "inputs", first: 1, stride: 1 }];
      const loss = builder.loop({ count: 10, columns }, () => ({
        sums: [builder.apply(sub, builder.column(0), w)],
      }));
      return { nexts: [builder.apply(sub, w, loss.sum(0))], stacks: [loss.sum(0)] };
    });
    expectSame(builder.build(11, [outer.final(0), outer.element(5)]), upTo(11));
  });

  test("how many rows go side by side", () => {
    const lanesOf = (count: number, length: number, options?: EmitOptions) => {
      const program = loopOver(count, (builder, x) => {
        let y = x;
        for (let k = 0; k < length; k++) y = builder.apply(add, y, x);
        return { sums: [y] };
      });
      return emit(program, options).lanes;
    };
    expect(lanesOf(100, 3)).toEqual([8]);
    expect(lanesOf(100, 100)).toEqual([4]);
    expect(lanesOf(100, 2000)).toEqual([2]);
    expect(lanesOf(5, 3)).toEqual([4]);
    expect(lanesOf(1, 3)).toEqual([1]);
    expect(lanesOf(100, 3, { simd: false })).toEqual([1]);
    expect(lanesOf(100, 3, { lanes: 2 })).toEqual([2]);
  });
});

describe("rows of weights", () => {
  /** The gradient of Σ_rows δ · x over `count` rows of `width` numbers and a δ: a sum for each of the numbers. */
  const gradient = (count: number, width: number, order: (rows: number[]) => number[] = (rows) => rows) => {
    const builder = new ProgramBuilder();
    const stride = width + 1;
    const columns: Column[] = upTo(stride).map((_, k) => ({ kind: "inputs", first: k, stride }));
    const loop = builder.loop({ count, columns }, () => {
      const ids = columns.map((_, k) => builder.column(k));
      const delta = builder.apply(neg, ids[width]!);
      const isZero = builder.apply(equal, delta, builder.constant(0));
      const list: Column = { kind: "list", ids: ids.slice(0, width) };
      const forwards = builder.loop({ count: width, columns: [list, list] }, () => ({
        sums: [builder.apply(mul, builder.column(0), builder.column(1))],
      }));
      const backwards = builder.loop({ count: width, reversed: true, columns: [list] }, () => {
        const product = builder.apply(mul, delta, builder.column(0));
        return { stacks: [builder.apply(select, isZero, builder.constant(0), product)] };
      });
      const rows = order(Array.from({ length: width }, (_, row) => row));
      return { sums: [forwards.sum(0), ...rows.map((row) => backwards.element(row)), delta] };
    });
    const sums = order(upTo(width)).length + 2;
    return builder.build(
      stride * count,
      Array.from({ length: sums }, (_, k) => loop.sum(k)),
    );
  };

  test.each([1, 2, 3, 5, 8, 13])("%d rows, of which some may be done twice", (count) => {
    for (const width of [7, 8, 9, 40, 41]) {
      const inputs = upTo((width + 1) * count).map((x, k) => (k % 5 === 0 ? 0 : x));
      expectSame(gradient(count, width), inputs);
      expectSame(
        gradient(count, width, (rows) => rows.toReversed()),
        inputs,
      );
      expectSame(
        gradient(count, width, (rows) => rows.filter((row) => row % 2 === 1)),
        inputs,
      );
    }
  });

  test("rows that are done twice count once, whatever they hold", () => {
    const inputs = upTo(11 * 41);
    inputs[10 * 41] = Number.POSITIVE_INFINITY;
    inputs[3 * 41] = Number.NEGATIVE_INFINITY;
    inputs[5 * 41 + 7] = Number.NaN;
    expectSame(gradient(11, 40), inputs);
  });

  test("code does not grow with the number of weights", () => {
    const sizeFor = (width: number) => emit(gradient(13, width)).bytes.length;
    expect(Math.abs(sizeFor(20_000) - sizeFor(50))).toBeLessThan(200);
  });

  test("two vectors where bodies with loops are long", () => {
    const program = loopOver(100, (builder, x) => {
      const columns: Column[] = [{ kind: "inputs", first: 0, stride: 1 }];
      const inner = builder.loop({ count: 10, columns }, () => ({
        sums: [builder.apply(mul, builder.column(0), x)],
      }));
      let y = inner.sum(0);
      for (let k = 0; k < 2000; k++) y = builder.apply(add, y, x);
      return { sums: [y] };
    });
    expect(emit(program).lanes).toContain(4);
  });
});

test("random programs", { timeout: 30_000 }, () => {
  for (let seed = 0; seed < 100; seed++) {
    const random = randomOf(seed);
    const program = randomProgram(random);
    expectSame(
      program,
      Array.from({ length: INPUT_COUNT }, () => random(11) - 5),
    );
  }
});

describe("outputs", () => {
  test("constants take no code", () => {
    const constants = Array.from({ length: 1000 }, (_, k) => [0, -0, 1.5, Number.NaN][k < 500 ? 0 : k % 4]!);
    const withOutputs = (values: readonly number[]) => {
      const builder = new ProgramBuilder();
      const doubled = builder.apply(add, builder.input(0), builder.input(0));
      return builder.build(1, [doubled, ...values.map((value) => builder.constant(value)), doubled]);
    };
    expectSame(withOutputs(constants), [3]);
    const sizeOf = (values: readonly number[]) => emit(withOutputs(values)).functionSizes[0]!;
    expect(sizeOf(constants) - sizeOf([])).toBeLessThan(4);
  });

  /** Per row, each of three stacks; then one of them last row first; then all sums. */
  const manyOutputs = (count: number) => {
    const builder = new ProgramBuilder();
    const columns: Column[] = [{ kind: "inputs", first: 0, stride: 1 }];
    const loop = builder.loop({ count, columns }, () => {
      const x = builder.column(0);
      const stacks = [x, builder.apply(neg, x), builder.apply(mul, x, x), builder.apply(add, x, x)];
      return { stacks, sums: Array.from({ length: 40 }, (_, k) => stacks[k % 4]!) };
    });
    const rows = Array.from({ length: count }, (_, row) => row);
    return builder.build(count, [
      loop.sum(3),
      ...rows.flatMap((row) => [loop.element(row, 0), loop.element(row, 1), loop.element(row, 0)]),
      ...rows.toReversed().map((row) => loop.element(row, 2)),
      ...Array.from({ length: 40 }, (_, k) => loop.sum(k)),
      ...rows.slice(1).map((row) => loop.element(row, 3)),
      loop.element(0, 3),
    ]);
  };

  test("rows that come out together", () => {
    expectSame(manyOutputs(37), upTo(37));
    expectSame(manyOutputs(2), upTo(2));
  });

  test("code does not grow with the number of rows", () => {
    const sizeFor = (count: number) => emit(manyOutputs(count)).bytes.length;
    expect(Math.abs(sizeFor(100_001) - sizeFor(101))).toBeLessThan(2000);
  });
});

describe("long bodies", () => {
  /** Sums and products of results that are mostly recent. */
  const longChain = (builder: ProgramBuilder, first: readonly Id[], length: number) => {
    const random = randomOf(length);
    const ids = [...first];
    for (let k = 0; k < length; k++) {
      const recent = ids[ids.length - 1 - random(Math.min(40, ids.length))]!;
      const any = ids[random(ids.length)]!;
      ids.push(builder.apply(k % 2 === 0 ? sub : atMost, recent, any));
    }
    return ids.slice(-100);
  };

  test("100,000 instructions", () => {
    const builder = new ProgramBuilder();
    const program = builder.build(
      10,
      longChain(
        builder,
        upTo(10).map((_, k) => builder.input(k)),
        100_000,
      ),
    );
    const image = emit(program);
    expect(image.functionSizes.length).toBeGreaterThan(20);
    expect(Math.max(...image.functionSizes)).toBeLessThan(200_000);
    expectSame(program, upTo(10), [{}]);
  });

  test("of loops, with carries and without", () => {
    for (const inits of [[], [0, 1]]) {
      const program = loopOver(
        11,
        (builder, x) => {
          const carries = inits.map((_, k) => builder.carry(k));
          const ids = longChain(builder, [x, ...carries], 3000);
          return { nexts: inits.map((k) => ids[k]!), sums: ids.slice(10), stacks: ids.slice(0, 3) };
        },
        { inits: (builder) => inits.map((k) => builder.constant(k)) },
      );
      expectSame(program, upTo(11));
    }
  });
});
