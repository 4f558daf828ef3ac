import { expect, test } from "vitest";
import {
  add,
  compile,
  dot,
  exp,
  grad,
  hessian,
  hvp,
  log1p,
  logsumexp,
  max,
  mean,
  mul,
  neg,
  relu,
  type Scalar,
  sigmoid,
  softmax,
  softplus,
  square,
  sub,
  sum,
  tanh,
  type Value,
  value,
  valueAndGrad,
} from "../../../src/index.ts";
import { agree, expectClose, flat, many, numbersFrom, tiers } from "./agree.ts";

const next = numbersFrom(7);
const samples = many(25, () => {
  const x = [next(), next(), next()];
  return { x, label: x[0]! + x[1]! > 0.1 ? 1 : 0 };
});

test("logistic regression: gradient in closed form, Hessian, products with it", () => {
  interface Model {
    weights: Value[];
    bias: Value;
  }
  const loss = ({ weights, bias }: Model, rows: typeof samples) =>
    mean(rows, ({ x, label }) => {
      const logit = add(dot(weights, x), bias);
      return sub(softplus(logit), mul(label, logit));
    }).add(sum(weights.map((w) => w.square())).mul(0.01));
  const model = { weights: [0.1, -0.4, 0.2], bias: 0.3 };
  const [, gradient] = agree(valueAndGrad(loss), model, samples);
  const errors = samples.map(
    ({ x, label }) => 1 / (1 + Math.exp(-(flat(dot(model.weights, x))[0]! + 0.3))) - label,
  );
  const average = (f: (i: number) => number) =>
    samples.reduce((total, _, i) => total + f(i), 0) / samples.length;
  const wanted = {
    weights: model.weights.map((w, j) => average((i) => errors[i]! * samples[i]!.x[j]!) + 0.02 * w),
    bias: average((i) => errors[i]!),
  };
  expectClose(gradient, wanted);
  agree(
    hessian((m: Model) => loss(m, samples)),
    model,
  );
  agree(
    hvp((m: Model) => loss(m, samples)),
    model,
    { weights: [1, 0, 2], bias: -1 },
  );
});

const random = (inputs: number, outputs: number) => ({
  weights: many(outputs, () => many(inputs, () => next())),
  biases: many(outputs, () => next()),
});
interface Dense<S = Scalar> {
  weights: S[][];
  biases: S[];
}
const dense = ({ weights, biases }: Dense, x: readonly Scalar[], activation: (x: Scalar) => Scalar) =>
  weights.map((row, i) => activation(add(dot(row, x), biases[i]!)));
const classify = (layers: Dense[], x: readonly Scalar[]) => {
  const hidden = dense(layers[0]!, x, tanh);
  const wider = dense(layers[1]!, hidden, relu);
  return dense(layers[2]!, wider, (logit) => logit);
};

test("a network of neurons in plain arrays: cross-entropy over rows, against the eager loop over samples", () => {
  const layers = [random(3, 4), random(4, 5), random(5, 3)];
  const rows = samples.map(({ x, label }, i) => ({ x, target: [label, 1 - label, i % 3 === 0 ? 1 : 0] }));
  const loss = (layers: Dense<Value>[], data: typeof rows) =>
    sum(data, ({ x, target }) => {
      const logits = classify(layers, x);
      return sub(mul(logsumexp(logits), sum(target)), dot(logits, target));
    });
  const [total, gradient] = agree(valueAndGrad(loss), layers, rows);
  // ∂/∂logits = Σtarget · softmax − target, by hand for the last biases
  const lastBiases = [0, 1, 2].map((k) =>
    rows.reduce((sofar, { x, target }) => {
      const p = softmax(classify(layers, x)) as number[];
      return sofar + p[k]! * target.reduce((a, b) => a + b) - target[k]!;
    }, 0),
  );
  expect(total).toBeGreaterThan(0);
  expectClose(gradient[2]!.biases, lastBiases);
  expect(layers.map((l) => l.biases.length)).toEqual([4, 5, 3]);
});

