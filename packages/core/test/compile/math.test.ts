import { describe, expect, test } from "vitest";
import { Memory } from "../../src/compile/emit/memory.ts";
import { type EmitOptions, emit } from "../../src/compile/emit.ts";
import { functionOf } from "../../src/compile/math/functionOf.ts";
import { ownFunctions } from "../../src/compile/math/functions.ts";
import type { Formula, Width } from "../../src/compile/math/term.ts";
import type { Program } from "../../src/compile/program.ts";
import { Code } from "../../src/compile/wasm/code.ts";
import { encodeModule } from "../../src/compile/wasm/encoder.ts";
import type { Op, Unary } from "../../src/op.ts";
import { tanh } from "../../src/ops/hyperbolic.ts";
import { exp, log1p, sqrt } from "../../src/ops/powers.ts";
import { sin } from "../../src/ops/trigonometric.ts";
import { instantiate } from "./emit/images.ts";
import { ProgramBuilder } from "./emit/programBuilder.ts";
import { randomOf } from "./emit/randomPrograms.ts";
import { interpret } from "./emit/reference.ts";

const BLOCK = 1 << 12;
const own = [...ownFunctions].map(([op, { formula }]) => ({ op, formula, name: op.name }));

/** Maps numbers by a module of one loop that calls the function of a formula. */
function mapperOf(formula: Formula, width: Width): (numbers: readonly number[]) => Float64Array {
  const memory = new Memory();
  const at = memory.take(8 * BLOCK);
  const called = functionOf(formula, width, memory);
  const [load, store] =
    width === 1 ? (["f64.load", "f64.store"] as const) : (["v128.load", "v128.store"] as const);
  const loop = new Code().begin("loop");
  loop.emit("local.get", 0).emit("local.get", 0).access(load, at).emit("call", 0).access(store, at);
  loop
    .emit("local.get", 0)
    .i32(8 * width)
    .emit("i32.add")
    .emit("local.tee", 0);
  loop
    .i32(8 * BLOCK)
    .emit("i32.ne")
    .emit("br_if", 0)
    .emit("end");
  const bytes = encodeModule({
    imports: [],
    functions: [called, { signature: { params: [], results: [] }, locals: ["i32"], code: loop }],
    pages: memory.pages,
    exports: [
      { name: "memory", kind: "memory", index: 0 },
      { name: "run", kind: "function", index: 1 },
    ],
    data: memory.data,
  });
  const module = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
  const { exports } = new WebAssembly.Instance(module);
  const { memory: shared, run } = exports as { memory: WebAssembly.Memory; run: () => void };
  const numbers = new Float64Array(shared.buffer, at, BLOCK);
  return (inputs) => {
    const results = new Float64Array(inputs.length);
    for (let from = 0; from < inputs.length; from += BLOCK) {
      const block = inputs.slice(from, from + BLOCK);
      numbers.set(block);
      run();
      results.set(numbers.subarray(0, block.length), from);
    }
    return results;
  };
}

/** What the function gives, where it is not what the operation gives. */
function differences(op: Op, formula: Formula, inputs: readonly number[]): string[] {
  const value = op.value as (x: number) => number;
  const expected = inputs.map(value);
  return ([1, 2] as const).flatMap((width) => {
    const results = mapperOf(formula, width)(inputs);
    return inputs.flatMap((x, i) =>
      Object.is(results[i], expected[i])
        ? []
        : [`${width}: ${op.name}(${x}) = ${results[i]}, not ${expected[i]}`],
    );
  });
}

const view = new DataView(new ArrayBuffer(8));

/** The number so many steps further from 0. */
function further(x: number, steps: number): number {
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(steps));
  return view.getFloat64(0);
}

/** The high words at which fdlibm changes its formulas. */
const highWords = [
  ...[0x3fd62e42, 0x3fd62e43, 0x3ff0a2b2, 0x3e300000, 0x3c900000, 0x4043687a, 0x40862e42, 0x3fda827a],
  ...[0x3fd2bec4, 0x3fd2bec5, 0x3e200000, 0x43400000, 0x3fe6147a, 0x3ff6147a, 0x3ff6b851, 0x3fe6b852],
  ...[0x3ff6a09c, 0x3fe6a09c, 0x3ff6a09e, 0x3fe6a09e, 0x3feffffe, 0x3fefffff, 0x3ff00001, 0x3c800000],
];

