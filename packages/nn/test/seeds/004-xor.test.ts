/**
 * Document 004: XOR by gradient descent, Jacobians, forward and backward propagation, convention B.
 *
 * Of its Jacobians [2x₁ + x₂, πx₂, −x₁/x₂], f∘g ⇒ [3/4, 0], [w₁/w₂, −w₂, log w₁], 2ax + b/y and ∂(Wx)/∂vec[W] are
 * tested in core, test/transforms/jacobian.test.ts, "matrix calculus of the lecture notes"; here they are compiled.
 */
import {
  add,
  compile,
  div,
  grad,
  jacobian,
  log,
  mean,
  mul,
  neg,
  relu,
  type Scalar,
  square,
  sub,
  type Value,
  value,
  zeroGrad,
} from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { Layer, MLP, Neuron, Random, xor } from "../../src/index.ts";
import { hadamard, type Matrix, outer, plus, product, times, transpose, vector } from "./algebra.ts";
import { areClose, expectClose } from "./close.ts";
import { ways } from "./ways.ts";

const NAMES = ["w1", "w2", "w3", "w4", "w5", "w6", "b1", "b2", "b3"] as const;

/** ŷ = w5·relu(w1x1 + w2x2 + b1) + w6·relu(w3x1 + w4x2 + b2) + b3, of parameters with the names of the document. */
function xorNet(numbers: readonly number[]): { mlp: MLP; parameters: Value[] } {
  const parameters = numbers.map((x, i) => value(x, NAMES[i]!));
  const [w1, w2, w3, w4, w5, w6, b1, b2, b3] = parameters;
  const hidden = Layer.of([
    Neuron.of([w1!, w2!], b1!, { activation: "relu" }),
    Neuron.of([w3!, w4!], b2!, { activation: "relu" }),
  ]);
  return {
    mlp: MLP.of([hidden, Layer.of([Neuron.of([w5!, w6!], b3!, { activation: "linear" })])]),
    parameters,
  };
}

const halfSquare = (prediction: Scalar, y: Scalar) => mul(0.5, square(sub(prediction, y))) as Value;

/** The nine ∂f/∂p, each derived by hand. */
function byHand(p: readonly number[], [x1, x2]: readonly number[], y: number): number[] {
  const [w1, w2, w3, w4, w5, w6, b1, b2, b3] = p;
  const [z1, z2] = [w1! * x1! + w2! * x2! + b1!, w3! * x1! + w4! * x2! + b2!];
  const [h1, h2] = [Math.max(0, z1), Math.max(0, z2)];
  const [on1, on2] = [z1 > 0 ? 1 : 0, z2 > 0 ? 1 : 0];
  const e = w5! * h1 + w6! * h2 + b3! - y;
  return [
    e * w5! * on1 * x1!,
    e * w5! * on1 * x2!,
    e * w6! * on2 * x1!,
    e * w6! * on2 * x2!,
    e * h1,
    e * h2,
    e * w5! * on1,
    e * w6! * on2,
    e,
  ];
}

