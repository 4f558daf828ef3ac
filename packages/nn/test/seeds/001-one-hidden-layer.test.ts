/** Document 001: one hidden ReLU layer, entry by entry, as matrices (convention B), and as batches (B, then C). */
import {
  compile,
  cos,
  exp,
  grad,
  log,
  mean,
  mul,
  type Scalar,
  sin,
  square,
  sub,
  type Value,
  valueAndGrad,
} from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { crossEntropyWithLogits, MLP, Random } from "../../src/index.ts";
import {
  column,
  entrywise,
  hadamard,
  type Matrix,
  matrix,
  oneHot,
  ones,
  outer,
  plus,
  product,
  shape,
  softmax,
  times,
  transpose,
  vector,
} from "./algebra.ts";
import { areClose, expectClose } from "./close.ts";
import { ways } from "./ways.ts";

const relu = (z: number) => Math.max(0, z);
const reluSlope = (z: number) => (z > 0 ? 1 : 0);

/** A net with d inputs, m hidden ReLU neurons and so many linear outputs, all of random numbers. */
function net(random: Random, outputs: number) {
  const [d, m] = [2 + random.integer(4), 3 + random.integer(4)];
  const given = [
    { W: matrix(random, m, d), b: vector(random, m) },
    { W: matrix(random, outputs, m), b: vector(random, outputs) },
  ] as const;
  const mlp = new MLP(d, [m, outputs], { activation: "relu" }).setMatrices("B", given);
  return { mlp, d, m, one: given[0], two: given[1] };
}

test("multi-path chain rule: ∂J/∂θ_i = Σ_j ∂J/∂g_j ∂g_j/∂θ_i", () => {
  const f = ([s, t]: readonly Scalar[]) => {
    const g = [mul(s!, t!), sin(s!), exp(t!)] as const;
    return mul(mul(g[0], g[1]), cos(g[2])) as Value;
  };
  const [s, t] = [0.7, -0.4];
  const [g1, g2, g3] = [s * t, Math.sin(s), Math.exp(t)];
  const outerSlopes = [g2 * Math.cos(g3), g1 * Math.cos(g3), -g1 * g2 * Math.sin(g3)];
  const innerSlopes = [
    [t, s],
    [Math.cos(s), 0],
    [0, Math.exp(t)],
  ];
  const want = times(transpose(innerSlopes), outerSlopes);
  expectClose(grad((x: Value[]) => f(x))([s, t]), want);
  expectClose(compile(valueAndGrad((x: Value[]) => f(x)))([s, t])[1] as number[], want);
});

describe("system 1: regression, J = ½(y − o)²", () => {
  test.each(ways)("every gradient, with the shapes written beside it, by %s", (_, way) => {
    for (const seed of [1, 2, 3]) {
      const random = new Random(seed);
      const { mlp, d, m, one, two } = net(random, 1);
      const [x, y] = [vector(random, d), random.uniform(-2, 2)];
      const z = plus(times(one.W, x), one.b);
      const a = z.map(relu);
      const o = times(two.W, a)[0]! + two.b[0]!;

      const byO = o - y;
      const byA = times(transpose(two.W), [byO]);
      const byZ = hadamard(byA, z.map(reluSlope));
      way(() => mul(0.5, square(sub(y, mlp(x)[0]))), mlp.parameters());
      const [first, second] = mlp.matrices("B");
      expectClose(second!.gradW, outer([byO], a));
      expectClose(second!.gradb, [byO]);
      expectClose(first!.gradW, outer(byZ, x));
      expectClose(first!.gradb, byZ);
      expect([first!.gradW, second!.gradW].map(shape)).toEqual([
        [m, d],
        [1, m],
      ]);
    }
  });

  test("∂J/∂o, ∂J/∂a and ∂J/∂z on the graph", () => {
    const random = new Random(4);
    const { mlp, d, two } = net(random, 1);
    const { outputs, layers } = mlp.forward(vector(random, d));
    mul(0.5, square(sub(1, outputs[0]))).backward();
    const { z, a, delta } = layers[0]!;
    const byO = outputs[0].data - 1;
    expectClose(outputs[0].grad, byO);
    expectClose(layers[1]!.delta, [byO]);
    const byA = times(transpose(two.W), [byO]);
    expectClose(
      a.map(({ grad }) => grad),
      byA,
    );
    expectClose(
      delta,
      hadamard(
        byA,
        z.map(({ data }) => reluSlope(data)),
      ),
    );
  });
});

/** J = −log softmax(s)_y as it is written. */
const written = (s: readonly Value[], y: number): Value =>
  log(exp(s[y]!).div(s.map((sk) => exp(sk)).reduce((total, e) => total.add(e)))).neg();

