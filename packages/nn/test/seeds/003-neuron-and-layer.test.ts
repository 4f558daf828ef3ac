/**
 * Document 003, parts I to III: matrix calculus, the neuron and the layer, derivatives as Jacobians. Convention B.
 *
 * The gradients, Jacobians and chain rules of its review are tested in core, test/transforms/jacobian.test.ts, "matrix
 * calculus of the lecture notes"; here they are compiled.
 */
import {
  add,
  compile,
  cos,
  div,
  exp,
  grad,
  jacobian,
  log,
  max,
  mul,
  type Scalar,
  sigmoid,
  sin,
  square,
  sub,
  sum,
  type Value,
  value,
} from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { Layer, Neuron, Random } from "../../src/index.ts";
import {
  diagonal,
  inner,
  logistic,
  type Matrix,
  ones,
  outer,
  plus,
  product,
  times,
  vector,
} from "./algebra.ts";
import { expectClose } from "./close.ts";
import { ways } from "./ways.ts";

type Vector = readonly Value[];

/** The Jacobian of f, eager and compiled. */
function expectJacobian(f: (x: Vector) => readonly Scalar[], at: readonly number[], want: Matrix): void {
  expectClose(jacobian(f)(at) as unknown as number[][], want);
  expectClose(compile(jacobian(f))(at) as unknown as number[][], want);
}

describe("review of matrix calculus", () => {
  const [x, y] = [0.7, 1.3];
  const at = [x, y];

  test("gradient of x² + cos y", () => {
    const f = ([a, b]: Vector) => add(square(a!), cos(b!));
    for (const gradient of [grad(f), compile(grad(f))])
      expectClose(gradient(at) as number[], [2 * x, -Math.sin(y)]);
  });

  test("Jacobian of [2x + y³, e^y − 13x]", () => {
    const f = ([a, b]: Vector) => [add(mul(2, a!), b!.pow(3)), sub(exp(b!), mul(13, a!))];
    expectJacobian(f, at, [
      [2, 3 * y ** 2],
      [-13, Math.exp(y)],
    ]);
  });

  test("sin x² has slope 2x cos x²", () => {
    const slope = grad((a: Value) => sin(square(a)));
    for (const got of [slope(x), compile(slope)(x)]) expectClose(got, 2 * x * Math.cos(x * x));
  });

  test("[sin(x² + y), ln y³], by the product of Jacobians", () => {
    const f = ([u, v]: Vector) => [sin(u!), log(v!)];
    const g = ([a, b]: Vector) => [add(square(a!), b!), b!.pow(3)];
    const slope = Math.cos(x * x + y);
    const want = product(diagonal([slope, 1 / y ** 3]), [
      [2 * x, 1],
      [0, 3 * y ** 2],
    ]);
    expectClose(want, [
      [2 * x * slope, slope],
      [0, 3 / y],
    ]);
    expectJacobian((v) => f(g(v)), at, want);
  });
});

describe("the neuron and the layer", () => {
  test("a neuron is σ(xᵀw + b), from a vector to a scalar", () => {
    const random = new Random(1);
    const [w, x] = [vector(random, 4), vector(random, 4)];
    const neuron = Neuron.of(w, 0.3, { activation: "sigmoid" });
    expectClose(neuron(x).data, logistic(inner(x, w) + 0.3));
    expectClose(compile((v: Value[]) => neuron(v))(x), logistic(inner(x, w) + 0.3));
  });

  test("worked: [[5, 2], [3, 6]]·[10, 20] = [90, 150]; + 6 of one bias for the layer; ReLU leaves it", () => {
    const W = [
      [5, 2],
      [3, 6],
    ];
    const bias = value(0);
    const layer = Layer.of(W.map((w) => Neuron.of(w, bias, { activation: "relu" })));
    const numbers = (of: "z" | "a") => layer.forward([10, 20])[of].map(({ data }) => data);
    expect(numbers("z")).toEqual([90, 150]);
    layer.set({ "neurons.0.b": 6 });
    expect([numbers("z"), numbers("a")]).toEqual([
      [96, 156],
      [96, 156],
    ]);
    const each = new Layer(2, 2, { activation: "relu" }).setMatrices("B", { W, b: [6, 6] });
    expect(compile((x: Value[]) => each(x))([10, 20])).toEqual([96, 156]);
    expect(times(W, [10, 20])).toEqual([90, 150]);
  });

  test.each(ways)("a layer is σ(Wa + b), row j of W goes to neuron j, by %s", (_, way) => {
    const random = new Random(2);
    const layer = new Layer(3, 4, { activation: "sigmoid", random });
    const a = vector(random, 3);
    const { W, b } = layer.matrices("B");
    const outputs = plus(times(W, a), b).map(logistic);
    expectClose(
      layer(a).map(({ data }) => data),
      outputs,
    );
    way(() => sum(layer(a)), layer.parameters());
    const delta = outputs.map((y) => y * (1 - y));
    expectClose(layer.matrices("B").gradW, outer(delta, a));
    expectClose(layer.matrices("B").gradb, delta);
  });
});

