import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interpreter } from "../../src/compile/interpret.ts";
import { lower } from "../../src/compile/lower.ts";
import type { Id, Program } from "../../src/compile/program.ts";
import { canReplay, planOf } from "../../src/compile/replay/plan.ts";
import { replayer } from "../../src/compile/replay/replayer.ts";
import { replayImage } from "../../src/compile/replay/replayImage.ts";
import { shapeOf } from "../../src/compile/shape.ts";
import { traceCall } from "../../src/compile/trace.ts";
import {
  add,
  defineOp,
  mul,
  type Op,
  type Scalar,
  sin,
  sum,
  tanh,
  type Value,
  valueAndGrad,
} from "../../src/index.ts";
import { neg, scale, sub } from "../../src/ops/arithmetic.ts";
import { select } from "../../src/ops/select.ts";
import { equal, greater } from "../../src/ops/selection.ts";
import { instantiate } from "./emit/images.ts";
import { ProgramBuilder } from "./emit/programBuilder.ts";
import { type Random, randomOf } from "./emit/randomPrograms.ts";

const between = defineOp({
  name: "between",
  value: (x, a, b) => (a <= x && x <= b ? 1 : 0),
  partials: [0, 0, 0],
});
const alternate = defineOp({
  name: "alternate",
  value: (xs) => xs.reduce((total, x) => x - total, 0),
  partials: (xs) => xs.map(() => 0),
});
const operations: readonly { readonly op: Op }[] = [
  ...[add, add, add, mul, mul, sub, neg, sin, greater, equal],
  ...[select, select, between, alternate],
];

const INPUTS = 10;
const SPECIAL = [0, -0, 1, -1, 0.1, 1e308, 5e-324, Number.POSITIVE_INFINITY, Number.NaN];

/** Many instructions on few recent results, with scales and long sums among them; what is not read is not needed. */
function randomProgram(random: Random): Program {
  const builder = new ProgramBuilder();
  const known: Id[] = Array.from({ length: INPUTS }, (_, i) => builder.input(i));
  for (const x of SPECIAL) known.push(builder.constant(x));
  const zero = builder.constant(0);
  const window = 5 + random(60);
  const pick = () =>
    random(8) === 0 ? known[random(known.length)]! : known[Math.max(0, known.length - 1 - random(window))]!;
  for (let steps = random(1200); steps > 0; steps--) {
    const kind = random(10);
    if (kind < 3) {
      const a = pick();
      const product = builder.apply(mul, a, pick());
      known.push(builder.apply(select, builder.apply(equal, a, zero), zero, product));
    } else if (kind === 3) {
      let total = pick();
      for (let terms = random(20); terms > 0; terms--) total = builder.apply(add, total, pick());
      known.push(total);
    } else {
      const operation = operations[random(operations.length)]!;
      const count = operation.op.arity ?? random(5);
      known.push(builder.apply(operation, ...Array.from({ length: count }, pick)));
    }
  }
  return builder.build(INPUTS, Array.from({ length: random(30) }, pick));
}

function interpret(program: Program, inputs: readonly number[]): number[] {
  const executable = interpreter(program);
  executable.inputs.set(inputs);
  executable.run();
  return [...executable.outputs];
}

function replay(program: Program): (inputs: readonly number[]) => number[] {
  const executable = replayer(program);
  return (inputs) => {
    executable.inputs.set(inputs);
    executable.run();
    return [...executable.outputs];
  };
}

function lowered(f: (x: Value[]) => unknown, x: readonly number[]): Program {
  return lower(traceCall(f, [shapeOf(x, "x", (item) => typeof item === "number")])).program;
}

/** A graph of scalars with operands among the `window` before. */
function graphOf(count: number, window: number, random: Random): (x: Value[]) => Scalar {
  return (x) => {
    const nodes: Scalar[] = [...x];
    for (let i = 0; i < count; i++) {
      const [a, b] = [0, 1].map(() => nodes[Math.max(0, nodes.length - 1 - random(window))]!) as [
        Scalar,
        Scalar,
      ];
      const kind = random(20);
      nodes.push(kind < 9 ? add(a, mul(0.5, b)) : kind < 18 ? mul(a, b) : kind === 18 ? sin(a) : tanh(a));
    }
    return sum(nodes.slice(-window));
  };
}