describe("the nine partials", () => {
  test.each(ways)("for the four examples and at random, by %s", (_, way) => {
    const random = new Random(1);
    const { inputs, targets } = xor();
    const examples = [...inputs.map((x, i) => [x, targets[i]!] as const), [vector(random, 2), 0.3] as const];
    for (const [x, y] of examples) {
      const numbers = vector(random, 9);
      const { mlp, parameters } = xorNet(numbers);
      way(() => halfSquare(mlp(x)[0], y), parameters);
      expectClose(
        parameters.map((p) => p.grad),
        byHand(numbers, x, y),
      );
    }
  });

  test("the parameters keep the names of the document, and have those of the net", () => {
    const { mlp, parameters } = xorNet([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(parameters.map((p) => p.label)).toEqual(NAMES);
    expect(mlp.parameter("layers.0.neurons.1.w0").label).toBe("w3");
    expect(mlp.matrices("B")[0]!.W).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test("relu′(0) = 0: with all parameters 0 nothing but b3 gets a gradient", () => {
    for (const [, way] of ways) {
      const { mlp, parameters } = xorNet(new Array(9).fill(0));
      for (const w of [4, 5]) parameters[w]!.data = 1;
      way(() => halfSquare(mlp([1, 1])[0], 1), parameters);
      expect(parameters.map((p) => p.grad + 0)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, -1]);
    }
    expect([grad(relu)(0), compile(grad((x: Value) => relu(x)))(0)]).toEqual([0, 0]);
  });
});

test("gradient descent p ← p − ε ∂f/∂p in minibatches solves XOR: loss < 1e-6", () => {
  const { mlp, parameters } = xorNet([1.1, 0.9, 0.8, 1.2, 0.7, -1.1, 0.1, -0.6, 0.05]);
  const { inputs, targets } = xor();
  const rows = inputs.map((x, i) => ({ x, y: targets[i]! }));
  const loss = compile((batch: { x: Value[]; y: Value }[]) =>
    mean(batch, ({ x, y }) => halfSquare(mlp(x)[0], y)),
  );
  const random = new Random(2);
  const all = () => loss(rows as never) as number;
  const before = all();
  for (let epoch = 0; epoch < 4000; epoch++) {
    const shuffled = random.shuffle(rows);
    for (const batch of [shuffled.slice(0, 2), shuffled.slice(2)]) {
      zeroGrad(parameters);
      loss.backward(batch as never);
      for (const p of parameters) p.data -= 0.1 * p.grad;
    }
  }
  expect(before).toBeGreaterThan(0.01);
  expect(all()).toBeLessThan(1e-6);
});

describe("Jacobians", () => {
  type Vector = readonly Value[];
  const [x1, x2] = [3, 4];
  const rows: [string, (x: Vector) => Scalar[], number[], Matrix][] = [
    [
      "[2x₁ + x₂, πx₂, −x₁/x₂]",
      ([a, b]) => [add(mul(2, a!), b!), mul(Math.PI, b!), neg(div(a!, b!))],
      [x1, x2],
      [
        [2, 1],
        [0, Math.PI],
        [-1 / x2, x1 / x2 ** 2],
      ],
    ],
    [
      "[w₁/w₂, −w₂, log w₁]",
      ([a, b]) => [div(a!, b!), neg(b!), log(a!)],
      [x1, x2],
      [
        [1 / x2, -x1 / x2 ** 2],
        [0, -1],
        [1 / x1, 0],
      ],
    ],
    ["2ax + b/y from (x, y)", ([x, y]) => [add(mul(2 * 5, x!), div(6, y!))], [x1, x2], [[10, -6 / x2 ** 2]]],
    ["2ax + b/y from (a, b)", ([a, b]) => [add(mul(2 * x1, a!), div(b!, x2))], [5, 6], [[2 * x1, 1 / x2]]],
  ];

  test.each(rows)("%s, eager and compiled", (_, f, at, want) => {
    expectClose(jacobian(f)(at) as number[][], want);
    expectClose(compile(jacobian(f))(at) as number[][], want);
  });

  test("the gradient is the transpose of a Jacobian of one row", () => {
    const f = ([a, b]: Vector) => mul(square(a!), b!);
    const row = jacobian((x: Vector) => [f(x)])([x1, x2]) as number[][];
    expectClose(
      transpose(row),
      (grad(f)([x1, x2]) as number[]).map((g) => [g]),
    );
  });

  test("f∘g: Jacobian of f times Jacobian of g, [3/4, 0]; the order matters", () => {
    const f = ([a, b, c]: Vector) => [add(sub(a!, mul(2, b!)), div(c!, 4)) as Value];
    const g = ([a, b]: Vector) => [add(a!, mul(2, b!)), b!, add(neg(a!), 3)] as Value[];
    const ofF = jacobian(f)([1, 2, 3]) as number[][];
    const ofG = jacobian(g)([1, 2]) as number[][];
    const composed = jacobian((x: Vector) => f(g(x)));
    expect(product(ofF, ofG)).toEqual([[0.75, 0]]);
    expectClose(composed([1, 2]) as number[][], [[0.75, 0]]);
    expectClose(compile(composed)([1, 2]) as number[][], [[0.75, 0]]);
    expect(() => product(ofG, ofF)).toThrow("no product of 3 × 2 and 1 × 3");
    const swap = ([a, b]: Vector) => [b!, a!];
    const scale = ([a, b]: Vector) => [mul(2, a!), mul(3, b!)] as Value[];
    const [ofSwap, ofScale] = [swap, scale].map((h) => jacobian(h)([1, 2]) as number[][]);
    const whole = jacobian((x: Vector) => swap(scale(x)))([1, 2]) as number[][];
    expectClose(whole, product(ofSwap!, ofScale!));
    expect(areClose(whole, product(ofScale!, ofSwap!))).toBe(false);
  });

  test("∂(Wx)/∂vec[W] = [[x₁, x₂, 0, 0], [0, 0, x₁, x₂]] of a linear layer", () => {
    const layerOf = ([a, b, c, d]: Vector) => {
      const rowsOfW = [
        [a!, b!],
        [c!, d!],
      ];
      return Layer.of(rowsOfW.map((w) => Neuron.of(w, 0, { activation: "linear" })))([x1, x2]);
    };
    const want = [
      [x1, x2, 0, 0],
      [0, 0, x1, x2],
    ];
    expectClose(jacobian(layerOf)([5, 6, 7, 8]) as unknown as number[][], want);
    expectClose(compile(jacobian(layerOf))([5, 6, 7, 8]) as unknown as number[][], want);
  });
});

describe("a network is a composition of functions", () => {
  const random = new Random(3);
  const mlp = new MLP(2, [3, 1], { activation: "relu", random });
  const [one, two] = mlp.matrices("B");
  const x = vector(random, 2);

  test("forward propagation yields z, h, ŷ", () => {
    const { layers, outputs } = mlp.forward(x);
    const z = plus(times(one!.W, x), one!.b);
    const h = z.map((zi) => Math.max(0, zi));
    expectClose(
      layers[0]!.z.map(({ data }) => data),
      z,
    );
    expectClose(
      layers[0]!.a.map(({ data }) => data),
      h,
    );
    expectClose(outputs[0].data, times(two!.W, h)[0]! + two!.b[0]!);
    expectClose(compile((v: Value[]) => mlp(v))(x)[0], outputs[0].data);
  });

  test("the Jacobian is the product of Jacobians, of each layer at what the one before gives", () => {
    const h = mlp.layers[0]!(x).map(({ data }) => data);
    const of = (f: (v: Vector) => unknown, at: number[]) => jacobian(f)(at) as number[][];
    type Vector = readonly Value[];
    const want = product(
      of((v: Vector) => mlp.layers[1]!(v), h),
      of((v: Vector) => mlp.layers[0]!(v), x),
    );
    expectClose(
      of((v: Vector) => mlp(v), x),
      want,
    );
    expectClose(compile(jacobian((v: Vector) => mlp(v)))(x) as unknown as number[][], want);
  });

  test.each(ways)("gradient terms share factors: ∂f/∂ŷ in all four, ∂f/∂z in two, by %s", (_, way) => {
    const y = 0.5;
    way(() => halfSquare(mlp(x)[0], y), mlp.parameters());
    const z = plus(times(one!.W, x), one!.b);
    const h = z.map((zi) => Math.max(0, zi));
    const byOutput = [times(two!.W, h)[0]! + two!.b[0]! - y];
    const byZ = hadamard(
      times(transpose(two!.W), byOutput),
      z.map((zi) => (zi > 0 ? 1 : 0)),
    );
    const [first, second] = mlp.matrices("B");
    expectClose(second!.gradW, outer(byOutput, h));
    expectClose(second!.gradb, byOutput);
    expectClose(first!.gradW, outer(byZ, x));
    expectClose(first!.gradb, byZ);
  });

  test("backpropagation computes each shared factor once: as many multiplications again as there are weights", () => {
    const multiplications = (sizes: number[]) => {
      const net = new MLP(4, sizes, { activation: "linear" });
      const { a } = net.forward([1, 2, 3, 4]).layers.at(-1)!;
      a[0].backward({ createGraph: true });
      const weights = net.layers.flatMap(({ neurons }) => neurons.flatMap((neuron) => neuron.weights));
      const nodes = new Set<Value>();
      const visit = (node: Scalar | undefined): void => {
        if (typeof node !== "object" || nodes.has(node)) return;
        nodes.add(node);
        for (const operand of node.operands) visit(operand);
      };
      for (const { gradNode } of weights) visit(gradNode);
      return [...nodes].filter(({ op }) => op?.name === "mul").length;
    };
    const counts = [1, 2, 3, 4, 5].map((depth) => multiplications([...new Array<number>(depth).fill(4), 1]));
    const steps = counts.slice(1).map((count, i) => count - counts[i]!);
    expect(new Set(steps.slice(1)).size).toBe(1);
  });
});