describe("system 2: classification, J = −log softmax(s)_y", () => {
  test("∂J/∂s = p − e(y), eager and compiled, written out or from logits; the two cases are not swapped", () => {
    const s = vector(new Random(5), 4);
    const p = softmax(s);
    for (const y of [0, 3]) {
      const want = p.map((pk, k) => (k === y ? pk - 1 : pk));
      // Erratum: the first statement has p_k for k = y, and p_k − 1 for the others.
      const swapped = p.map((pk, k) => (k === y ? pk : pk - 1));
      for (const f of [written, crossEntropyWithLogits]) {
        const gradient = grad((x: Value[]) => f(x, y));
        for (const got of [gradient(s), compile(gradient)(s) as number[]]) {
          expectClose(got, want);
          expect(areClose(got, swapped)).toBe(false);
        }
      }
    }
  });

  test.each(ways)(
    "the algorithm: δ² = ∂J/∂s, δ¹ = W²ᵀδ² ⊙ relu′(z), gradients δaᵀ and δ, by %s",
    (_, way) => {
      for (const seed of [6, 7, 8]) {
        const random = new Random(seed);
        const c = 3 + random.integer(3);
        const { mlp, d, one, two } = net(random, c);
        const [x, y] = [vector(random, d), random.integer(c)];
        const z = plus(times(one.W, x), one.b);
        const a = z.map(relu);
        const s = plus(times(two.W, a), two.b);
        const delta2 = plus(
          softmax(s),
          oneHot(y, c).map((e) => -e),
        );
        const delta1 = hadamard(times(transpose(two.W), delta2), z.map(reluSlope));
        way(() => crossEntropyWithLogits(mlp(x), y), mlp.parameters());
        const [first, second] = mlp.matrices("B");
        expectClose(second!.gradW, outer(delta2, a));
        expectClose(second!.gradb, delta2);
        expectClose(first!.gradW, outer(delta1, x));
        expectClose(first!.gradb, delta1);

        const forward = mlp.forward(x);
        crossEntropyWithLogits(forward.outputs, y).backward();
        forward.layers.forEach(({ delta }, l) => {
          expectClose(delta, l === 0 ? delta1 : delta2);
        });
      }
    },
  );
});

describe("batches", () => {
  const random = new Random(9);
  const [c, n] = [3, 7];
  const { mlp, d, m, one, two } = net(random, c);
  const rows = matrix(random, n, d);
  const labels = rows.map(() => random.integer(c));
  const cost = () => mean(rows.map((x, e) => crossEntropyWithLogits(mlp(x), labels[e]!)));

  /** Convention B: examples are columns, b is spread by b·1ᵀ. */
  const X = transpose(rows);
  const affine = (W: Matrix, A: Matrix, b: readonly number[]) =>
    entrywise((x, y) => x + y, product(W, A), outer(b, ones(n)));
  const Z = affine(one.W, X, one.b);
  const A = entrywise(relu, Z);
  const S = affine(two.W, A, two.b);
  const P = transpose(transpose(S).map(softmax));
  const E = transpose(labels.map((y) => oneHot(y, c)));
  const byS = entrywise((p, e) => (p - e) / n, P, E);
  const byZ = entrywise((x, z) => x * reluSlope(z), product(transpose(two.W), byS), Z);

  test("forward: Z = W¹X + b¹1ᵀ, A = relu(Z), S = W²A + b²1ᵀ", () => {
    const forwards = rows.map((x) => mlp.forward(x).layers);
    const columnsOf = (of: "z" | "a", l: number) =>
      transpose(forwards.map((layers) => layers[l]![of].map(({ data }) => data)));
    expectClose(columnsOf("z", 0), Z);
    expectClose(columnsOf("a", 0), A);
    expectClose(columnsOf("a", 1), S);
    expectClose(compile((batch: Value[][]) => batch.map((x) => mlp(x)))(rows) as number[][], transpose(S));
  });

  test.each(ways)("convention B: ∇W = δAᵀ, ∇b = δ·1, by %s", (_, way) => {
    way(cost, mlp.parameters());
    const [first, second] = mlp.matrices("B");
    expectClose(second!.gradW, product(byS, transpose(A)));
    expectClose(column(second!.gradb), product(byS, column(ones(n))));
    expectClose(first!.gradW, product(byZ, transpose(X)));
    expectClose(column(first!.gradb), product(byZ, column(ones(n))));
    expect(shape(first!.gradW)).toEqual([m, d]);
  });

  test("erratum: ∂J/∂b = δ has a column for each example; the sum over them is missing", () => {
    cost().backward();
    expect(shape(byS)).toEqual([c, n]);
    expect(areClose(column(mlp.matrices("B")[1]!.gradb), byS)).toBe(false);
    for (const ofOne of transpose(byS)) expect(areClose(mlp.matrices("B")[1]!.gradb, ofOne)).toBe(false);
  });

  test.each(ways)(
    "convention C, in practice: Z = XW + 1b, with transposes moved; equal to B, by %s",
    (_, way) => {
      way(cost, mlp.parameters());
      const [first, second] = mlp.matrices("C");
      const affineC = (batch: Matrix, W: Matrix, b: readonly number[]) =>
        entrywise((x, y) => x + y, product(batch, W), outer(ones(n), b));
      const zs = affineC(rows, first!.W, first!.b);
      const as = entrywise(relu, zs);
      const ss = affineC(as, second!.W, second!.b);
      const deltaS = ss.map((s, e) => softmax(s).map((p, k) => (p - (k === labels[e] ? 1 : 0)) / n));
      const deltaZ = entrywise((x, z) => x * reluSlope(z), product(deltaS, transpose(second!.W)), zs);
      expectClose(second!.gradW, product(transpose(as), deltaS));
      expectClose([second!.gradb], product([ones(n)], deltaS));
      expectClose(first!.gradW, product(transpose(rows), deltaZ));
      expectClose([first!.gradb], product([ones(n)], deltaZ));
      mlp.matrices("B").forEach(({ gradW, gradb }, l) => {
        expect(transpose(mlp.matrices("C")[l]!.gradW)).toEqual(gradW);
        expect(mlp.matrices("C")[l]!.gradb).toEqual(gradb);
      });
    },
  );
});
