/**
 * Document 002, second part: losses, information, and which output goes with which loss.
 *
 * The losses of this package in bits and nats are tested in test/losses/information.test.ts; here they are written in
 * operations of core, as the document writes them.
 */
import {
  compile,
  div,
  exp,
  grad,
  log,
  mean,
  mul,
  neg,
  sigmoid,
  softmax as softmaxOf,
  square,
  sub,
  sum,
  type Value,
} from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { binaryCrossEntropyWithLogits, MLP, meanSquaredError, Neuron, Random } from "../../src/index.ts";
import { inner, logistic, oneHot, softmax, vector } from "./algebra.ts";
import { areClose, expectClose } from "./close.ts";
import { ways } from "./ways.ts";

const log2 = (x: Value): Value => div(log(x), Math.LN2);
const bothWays = (f: (x: Value[]) => Value, at: readonly number[]) => [
  grad(f)(at) as number[],
  compile(grad(f))(at) as number[],
];

describe("squared error (1/m) Σ (y − ŷ)²", () => {
  const y = [0.5, -1, 2];
  const at = [0.25, 1, -0.5];

  test("its gradient is (2/m)(ŷ − y), eager and compiled", () => {
    const want = at.map((p, i) => (2 / 3) * (p - y[i]!));
    const written = (p: Value[]) => mean(p.map((pi, i) => square(sub(y[i]!, pi))));
    for (const f of [written, (p: Value[]) => meanSquaredError(p, y)]) {
      for (const got of bothWays(f, at)) expectClose(got, want);
    }
  });

  test("erratum: printed without its square, Σ(ŷ − y)/N has the same slope everywhere and no least value", () => {
    const printed = (p: Value[]) => mean(p.map((pi, i) => sub(pi, y[i]!)));
    const slopes = grad(printed)(at) as number[];
    expectClose(slopes, [1 / 3, 1 / 3, 1 / 3]);
    expectClose(grad(printed)(y) as number[], slopes);
    expect(
      areClose(
        slopes,
        at.map((p, i) => (2 / 3) * (p - y[i]!)),
      ),
    ).toBe(false);
  });

  describe("with a sigmoid output the gradient vanishes where the answer is wrong", () => {
    const [w, x] = [1, 20];
    const cases = [
      [1, -2],
      [0, 2],
      [1, 0.05],
      [0, -0.1],
    ] as const;

    test.each(ways)(
      "∂L/∂w = (ŷ − y)ŷ(1 − ŷ)x of ½(ŷ − y)², and (ŷ − y)x of cross-entropy, by %s",
      (_, way) => {
        for (const [target, sign] of cases) {
          const neuron = Neuron.of([w * sign], 0, { activation: "sigmoid" });
          const logit = Neuron.of([w * sign], 0, { activation: "linear" });
          const p = logistic(w * sign * x);
          // 1 − ŷ loses its digits near ŷ = 1; σ(−z) is the same and does not.
          const q = logistic(-w * sign * x);
          const residual = target === 1 ? -q : p;
          way(() => mul(0.5, square(sub(neuron([x]), target))), neuron.parameters());
          expectClose(neuron.weights[0]!.grad, residual * p * q * x, 1e-11);
          way(() => binaryCrossEntropyWithLogits(logit([x]), target), logit.parameters());
          expectClose(logit.weights[0]!.grad, residual * x);
          if (Math.abs(sign) < 1) continue;
          expect(Math.abs(neuron.weights[0]!.grad)).toBeLessThan(1e-14);
          expect(Math.abs(logit.weights[0]!.grad)).toBeGreaterThan(19.99);
        }
      },
    );
  });
});

