/** Document 002, third part: feedforward nets, backpropagation in full, the worked numbers. Convention B. */
import {
  compile,
  grad,
  jacobian,
  log,
  softmax as softmaxOf,
  sub,
  tanh,
  type Value,
  zeroGrad,
} from "@chainrule/core";
import { describe, expect, test } from "vitest";
import {
  binaryCrossEntropyWithLogits,
  crossEntropyWithLogits,
  MLP,
  Random,
  type Weights,
} from "../../src/index.ts";
import {
  column,
  hadamard,
  inner,
  logistic,
  type Matrix,
  oneHot,
  outer,
  plus,
  product,
  softmax,
  times,
  transpose,
  vector,
} from "./algebra.ts";
import { areClose, expectClose } from "./close.ts";
import { ways } from "./ways.ts";

const slopeOf = (a: number) => a * (1 - a);

/** Forward propagation as it is meant: layers 1 … L − 1 with g, layer L with O. a[0] is x. */
function forwardPropagation(theta: readonly Weights[], x: readonly number[]) {
  const [a, z]: [number[][], number[][]] = [[[...x]], []];
  for (let v = 1; v <= theta.length; v++) {
    const { W, b } = theta[v - 1]!;
    const zv = plus(times(W, a[v - 1]!), b);
    z.push(zv);
    a.push(v < theta.length ? zv.map(logistic) : softmax(zv));
  }
  return { a, z };
}

/** Back propagation as it is meant, from ∇_z of layer L = −(e(t) − ŷ). */
function backPropagation(theta: readonly Weights[], a: readonly (readonly number[])[], t: number) {
  const L = theta.length;
  let byZ: number[] = a[L]!.map((p, k) => p - (k === t ? 1 : 0));
  const gradients: { W: Matrix; b: readonly number[] }[] = [];
  for (let v = L; v >= 1; v--) {
    gradients.unshift({ W: outer(byZ, a[v - 1]!), b: byZ });
    const byA = times(transpose(theta[v - 1]!.W), byZ);
    byZ = hadamard(byA, a[v - 1]!.map(slopeOf));
  }
  return gradients;
}

const random = new Random(1);
const net = new MLP(3, [4, 5, 3], { activation: "sigmoid", random });
const [x, t] = [vector(random, 3), 2];
const cost = () => crossEntropyWithLogits(net(x), t);

describe("feedforward nets", () => {
  test.each([
    ["sigmoid", logistic],
    ["tanh", Math.tanh],
    ["linear", (z: number) => z],
  ] as const)("aggregation z = Wa + b, activation a = g(z) for %s, eager and compiled", (activation, g) => {
    const mlp = new MLP(3, [4, 5, 2], { activation, output: activation, random: new Random(2) });
    let a: readonly number[] = x;
    const { layers } = mlp.forward(x);
    mlp.matrices("B").forEach(({ W, b }, l) => {
      const z = plus(times(W, a), b);
      a = z.map(g);
      expectClose(
        layers[l]!.z.map(({ data }) => data),
        z,
      );
      expectClose(
        layers[l]!.a.map(({ data }) => data),
        a,
      );
    });
    const compiled = compile((v: Value[]) => mlp.forward(v).layers.map((layer) => layer.a))(x);
    expectClose((compiled as number[][]).at(-1)!, a);
  });

  test("y = tanh has y′ = 1 − y²", () => {
    for (const z of [-2, -0.3, 0, 1.7]) {
      expectClose(grad((v: Value) => tanh(v))(z), 1 - Math.tanh(z) ** 2);
      expectClose(compile(grad((v: Value) => tanh(v)))(z), 1 - Math.tanh(z) ** 2);
    }
  });

  test("parameter count: Σ n_{i−1}·n_i + Σ n_i with the real sizes of each layer", () => {
    const counted = (n: number, sizes: number[]) => sizes.map((size, i) => size * (sizes[i - 1] ?? n) + size);
    for (const [n, sizes] of [
      [3, [4, 5, 2]],
      [2, [16, 16, 1]],
      [784, [32, 10]],
    ] as [number, number[]][]) {
      const mlp = new MLP(n, sizes);
      expect(mlp.parameterCounts()).toEqual(counted(n, sizes));
      expect(mlp.parameters()).toHaveLength(counted(n, sizes).reduce((a, b) => a + b));
    }
  });

  test("erratum: the slide's formula holds for no net of unequal sizes", () => {
    // (L − 1)·(n^{i−1}·n^i) + n·k weights and (L − 1)·n^i + k biases, with one size for all hidden layers.
    const printed = (L: number, hidden: number, n: number, k: number) =>
      (L - 1) * hidden * hidden + n * k + (L - 1) * hidden + k;
    const sizes = [4, 5];
    const real = new MLP(3, [...sizes, 2]).parameters().length;
    for (const hidden of sizes) expect(printed(3, hidden, 3, 2)).not.toBe(real);
    // Even for equal sizes it is right only where the input is as wide as the hidden layers.
    expect(printed(3, 4, 4, 2)).toBe(new MLP(4, [4, 4, 2]).parameters().length);
  });
});

