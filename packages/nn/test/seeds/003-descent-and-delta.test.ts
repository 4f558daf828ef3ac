/** Document 003, parts III and IV: the cost of a ReLU neuron, gradient descent, the error δ of a node. */
import {
  add,
  compile,
  jvp,
  mean,
  mul,
  type Scalar,
  square,
  sub,
  sum,
  type Value,
  valueAndGrad,
  zeroGrad,
} from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { MLP, Neuron, Random } from "../../src/index.ts";
import { hadamard, inner, logistic, type Matrix, matrix, transpose, vector } from "./algebra.ts";
import { areClose, expectClose } from "./close.ts";
import { ways } from "./ways.ts";

const total = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);

describe("the cost (1/2m) Σ (y − ŷ)² of a ReLU neuron", () => {
  const random = new Random(1);
  const [rows, y] = [matrix(random, 6, 3), vector(random, 6)];
  const neuron = Neuron.of([0.8, -0.6, 0.5], 0.4, { activation: "relu" });
  const m = rows.length;
  const cost = (): Value => mul(0.5, mean(rows.map((x, i) => square(sub(y[i]!, neuron(x))))));
  const w = neuron.weights.map(({ data }) => data);
  const z = rows.map((x) => inner(w, x) + 0.4);
  /** e_i = a_i − y_i where the neuron is active, else 0. */
  const e = z.map((zi, i) => (zi > 0 ? zi - y[i]! : 0));

  test.each(ways)(
    "∂C/∂w = (1/m) Σ e_i x_iᵀ and ∂C/∂b = (1/m) Σ e_i over active examples, by %s",
    (_, way) => {
      expect(z.some((zi) => zi > 0) && z.some((zi) => zi <= 0)).toBe(true);
      way(cost, neuron.parameters());
      const got = neuron.weights.map(({ grad }) => grad);
      expectClose(
        got,
        w.map((_, k) => total(rows.map((x, i) => e[i]! * x[k]!)) / m),
      );
      expectClose(neuron.bias.grad, total(e) / m);
      // Erratum: "Xᵀ is the same for each example". Each e_i multiplies its own x_i.
      for (const x of rows) {
        expect(
          areClose(
            got,
            x.map((xk) => (total(e) / m) * xk),
          ),
        ).toBe(false);
      }
    },
  );

  test.each(ways)(
    "erratum: the line without the square has another gradient, which no error enters, by %s",
    (_, way) => {
      way(() => mul(0.5, mean(rows.map((x, i) => sub(y[i]!, neuron(x))))), neuron.parameters());
      const printed = neuron.bias.grad;
      expectClose(printed, -z.filter((zi) => zi > 0).length / (2 * m));
      way(cost, neuron.parameters());
      expect(areClose(neuron.bias.grad, printed)).toBe(false);
    },
  );

  test("an inactive neuron gets 0, at z = 0 too", () => {
    for (const [, way] of ways) {
      for (const b of [-3, -2]) {
        const off = Neuron.of([1], b, { activation: "relu" });
        way(() => mul(0.5, square(sub(5, off([2])))), off.parameters());
        expect(off.parameters().map(({ grad }) => grad + 0)).toEqual([0, 0]);
      }
    }
  });
});