describe("replays give the same bits as the interpreter", () => {
  test("for random programs", () => {
    const anyNumber = fc.oneof(fc.constantFrom(...SPECIAL), fc.double({ min: -4, max: 4, noNaN: true }));
    const numbers = fc.array(anyNumber, { minLength: INPUTS, maxLength: INPUTS });
    fc.assert(
      fc.property(fc.integer(), numbers, numbers, (seed, first, second) => {
        const program = randomProgram(randomOf(seed));
        const [inWasm, inScript] = [
          instantiate(replayImage(program, { patterns: 40, leaves: 6, often: 2 })),
          replay(program),
        ];
        for (const inputs of [first, second]) {
          const wanted = interpret(program, inputs);
          expect(inWasm(inputs)).toEqual(wanted);
          expect(inScript(inputs)).toEqual(wanted);
        }
      }),
      { numRuns: 150, seed: 8, endOnFailure: true },
    );
  });

  test.each([[7], [100], [5000]])(
    "for the gradient of a graph with operands among the %d before",
    (window) => {
      const x = Array.from({ length: 20 }, (_, i) => Math.sin(i + 1));
      const program = lowered(
        valueAndGrad(graphOf(5000, window, randomOf(3)) as (x: Value[]) => Value, { unconnected: "zero" }),
        x,
      );
      const wanted = interpret(program, x);
      expect(instantiate(replayImage(program))(x)).toEqual(wanted);
      expect(replay(program)(x)).toEqual(wanted);
    },
  );

  test("for the gradient of a chain of 50,000", () => {
    const chain = ([a, b]: Value[]) => {
      let y: Value = a!;
      for (let i = 0; i < 50_000; i++) y = i % 3 === 0 ? y.sin() : i % 3 === 1 ? y.mul(b!) : y.add(0.25);
      return y;
    };
    const program = lowered(valueAndGrad(chain), [0.5, 1.1]);
    expect(instantiate(replayImage(program))([0.5, 1.1])).toEqual(interpret(program, [0.5, 1.1]));
  });
});

describe("a plan", () => {
  test("takes what is alike and independent in one run", () => {
    const program = lowered((x) => x.map((item) => item.mul(item).add(1)), new Array<number>(100).fill(2));
    const { words, patterns } = planOf(program, { patterns: 8, leaves: 8, often: 64 });
    expect(words.length).toBe(2 + 2 * 100);
    expect(patterns.map(({ size, leaves }) => [size, leaves])).toEqual([[2, 2]]);
  });

  test("makes a scale one operation, and a long sum another", () => {
    const scales = lowered(([a, b]) => scale(a!, b!), [1, 2]);
    expect(planOf(scales, { patterns: 0, leaves: 0, often: 0 }).patterns.map(({ op }) => op)).toEqual([
      "scale",
    ]);
    const terms = lowered((x) => sum(x), new Array<number>(50).fill(1));
    const { patterns, resultCount } = planOf(terms, { patterns: 0, leaves: 0, often: 0 });
    expect(patterns.map(({ op }) => op)).toEqual(["sum"]);
    expect(resultCount).toBe(1);
  });

  test("gives inputs, constants and the same result twice as outputs", () => {
    const builder = new ProgramBuilder();
    const [a, b, c] = [builder.input(0), builder.input(1), builder.constant(-0)];
    const total = builder.apply(add, a, b);
    const program = builder.build(3, [b, c, total, total]);
    expect(instantiate(replayImage(program))([1, 2, 3])).toEqual([2, -0, 3, 3]);
    expect(replay(program)([1, 2, 3])).toEqual([2, -0, 3, 3]);
  });

  test("of nothing is empty", () => {
    const program = new ProgramBuilder().build(0, []);
    expect(instantiate(replayImage(program))([])).toEqual([]);
    expect(replay(program)([])).toEqual([]);
  });

  test("is not for loops", () => {
    const builder = new ProgramBuilder();
    const loop = builder.loop({ count: 3, columns: [{ kind: "inputs", first: 0, stride: 1 }] }, () => ({
      sums: [builder.column(0)],
    }));
    const program = builder.build(3, [loop.sum(0)]);
    expect(canReplay(program)).toBe(false);
    expect(canReplay(new ProgramBuilder().build(0, []))).toBe(true);
  });
});