describe("pseudo-code", () => {
  test.each(ways)("forward and back propagation, with the transposes, by %s", (_, way) => {
    const theta = net.matrices("B");
    const { a, z } = forwardPropagation(theta, x);
    const want = backPropagation(theta, a, t);
    expectClose(way(cost, net.parameters()), -Math.log(a[3]![t]!));
    net.matrices("B").forEach(({ gradW, gradb }, l) => {
      expectClose(gradW, want[l]!.W);
      expectClose(gradb, want[l]!.b);
    });
    net.forward(x).layers.forEach((layer, l) => {
      expectClose(
        layer.z.map(({ data }) => data),
        z[l]!,
      );
    });
  });

  test("errata: without transposes there is no such product; a loop from v = 0 reads a^{−1}", () => {
    const theta = net.matrices("B");
    const { a } = forwardPropagation(theta, x);
    const byZ = column(backPropagation(theta, a, t)[2]!.b);
    expect(() => product(byZ, column(a[2]!))).toThrow("no product of 3 × 1 and 5 × 1");
    expect(() => product(theta[2]!.W, byZ)).toThrow("no product of 3 × 5 and 3 × 1");
    expect(a[-1]).toBeUndefined();
    // For a square W the product exists, and is another.
    const square = new MLP(3, [3, 3], { activation: "sigmoid", random: new Random(4) });
    const { outputs, layers } = square.forward(x);
    crossEntropyWithLogits(outputs, t).backward();
    const [W, byOutput] = [square.matrices("B")[1]!.W, layers[1]!.delta];
    const byA = layers[0]!.a.map((ai) => ai.grad);
    expectClose(byA, times(transpose(W), byOutput));
    expect(areClose(byA, times(W, byOutput))).toBe(false);
  });

  test("gradient descent, θ ← θ − η∇θ while t++ < max_iterations = 1000: the same path as in plain numbers", () => {
    const mlp = new MLP(3, [4, 3], { activation: "sigmoid", seed: 5 });
    let theta: Weights[] = mlp.matrices("B");
    const [loss, parameters, eta] = [compile(() => crossEntropyWithLogits(mlp(x), t)), mlp.parameters(), 0.1];
    const before = loss() as number;
    for (let iteration = 0; iteration < 1000; iteration++) {
      zeroGrad(parameters);
      loss.backward();
      for (const p of parameters) p.data -= eta * p.grad;
      const gradients = backPropagation(theta, forwardPropagation(theta, x).a, t);
      theta = theta.map(({ W, b }, l) => ({
        W: W.map((row, j) => row.map((w, k) => w - eta * gradients[l]!.W[j]![k]!)),
        b: b.map((bj, j) => bj - eta * gradients[l]!.b[j]!),
      }));
    }
    expect(loss()).toBeLessThan(before / 50);
    mlp.matrices("B").forEach(({ W, b }, l) => {
      expectClose(W, theta[l]!.W);
      expectClose(b, theta[l]!.b);
    });
  });
});

test.each(ways)("sigmoid output and cross-entropy: the four equations, and δ^L = ŷ − y, by %s", (_, way) => {
  const mlp = new MLP(3, [4, 1], { activation: "sigmoid", output: "sigmoid", random: new Random(6) });
  const [one, two] = mlp.matrices("B");
  for (const y of [0, 1] as const) {
    const loss = (p: Value) => log(y === 1 ? p : sub(1, p)).neg();
    way(() => loss(mlp(x)[0]), mlp.parameters());
    const [first, second] = mlp.matrices("B");
    const a1 = plus(times(one!.W, x), one!.b).map(logistic);
    const p = logistic(inner(two!.W[0]!, a1) + two!.b[0]!);
    const deltaL = [(-y / p + (1 - y) / (1 - p)) * slopeOf(p)];
    const delta1 = hadamard(times(transpose(two!.W), deltaL), a1.map(slopeOf));
    expectClose(deltaL, [p - y]);
    expectClose(second!.gradb, deltaL);
    expectClose(second!.gradW, outer(deltaL, a1));
    expectClose(first!.gradb, delta1);
    expectClose(first!.gradW, outer(delta1, x));
    const forward = mlp.forward(x);
    loss(forward.outputs[0]).backward();
    expectClose(
      forward.layers.map(({ delta }) => delta),
      [delta1, deltaL],
    );
    way(
      () => binaryCrossEntropyWithLogits(mlp.layers[1]!.forward(mlp.layers[0]!(x)).z[0], y),
      mlp.parameters(),
    );
    expectClose(mlp.matrices("B")[0]!.gradW, outer(delta1, x));
  }
});