describe("gradient descent", () => {
  /** A cost of two weights, with curvatures 1 and 9. */
  const bowl = ([a, b]: readonly Value[]) => mul(0.5, square(a!).add(mul(9, square(b!))));
  const at = [3, -1];
  const [, gradient] = valueAndGrad(bowl)(at) as [number, number[]];
  const length = Math.hypot(...gradient);

  test("the gradient is the direction of steepest ascent, its negative of fastest decrease", () => {
    expectClose(gradient, [3, -9]);
    const slopeAlong = compile(jvp((x: readonly Value[]) => bowl(x)));
    const slopes = Array.from({ length: 360 }, (_, degrees) => {
      const angle = Math.atan2(gradient[1]!, gradient[0]!) + (degrees * Math.PI) / 180;
      const direction = [Math.cos(angle), Math.sin(angle)];
      const slope = slopeAlong(at, direction)[1] as number;
      expect(Math.abs(slope - inner(gradient, direction))).toBeLessThan(1e-12 * length);
      return slope;
    });
    expectClose(slopes[0]!, length);
    expectClose(slopes[180]!, -length);
    expect(Math.max(...slopes)).toBe(slopes[0]);
    expect(Math.min(...slopes)).toBeCloseTo(slopes[180]!, 12);
  });

  test("a learning rate may be right, too small and crawl, too large and overshoot", () => {
    const step = compile(valueAndGrad(bowl));
    const after = (rate: number) => {
      let theta = at;
      for (let i = 0; i < 100; i++) {
        const slopes = step(theta)[1] as readonly number[];
        theta = theta.map((x, k) => x - rate * slopes[k]!);
      }
      expectClose(theta, [at[0]! * (1 - rate) ** 100, at[1]! * (1 - 9 * rate) ** 100], 1e-10);
      return step(theta)[0] as number;
    };
    const start = step(at)[0] as number;
    expect(after(0.15)).toBeLessThan(1e-12);
    expect(after(0.0005)).toBeGreaterThan(0.4 * start);
    expect(after(0.25)).toBeGreaterThan(1e9 * start);
  });

  test("1,000,000 examples in batches of 120: 8,333 are full, and one has 40", () => {
    const sizes = Array.from({ length: Math.ceil(1e6 / 120) }, (_, i) => Math.min(120, 1e6 - 120 * i));
    // Erratum: "8,333 batches, with the last one partially full" would leave 40 examples out.
    expect(sizes).toHaveLength(8334);
    expect(sizes.filter((size) => size === 120)).toHaveLength(8333);
    expect(sizes.at(-1)).toBe(40);
    expect(total(sizes)).toBe(1e6);
    expect(total(sizes.slice(0, 8333))).toBe(1e6 - 40);
  });

  test("batches are samples of the whole: their gradients, weighted by size, add up to its gradient", () => {
    const random = new Random(2);
    const rows = Array.from({ length: 11 }, () => ({ x: vector(random, 2), y: random.uniform(-1, 1) }));
    const mlp = new MLP(2, [3, 1], { random });
    const loss = compile((batch: { x: Value[]; y: Value }[]) =>
      mean(batch, ({ x, y }) => square(sub(mlp(x)[0], y))),
    );
    const gradientOf = (batch: typeof rows): number[] => {
      zeroGrad(mlp.parameters());
      loss.backward(batch as never);
      return mlp.parameters().map(({ grad }) => grad);
    };
    const whole = gradientOf(rows);
    for (const size of [1, 4]) {
      const batches = Array.from({ length: Math.ceil(11 / size) }, (_, i) =>
        rows.slice(i * size, (i + 1) * size),
      );
      const weighted = batches.map((batch) => gradientOf(batch).map((g) => (g * batch.length) / 11));
      expectClose(transpose(weighted).map(total), whole);
    }
  });
});