describe("information, in bits", () => {
  const y = [0, 1, 0, 0];
  const predicted = [0.2, 0.1, 0.4, 0.3];
  const crossEntropy = (q: Value[]) => sum(q.map((qc, c) => mul(y[c]!, log2(qc)))).neg();

  test("information content −log₂ p and entropy −Σ p log₂ p", () => {
    const content = compile((p: Value) => neg(log2(p)));
    for (const [p, bits] of [
      [1, 0],
      [0.5, 1],
      [0.125, 3],
    ] as const)
      expectClose(content(p) + 1, bits + 1);
    const entropy = compile((p: Value[]) => neg(sum(p.map((pi) => mul(pi, log2(pi))))));
    expectClose(entropy([0.25, 0.25, 0.25, 0.25]), 2);
    expectClose(entropy([0.5, 0.25, 0.125, 0.125]), 1.75);
    expectClose(
      entropy(predicted),
      predicted.reduce((total, p) => total - p * Math.log2(p), 0),
    );
  });

  test("worked: the cross-entropy is −log₂ 0.1 = 3.3219 bits, the expected profit 6.0K", () => {
    const bits = compile(crossEntropy)(predicted);
    expectClose(bits, Math.log2(10));
    expect(bits.toFixed(4)).toBe("3.3219");
    expectClose(inner(predicted, [10, 5, 8, 1]), 6);
  });

  test("erratum: log₂ differentiated as ln; ∂L/∂ŷ_t = −1/(ŷ_t ln 2), and −1/ŷ_t is that of ln", () => {
    const inNats = (q: Value[]) => sum(q.map((qc, c) => mul(y[c]!, log(qc)))).neg();
    for (const got of bothWays(crossEntropy, predicted)) {
      expectClose(got, [0, -10 / Math.LN2, 0, 0]);
      expect(areClose(got, [0, -10, 0, 0])).toBe(false);
    }
    for (const got of bothWays(inNats, predicted)) expectClose(got, [0, -10, 0, 0]);
    expectClose(compile(inNats)(predicted), Math.LN2 * Math.log2(10));
  });
});

describe("outputs and their losses", () => {
  const random = new Random(3);
  const [x, y] = [vector(random, 3), vector(random, 2)];

  test("real values: linear output and squared error, δ = (2/k)(ŷ − y)", () => {
    const mlp = new MLP(3, [4, 2], { random });
    const { outputs, layers } = mlp.forward(x);
    meanSquaredError(outputs, y).backward();
    const want = outputs.map(({ data }, k) => data - y[k]!);
    expectClose(layers[1]!.delta, want);
    for (const [, way] of ways) {
      way(() => meanSquaredError(mlp(x), y), mlp.parameters());
      expectClose(mlp.matrices("B")[1]!.gradb, want);
    }
  });

  test("probabilities: softmax output and cross-entropy, δ = ŷ − e(t)", () => {
    const mlp = new MLP(3, [4, 3], { output: "softmax", random });
    const { outputs, layers } = mlp.forward(x);
    log(outputs[1]!).neg().backward();
    const want = outputs.map(({ data }, k) => data - oneHot(1, 3)[k]!);
    expectClose(layers[1]!.delta, want);
    for (const [, way] of ways) {
      way(() => log(mlp(x)[1]!).neg(), mlp.parameters());
      expectClose(mlp.matrices("B")[1]!.gradb, want);
    }
  });

  test("the probabilities of single sigmoids do not add up to 1, those of softmax do", () => {
    const z = [1, 2, 3];
    const total = (p: readonly number[]) => p.reduce((a, b) => a + b);
    expect(total(z.map((zi) => sigmoid(zi)))).toBeGreaterThan(2);
    expectClose(total(softmaxOf(z)), 1);
  });

  test("softmax([10, 20, −30]), and where e^z overflows, eager and compiled", () => {
    const all = [10, 20, -30].map(Math.exp);
    const want = all.map((e) => e / all.reduce((a, b) => a + b));
    const compiled = compile((z: Value[]) => softmaxOf(z));
    for (const got of [softmaxOf([10, 20, -30]), compiled([10, 20, -30]) as number[]]) {
      got.forEach((p, k) => {
        expectClose(p, want[k]!);
      });
    }
    for (const z of [
      [1000, 1010, -3000],
      [-1000, -990, -5000],
    ]) {
      const naive = compile((v: Value[]) => v.map((vi) => exp(vi).div(sum(v.map((vj) => exp(vj))))))(z);
      expect((naive as number[]).some(Number.isNaN)).toBe(true);
      expectClose(compiled(z) as number[], softmax(z));
      expectClose((compiled(z) as number[])[1]!, logistic(10));
    }
  });
});