test("a network with captured leaves: training by kernel.backward and eager training give the same weights", () => {
  const make = () => {
    const seed = numbersFrom(8);
    return many(2, (i) => ({
      weights: many(i === 0 ? 4 : 1, () => many(i === 0 ? 3 : 4, () => value(seed()))),
      biases: many(i === 0 ? 4 : 1, () => value(0)),
    }));
  };
  const train = (
    backwardOf: (loss: (rows: typeof samples) => Value) => (rows: typeof samples) => unknown,
  ) => {
    const layers = make();
    const leaves = layers.flatMap(({ weights, biases }) => [...weights.flat(), ...biases]);
    const loss = (rows: typeof samples) =>
      mean(rows, ({ x, label }) => {
        const [logit] = dense(layers[1]!, dense(layers[0]!, x, sigmoid), (y) => y);
        return square(sub(logit!, label)) as Value;
      });
    const backward = backwardOf(loss);
    for (let i = 0; i < 5; i++) {
      for (const leaf of leaves) leaf.zeroGrad();
      backward(samples.slice(i, i + 10));
      for (const leaf of leaves) leaf.data -= 0.1 * leaf.grad;
    }
    return leaves.map((leaf) => leaf.data);
  };
  const eager = train((loss) => (rows) => loss(rows).backward());
  for (const tier of tiers) {
    const compiled = train((loss) => {
      const kernel = compile(loss, { tier });
      return (rows) => kernel.backward(rows);
    });
    expectClose(compiled, eager);
  }
});

test("Rosenbrock in n variables: gradient by hand, Hessian tridiagonal, by sum of pairs and by rows", () => {
  const term = (x: Scalar, y: Scalar) => add(mul(100, square(sub(y, square(x)))), square(sub(1, x)));
  const byPairs = (x: Value[]) => sum(x.slice(1).map((y, i) => term(x[i]!, y)));
  const byRows = (x: Value[]) =>
    sum(
      x.slice(1).map((y, i) => [x[i]!, y] as const),
      ([a, b]) => term(a, b),
    );
  const x = many(12, () => next());
  const byHand = x.map((xi, i) => {
    const inner = i === x.length - 1 ? 0 : -400 * xi * (x[i + 1]! - xi * xi) - 2 * (1 - xi);
    return inner + (i === 0 ? 0 : 200 * (xi - x[i - 1]! ** 2));
  });
  for (const f of [byPairs, byRows]) {
    expectClose(agree(grad(f), x), byHand);
    const matrix = agree(hessian(f), x);
    for (let i = 0; i < 12; i++)
      for (let j = 0; j < 12; j++) if (Math.abs(i - j) > 1) expect(matrix[i]![j]).toBe(0);
    agree(
      hvp(f),
      x,
      many(12, () => next()),
    );
  }
});

test("a hinge loss and a loss in its naive form, at large and small logits", () => {
  const hinge = ([w, b]: Value[], rows: readonly (readonly [number, number])[]) =>
    sum(rows, ([x, y]) => max(0, sub(1, mul(y, add(mul(w!, x), b!)))));
  agree(
    valueAndGrad(hinge),
    [0.5, -0.1],
    [
      [1, 1],
      [-2, -1],
      [3, -1],
      [0.2, 1],
    ],
  );
  const naive = (w: Value, xs: readonly number[]) => sum(xs, (x) => log1p(exp(neg(mul(w, x)))));
  agree(valueAndGrad(naive), 1, [-1e3, -1, 0, 1, 1e3]);
});

test("inner products of many lengths, with constants, repeats and themselves, also within rows", () => {
  for (const n of [0, 1, 2, 7, 16, 33, 100]) {
    const [x, y] = [many(n, () => next()), many(n, () => next())];
    const pair = ([x, y]: [Value[], Value[]]) => add(dot(x, y), square(dot(x, [...x].reverse())));
    agree(valueAndGrad(pair, { unconnected: "zero" }), [x, y]);
    agree(hvp(pair, { unconnected: "zero" }), [x, y], [y, x]);
    const withConstants = (weights: Value[]) => add(dot(weights, x), dot(y, weights.slice().reverse()));
    agree(valueAndGrad(withConstants, { unconnected: "zero" }), y);
    const rows = many(4, () => many(n, () => next()));
    const inRows = (weights: Value[], data: typeof rows) => sum(data, (row) => sigmoid(dot(weights, row)));
    agree(valueAndGrad(inRows, { unconnected: "zero" }), y, rows);
    if (n < 20)
      agree(
        hessian((weights: Value[]) => inRows(weights, rows), { unconnected: "zero" }),
        y,
      );
  }
});