/** Numbers at which something changes, and their neighbours. */
function specialNumbers(): number[] {
  const centres = [1, 2, 22, 19.25, 709.782712893384, 745.1332191019411, 710.4758600739439, 0.25, 0.4375];
  for (let k = 1; k <= 1100; k++) centres.push(k * Math.LN2, (k - 0.5) * Math.LN2, Math.sqrt(2) ** k);
  for (let exponent = -1074; exponent <= 1023; exponent++) centres.push(2 ** exponent);
  for (const high of highWords) {
    view.setUint32(0, high);
    view.setUint32(4, 0);
    centres.push(view.getFloat64(0));
  }
  const near = centres.flatMap((x) => [-3, -2, -1, 0, 1, 2, 3].map((steps) => further(x, steps)));
  return [0, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE, ...near].flatMap((x) => [
    x,
    -x,
    x - 1,
    1 - x,
  ]);
}

const below = randomOf(20_240_607);

/** At least 0, less than 1. */
function random(): number {
  return below(2 ** 32) * 2 ** -32 + below(2 ** 32) * 2 ** -64;
}

/** Numbers of all sizes, and of those that matter. */
function randomNumbers(count: number): number[] {
  const samplers = [
    () => {
      view.setUint32(0, below(2 ** 32));
      view.setUint32(4, below(2 ** 32));
      return view.getFloat64(0);
    },
    () => 4 * random() - 2,
    () => 100 * random() - 50,
    () => 1500 * random() - 750,
    () => (random() - 0.5) * 2 ** -Math.floor(60 * random()),
    () => 1 + (random() - 0.5) * 2 ** -Math.floor(54 * random()),
    () => random() * 2 ** (Math.floor(200 * random()) - 100),
  ];
  return Array.from({ length: count }, (_, i) => samplers[i % samplers.length]!());
}

describe("the module's own functions give what Math gives, to the last bit", () => {
  const inputs = [...specialNumbers(), ...randomNumbers(200_000)];
  test.each(own)("$name", ({ op, formula }) => {
    expect(differences(op, formula, inputs).slice(0, 5)).toEqual([]);
  });
});

describe("a module", () => {
  const inputs = [-30, -0.7, -0, 1e-20, 0.3, 2.5, 800];

  /** Operations on each input, and on the first by itself. */
  function programOf(operations: readonly Unary[], isAlsoAlone = false): Program {
    const builder = new ProgramBuilder();
    const columns = [{ kind: "inputs", first: 0, stride: 1 }] as const;
    const loop = builder.loop({ count: inputs.length, columns }, () => {
      const x = builder.column(0);
      return { stacks: operations.map((operation) => builder.apply(operation, x)) };
    });
    const alone = isAlsoAlone
      ? operations.map((operation) => builder.apply(operation, builder.input(0)))
      : [];
    const elements = operations.flatMap((_, k) => inputs.map((_, row) => loop.element(row, k)));
    return builder.build(inputs.length, [...alone, ...elements]);
  }

  test("computes what it can itself, and gives the same numbers", () => {
    const program = programOf([exp, tanh, sin, log1p, tanh], true);
    const expected = interpret(program, inputs);
    for (const maths of [true, false]) {
      for (const options of [
        {},
        { simd: false },
        { lanes: 2 },
        { lanes: 4 },
        { functionSize: 20 },
      ] as const) {
        expect(instantiate(emit(program, { ...options, maths }))(inputs)).toEqual(expected);
      }
    }
  });

  test("imports what it calls from outside only", () => {
    const operations = [exp, tanh, sin];
    const importsOf = (isAlsoAlone: boolean, options: EmitOptions) =>
      emit(programOf(operations, isAlsoAlone), options).imports.map(({ name }) => name);
    expect(importsOf(false, {})).toEqual(["sin"]);
    // A single exp takes less time as a call of Math.exp.
    expect(importsOf(true, {})).toEqual(["sin", "exp"]);
    expect(importsOf(false, { simd: false })).toEqual(["exp", "sin"]);
    expect(importsOf(false, { maths: false })).toEqual(["exp", "tanh", "sin"]);
  });

  test("has each function once, and those that it calls only", () => {
    const sizeOf = (operations: readonly Unary[]) => emit(programOf(operations)).functionSizes.length;
    expect(sizeOf([sqrt])).toBe(1);
    expect(sizeOf([exp, exp])).toBe(2);
    expect(sizeOf([exp, tanh, exp])).toBe(3);
  });
});
