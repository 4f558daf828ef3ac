/**
 * Document 000: a net of three layers, binary negative log-likelihood, convention A.
 *
 * The clamp of the quotient is tested with the loss that has it, in test/losses/binaryCrossEntropy.test.ts.
 */
import {
  add,
  compile,
  defineOp,
  grad,
  log,
  mean,
  mul,
  neg,
  sigmoid,
  sub,
  type Value,
  value,
} from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { binaryCrossEntropyWithLogits, Layer, MLP, Neuron, Random, type Weights } from "../../src/index.ts";
import { entrywise, hadamard, inner, logistic, outer, plus, times, transpose, vector } from "./algebra.ts";
import { areClose, expectClose } from "./close.ts";
import { ways } from "./ways.ts";

type Label = 0 | 1;

/** −[y log ŷ + (1 − y) log(1 − ŷ)], as it is written. */
const naive = (prediction: Value, y: Label): Value =>
  neg(add(mul(y, log(prediction)), mul(1 - y, log(sub(1, prediction)))));

/** The same, y and 1 − y being selectors of one term. */
const selected = (prediction: Value, y: Label): Value => log(y === 1 ? prediction : sub(1, prediction)).neg();

/** d loss/dŷ. */
const factorFromLoss = (p: number, y: Label) => (1 - y) / (1 - p) - y / p;

const acts = {
  tanh: { of: Math.tanh, slope: (z: number) => 1 - Math.tanh(z) ** 2 },
  relu: { of: (z: number) => Math.max(0, z), slope: (z: number) => (z > 0 ? 1 : 0) },
  sigmoid: { of: logistic, slope: (z: number) => logistic(z) * (1 - logistic(z)) },
} as const;

/** ∂loss/∂(W, b) of layers 1, 2, 3 for one example, as the document derives them. */
function closedForm(
  mlp: MLP,
  act: (typeof acts)[keyof typeof acts],
  x: readonly number[],
  y: Label,
): Weights[] {
  const [one, two, three] = mlp.matrices("A") as readonly Weights[] as readonly [Weights, Weights, Weights];
  const z1 = plus(times(transpose(one.W), x), one.b);
  const a1 = z1.map(act.of);
  const z2 = plus(times(transpose(two.W), a1), two.b);
  const a2 = z2.map(act.of);
  const prediction = logistic(times(transpose(three.W), a2)[0]! + three.b[0]!);
  const scalar = factorFromLoss(prediction, y) * prediction * (1 - prediction);
  const row3 = [scalar];
  const row2 = hadamard(
    three.W.map(([w]) => scalar * w!),
    z2.map(act.slope),
  );
  const row1 = hadamard(times(two.W, row2), z1.map(act.slope));
  return [
    { W: outer(x, row1), b: row1 },
    { W: outer(a1, row2), b: row2 },
    { W: outer(a2, row3), b: row3 },
  ];
}

function meanOf(gradients: readonly Weights[][]): Weights[] {
  const m = gradients.length;
  return gradients[0]!.map((_, l) => ({
    W: entrywise(
      (...all) => all.reduce((s, x) => s + x) / m,
      ...(gradients.map((g) => g[l]!.W) as [number[][]]),
    ),
    b: gradients[0]![l]!.b.map((_, j) => gradients.reduce((s, g) => s + g[l]!.b[j]!, 0) / m),
  }));
}

function problem(activation: keyof typeof acts, seed: number) {
  const random = new Random(seed);
  const size = () => 2 + random.integer(4);
  const mlp = new MLP(size(), [size(), size(), 1], { activation, output: "sigmoid", random });
  for (const { bias } of mlp.layers.flatMap(({ neurons }) => neurons)) bias.data = random.uniform(-0.5, 0.5);
  const data = Array.from({ length: 3 + random.integer(4) }, () => ({
    x: vector(random, mlp.inputs),
    y: random.integer(2) as Label,
  }));
  const cost = (): Value => mean(data.map(({ x, y }) => selected(mlp(x)[0], y)));
  return { mlp, data, cost };
}