describe("worked numbers of the deep thin net", () => {
  const [a1, x1, x3, eta] = [0.37, 60, 7, 0.01];
  const logit = (p: number) => Math.log(p / (1 - p));
  const thin = new MLP(3, [1, 1], { activation: "sigmoid", output: "sigmoid" }).set({
    "layers.0.neurons.0.w0": 0.1,
    "layers.0.neurons.0.w1": 0,
    "layers.0.neurons.0.w2": 0.2,
    "layers.1.neurons.0.w0": 12,
    "layers.0.neurons.0.b": logit(a1) - 0.1 * x1 - 0.2 * x3,
    "layers.1.neurons.0.b": logit(0.25) - 12 * a1,
  });
  const [w1, w13, w2] = [0, 2]
    .map((i) => thin.parameter(`layers.0.neurons.0.w${i}`))
    .concat(thin.parameter("layers.1.neurons.0.w0"));
  const input = [x1, 5, x3];

  test.each(ways)("∂L/∂w² = −0.2775, ∂L/∂w¹ = −125.874, and the assignment, by %s", (_, way) => {
    way(() => log(thin(input)[0]).neg(), thin.parameters());
    expectClose(w2!.grad, -0.2775);
    expectClose(12 - eta * w2!.grad, 12.002775);
    expectClose(w1!.grad, -125.874);
    expectClose(0.1 - eta * w1!.grad, 1.35874);
    expect((0.1 - eta * w1!.grad).toFixed(2)).toBe("1.36");
    expectClose(w13!.grad, -0.75 * 12 * 0.37 * (1 - 0.37) * x3);
  });

  test("∂L/∂ŷ = −4, ∂L/∂z² = −0.75", () => {
    const { outputs, layers } = thin.forward(input);
    log(outputs[0]).neg().backward();
    expectClose([layers[0]!.a[0].data, outputs[0].data], [a1, 0.25]);
    expectClose(outputs[0].grad, -4);
    expectClose(layers[1]!.delta, [-0.75]);
  });

  test("erratum: z¹ = 0.5 is not where the logistic function is 0.37", () => {
    expect(logistic(0.5).toFixed(4)).toBe("0.6225");
    expectClose(logistic(logit(a1)), a1);
    expect(logit(a1).toFixed(2)).toBe("-0.53");
  });
});

describe("softmax and cross-entropy, derived in full", () => {
  const z = vector(new Random(7), 4);
  const p = softmax(z);

  test("∂ŷ_t/∂z_i = 1(t = i) ŷ_t − ŷ_t ŷ_i, eager and compiled", () => {
    const want = p.map((pt, k) => p.map((pi, i) => (k === i ? pt * (1 - pt) : -pt * pi)));
    expectClose(jacobian((v: Value[]) => softmaxOf(v))(z) as number[][], want);
    expectClose(compile(jacobian((v: Value[]) => softmaxOf(v)))(z) as number[][], want);
  });

  test("∂L/∂ŷ = −e(t)/ŷ_t and ∂L/∂z = −(e(t) − ŷ)", () => {
    const ofP = grad((q: Value[]) => log(q[t]!).neg(), { unconnected: "zero" });
    expectClose(
      ofP(p) as number[],
      oneHot(t, 4).map((e) => -e / p[t]!),
    );
    const ofZ = grad((v: Value[]) => log(softmaxOf(v)[t]!).neg());
    const want = p.map((pi, i) => -(oneHot(t, 4)[i]! - pi));
    expectClose(ofZ(z) as number[], want);
    expectClose(compile(ofZ)(z) as number[], want);
  });

  test("hidden units: the sum over paths, by elements, by vectors and by the matrix", () => {
    const { outputs, layers } = net.forward(x);
    crossEntropyWithLogits(outputs, t).backward();
    const { W } = net.matrices("B")[2]!;
    const byZ = layers[2]!.delta;
    const byA = layers[1]!.a.map((ai) => ai.grad);
    const elements = byA.map((_, j) => byZ.reduce((total, d, path) => total + d * W[path]![j]!, 0));
    const vectors = byA.map((_, j) =>
      inner(
        W.map((row) => row[j]!),
        byZ,
      ),
    );
    for (const want of [elements, vectors, times(transpose(W), byZ)]) expectClose(byA, want);
    expectClose(
      layers[1]!.delta,
      hadamard(
        byA,
        layers[1]!.a.map(({ data }) => slopeOf(data)),
      ),
    );
  });
});