describe("derivatives of a neuron's operations as Jacobians", () => {
  const random = new Random(3);
  const [v, w] = [vector(random, 3), vector(random, 3)];
  const x = 1.7;

  const elementwise: [
    string,
    (a: Scalar, b: Scalar) => Scalar,
    (a: number, b: number) => [number, number],
  ][] = [
    ["addition", (a, b) => add(a, b), () => [1, 1]],
    ["subtraction", (a, b) => sub(a, b), () => [1, -1]],
    ["the Hadamard product: diag w, diag v", (a, b) => mul(a, b), (a, b) => [b, a]],
    ["division", (a, b) => div(a, b), (a, b) => [1 / b, -a / b ** 2]],
    ["max", (a, b) => max([a, b]), (a, b) => [a > b ? 1 : 0, b > a ? 1 : 0]],
  ];

  test.each(elementwise)("element-wise operations have diagonal ones: %s", (_, operation, partials) => {
    const both = v.map((vi, i) => partials(vi, w[i]!));
    expectJacobian((a) => a.map((ai, i) => operation(ai, w[i]!)), v, diagonal(both.map(([ofV]) => ofV)));
    expectJacobian((b) => b.map((bi, i) => operation(v[i]!, bi)), w, diagonal(both.map(([, ofW]) => ofW)));
  });

  test("scalar expansion: x·v has diag x, and the gradient v; v + x has 1, v − x has −1", () => {
    expectJacobian((a) => a.map((ai) => mul(ai, x)), v, diagonal(v.map(() => x)));
    const expanded: [(vi: number, s: Value) => Value, readonly number[]][] = [
      [(vi, s) => mul(s, vi), v],
      [(vi, s) => add(vi, s), ones(3)],
      [(vi, s) => sub(vi, s), ones(3).map((one) => -one)],
    ];
    for (const [f, want] of expanded) {
      const gradient = jacobian((s: Value) => v.map((vi) => f(vi, s)));
      expectClose(gradient(x) as number[], want);
      expectClose(compile(gradient)(x) as number[], want);
    }
  });

  test("the sum has 1ᵀ, and the sum of z·v has zᵀ", () => {
    expectJacobian((a) => [sum(a)], v, [ones(3)]);
    expectJacobian((a) => [sum(a.map((ai) => mul(x, ai)))], v, [ones(3).map(() => x)]);
  });

  test.each([
    ["relu", (z: number) => (z > 0 ? 1 : 0)],
    ["sigmoid", (z: number) => logistic(z) * logistic(-z)],
  ] as const)("the neuron sum(w ⊗ x) + b through H, S and z, for %s", (activation, slope) => {
    for (const b of [-9, 9]) {
      const H = (ws: Vector) => ws.map((wi, i) => mul(wi, v[i]!));
      const S = (hs: Vector) => [sum(hs)];
      const z = ([s]: Vector) => [add(s!, b)];
      const [h, s] = [w.map((wi, i) => wi * v[i]!), inner(w, v)];
      expectJacobian(H, w, diagonal(v));
      expectJacobian(S, h, [ones(3)]);
      expectJacobian(z, [s], [[1]]);
      const want = product([[slope(s + b)]], product([[1]], product([ones(3)], diagonal(v))));
      expectClose(want, [v.map((vi) => slope(s + b) * vi)]);
      expectJacobian((ws) => [Neuron.of(ws, b, { activation })(v)], w, want);
      const neuron = Neuron.of(w, b, { activation });
      for (const [, way] of ways) {
        way(() => neuron(v), neuron.parameters());
        expectClose([neuron.weights.map(({ grad: g }) => g)], want);
        expectClose(neuron.bias.grad, slope(s + b));
      }
    }
  });

  test("σ of a vector has diag σ′", () => {
    const want = diagonal(v.map((vi) => logistic(vi) * logistic(-vi)));
    expectJacobian((a) => a.map((ai) => sigmoid(ai)), v, want);
  });
});