describe.each(Object.keys(acts) as (keyof typeof acts)[])("closed forms of layers 3, 2, 1 for %s", (name) => {
  test.each(ways)("every weight and bias, by %s", (_, way) => {
    for (const seed of [1, 2, 3]) {
      const { mlp, data, cost } = problem(name, seed);
      const want = meanOf(data.map(({ x, y }) => closedForm(mlp, acts[name], x, y)));
      way(cost, mlp.parameters());
      mlp.matrices("A").forEach(({ gradW, gradb }, l) => {
        expectClose(gradW, want[l]!.W);
        expectClose(gradb, want[l]!.b);
      });
    }
  });
});

test("how much J changes along one dimension at K: grad with respect to one weight, which a step confirms", () => {
  const { mlp, data, cost } = problem("tanh", 5);
  const w = mlp.parameter("layers.0.neurons.1.w0");
  const want = meanOf(data.map(({ x, y }) => closedForm(mlp, acts.tanh, x, y)))[0]!.W[0]![1]!;
  expectClose(grad(cost, { wrt: w })(), want);
  expectClose(compile(grad(cost, { wrt: w }))(), want);
  const [at, h] = [w.data, 1e-5];
  const [above, below] = [at + h, at - h].map(
    (there) => mlp.set({ "layers.0.neurons.1.w0": there }) && cost().data,
  );
  expect((above! - below!) / (2 * h)).toBeCloseTo(want, 8);
});

describe("the loss", () => {
  test("d loss/dŷ = (1 − y)/(1 − ŷ) − y/ŷ, eager and compiled", () => {
    for (const y of [0, 1] as const) {
      for (const f of [naive, selected]) {
        const slope = grad((p: Value) => f(p, y));
        const compiled = compile(slope);
        for (const p of [1e-6, 0.25, 0.5, 0.9, 0.999]) {
          expectClose(slope(p), factorFromLoss(p, y));
          expectClose(compiled(p), factorFromLoss(p, y));
        }
      }
    }
  });

  test("as written it is NaN at ŷ = 0 and 1; with selectors, and from logits, it is right", () => {
    for (const y of [0, 1] as const) {
      expect(naive(value(y), y).data).toBeNaN();
      expect(compile((p: Value) => naive(p, y))(y)).toBeNaN();
      const exact = (p: Value) => selected(p, y);
      expect(Math.abs(exact(value(y)).data)).toBe(0);
      expect([grad(exact)(y), compile(grad(exact))(y)]).toEqual([1 - 2 * y, 1 - 2 * y]);
      const logit = y === 1 ? 1000 : -1000;
      const fromLogit = (z: Value) => binaryCrossEntropyWithLogits(z, y);
      expect(fromLogit(value(logit)).data).toBe(0);
      expect(fromLogit(value(-logit)).data).toBe(1000);
      expect([grad(fromLogit)(-logit), compile(grad(fromLogit))(-logit)]).toEqual([1 - 2 * y, 1 - 2 * y]);
    }
  });
});

describe("σ′ = σ(1 − σ)", () => {
  test("is the slope of the sigmoid, and not of another", () => {
    for (const z of [-30, -2, 0, 0.5, 6]) {
      const s = logistic(z);
      expectClose(grad((x: Value) => sigmoid(x))(z), s * logistic(-z));
      expectClose(compile(grad((x: Value) => sigmoid(x)))(z), s * logistic(-z));
    }
    expect(areClose(grad((x: Value) => sigmoid(x))(0.5), logistic(0.5))).toBe(false);
  });

  test("is computed from the forward value, which the node keeps: backward calls no forward code", () => {
    let calls = 0;
    const counted = defineOp({
      name: "countedSigmoid",
      value: (a) => {
        calls++;
        return logistic(a);
      },
      partials: [(_, y) => mul(y, sub(1, y))],
    });
    const x = value(0.7);
    const y = counted(x);
    expect(calls).toBe(1);
    y.backward();
    expect(calls).toBe(1);
    expectClose(x.grad, y.data * (1 - y.data));
  });

  test("a neuron of three weights by hand", () => {
    const [w, x] = [
      [0.5, -1, 2],
      [1, 2, 0.5],
    ] as const;
    const net = MLP.of([Layer.of([Neuron.of(w, 0.25, { activation: "sigmoid" })])]);
    const p = logistic(inner(w, x) + 0.25);
    for (const [, way] of ways) {
      way(() => selected(net(x)[0], 1), net.parameters());
      expectClose(net.matrices("A")[0]!.gradW, transpose([x.map((xi) => (p - 1) * xi)]));
    }
  });
});