describe("forward derivation of every weight repeats work, backpropagation does not", () => {
  /** A chain of L neurons with one weight each: a_l = σ(w_l a_{l−1}), C = a_L. */
  function chain(depth: number) {
    const mlp = new MLP(1, new Array<number>(depth).fill(1), {
      activation: "sigmoid",
      output: "sigmoid",
      seed: 3,
    });
    const weights = mlp.layers.map(({ neurons }) => neurons[0]!.weights[0]!);
    const activations = mlp.forward([0.8]).layers.map(({ a }) => a[0].data);
    return { mlp, weights, activations };
  }

  const factors = (a: readonly number[]) => ({
    slope: (l: number) => a[l]! * (1 - a[l]!),
    input: (l: number) => (l === 0 ? 0.8 : a[l - 1]!),
  });

  function pathByPath(
    weights: readonly number[],
    a: readonly number[],
  ): [gradient: number[], multiplications: number] {
    const { slope, input } = factors(a);
    let multiplications = 0;
    const gradient = weights.map((_, l) => {
      let path = 1;
      for (let k = weights.length - 1; k > l; k--) {
        path *= slope(k) * weights[k]!;
        multiplications += 2;
      }
      multiplications += 2;
      return path * slope(l) * input(l);
    });
    return [gradient, multiplications];
  }

  function backPropagated(
    weights: readonly number[],
    a: readonly number[],
  ): [gradient: number[], multiplications: number] {
    const { slope, input } = factors(a);
    let [byA, multiplications] = [1, 0];
    const gradient: number[] = [];
    for (let l = weights.length - 1; l >= 0; l--) {
      const delta = byA * slope(l);
      gradient.unshift(delta * input(l));
      byA = delta * weights[l]!;
      multiplications += 3;
    }
    return [gradient, multiplications];
  }

  test.each([1, 2, 5, 20])(
    "a chain of %i layers: L(L + 1) multiplications or 3L, and the same gradient",
    (L) => {
      const { mlp, weights, activations } = chain(L);
      const numbers = weights.map(({ data }) => data);
      const [slow, many] = pathByPath(numbers, activations);
      const [fast, few] = backPropagated(numbers, activations);
      expect([many, few]).toEqual([L * (L + 1), 3 * L]);
      for (const [, way] of ways) {
        way(() => mlp([0.8])[0], mlp.parameters());
        const got = weights.map(({ grad }) => grad);
        got.forEach((g, l) => {
          expectClose(g, slow[l]!);
          expectClose(g, fast[l]!);
        });
      }
    },
  );
});

describe("the error of a node", () => {
  const random = new Random(4);
  const mlp = new MLP(3, [4, 2], { activation: "sigmoid", output: "sigmoid", random });
  const [x, y] = [vector(random, 3), [0.25, 0.75]];
  const costOf = (outputs: readonly Value[]): Value =>
    mul(0.5, sum(outputs.map((output, k) => square(sub(output, y[k]!)))));

  /** The cost with Δ added to the z of one layer. */
  const perturbed = (l: number) => (added: readonly Value[]) => {
    let inputs: readonly Scalar[] = x;
    for (const layer of mlp.layers) {
      const { z } = layer.forward(inputs);
      const isPerturbed = layer === mlp.layers[l];
      inputs = layer.activation.applyToAll(isPerturbed ? z.map((zj, j) => add(zj, added[j]!)) : z);
    }
    return costOf(inputs as readonly Value[]);
  };

  const forward = mlp.forward(x);
  costOf(forward.outputs).backward();

  test.each([0, 1])("δ_j = ∂C/∂z_j of layer %i is what adding Δ to z_j does", (l) => {
    const { delta } = forward.layers[l]!;
    const none = delta.map(() => 0);
    const f = perturbed(l);
    for (const both of [valueAndGrad(f), compile(valueAndGrad(f))]) {
      const [cost, gradient] = both(none) as [number, readonly number[]];
      expectClose(cost, costOf(forward.outputs).data);
      expectClose(gradient, delta);
    }
    const compiled = compile(f);
    const h = 1e-5;
    delta.forEach((d, j) => {
      const at = (by: number) => compiled(none.map((zero, k) => (k === j ? by : zero))) as number;
      expect((at(h) - at(-h)) / (2 * h)).toBeCloseTo(d, 9);
    });
  });

  test("equation 1: δ^L = ∇_a C ⊙ σ′(z^L), by gradients on the graph and in plain numbers", () => {
    const { z, a, delta } = forward.layers[1]!;
    const slopes = z.map(({ data }) => logistic(data) * logistic(-data));
    const byA = a.map(({ data }, j) => data - y[j]!);
    expectClose(
      a.map(({ grad }) => grad),
      byA,
    );
    expectClose(delta, hadamard(byA, slopes));
    const want: Matrix = [hadamard(byA, slopes)];
    for (const [, way] of ways) {
      way(() => costOf(mlp(x)), mlp.parameters());
      expectClose([mlp.matrices("B")[1]!.gradb], want);
    }
  });
});
