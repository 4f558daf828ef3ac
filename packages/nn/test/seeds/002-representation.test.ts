/** Document 002, first part: what networks with one hidden layer can represent, built by hand and trained. */
import { compile, map, mean, type Scalar, square, sub, type Value, value, zeroGrad } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { Layer, MLP, Neuron, Random } from "../../src/index.ts";
import { logistic } from "./algebra.ts";
import { expectClose } from "./close.ts";

const bits = (n: number) =>
  Array.from({ length: 2 ** n }, (_, row) => Array.from({ length: n }, (_, i) => (row >> i) & 1));

/** A perceptron for each row where the function is 1, which fires on that row alone; the output fires if one does. */
function perceptrons(rows: readonly (readonly number[])[], truth: readonly number[]): MLP {
  const options = { activation: "step" } as const;
  const hidden = rows
    .filter((_, r) => truth[r] === 1)
    .map((row) => {
      const weights = row.map((x) => (x === 1 ? 1 : -1));
      return Neuron.of(weights, 0.5 - row.reduce((sum, x) => sum + x), options);
    });
  if (hidden.length === 0)
    hidden.push(
      Neuron.of(
        rows[0]!.map(() => 0),
        -0.5,
        options,
      ),
    );
  const output = Neuron.of(
    hidden.map(() => 1),
    -0.5,
    options,
  );
  return MLP.of([Layer.of(hidden), Layer.of([output])]);
}

describe("perceptrons with one hidden layer represent any Boolean function exactly", () => {
  const functions = Array.from({ length: 16 }, (_, code) => bits(2).map((_, row) => (code >> row) & 1));

  test.each(functions.map((truth) => [truth.join(""), truth] as const))(
    "of two inputs, with the truth table %s, eager and compiled",
    (_, truth) => {
      const net = perceptrons(bits(2), truth);
      const compiled = compile((x: Value[]) => net(x)[0]);
      expect(bits(2).map((x) => net(x)[0].data)).toEqual(truth);
      expect(bits(2).map((x) => compiled(x))).toEqual(truth);
    },
  );

  test("of three inputs: parity, majority, and all the others", () => {
    const tables = Array.from({ length: 256 }, (_, code) => bits(3).map((_, row) => (code >> row) & 1));
    for (const truth of tables) {
      const net = perceptrons(bits(3), truth);
      expect(bits(3).map((x) => net(x)[0].data)).toEqual(truth);
    }
    for (const f of [(n: number) => n % 2, (n: number) => (n >= 2 ? 1 : 0)]) {
      const truth = bits(3).map((row) => f(row.reduce((sum, x) => sum + x)));
      const compiled = compile((x: Value[]) => perceptrons(bits(3), truth)(x)[0]);
      expect(bits(3).map((x) => compiled(x))).toEqual(truth);
    }
  });
});

const f = (x: number) => Math.sin(2 * Math.PI * x);
const grid = Array.from({ length: 401 }, (_, i) => i / 400);

/** n towers side by side on [0, 1], as high as f in their middle; the outer ones go on beyond it. */
function towersOf(n: number): { from: number; to: number; height: number }[] {
  return Array.from({ length: n }, (_, i) => ({
    from: i === 0 ? -1 : i / n,
    to: i === n - 1 ? 2 : (i + 1) / n,
    height: f((i + 0.5) / n),
  }));
}

/** A tower is the difference of two steep sigmoids of steepness w, whose bias −w·position says where they rise. */
function towerNet(towers: ReturnType<typeof towersOf>, steepness: number): MLP {
  const w = value(steepness, "steepness");
  const edges = towers.flatMap(({ from, to, height }) => [
    [from, height],
    [to, -height],
  ]);
  const hidden = edges.map(([position]) => Neuron.of([w], w.mul(-position!), { activation: "sigmoid" }));
  const heights = Neuron.of(
    edges.map(([, height]) => height!),
    0,
    { activation: "linear" },
  );
  return MLP.of([Layer.of(hidden), Layer.of([heights])]);
}

const furthest = (g: (x: number) => number) => Math.max(...grid.map((x) => Math.abs(g(x) - f(x))));

describe("sigmoid neurons with one hidden layer approximate any continuous function", () => {
  test("a tower is h·(σ(w(x − from)) − σ(w(x − to))), eager and compiled", () => {
    const towers = [{ from: 0.2, to: 0.6, height: 3 }];
    const net = towerNet(towers, 40);
    const compiled = compile((x: Scalar) => net([x])[0]);
    for (const x of grid) {
      const want = 3 * (logistic(40 * (x - 0.2)) - logistic(40 * (x - 0.6)));
      expect(net([x])[0].data).toBeCloseTo(want, 12);
      expect(compiled(x)).toBeCloseTo(want, 12);
    }
    expectClose(net([0.4])[0].data, 3 * (logistic(8) - logistic(-8)));
  });

  test("the steeper, the nearer to a step; the bias moves it: σ(wx + b) is ½ at −b/w", () => {
    const at = (w: number, b: number, x: number) => Neuron.of([w], b, { activation: "sigmoid" })([x]).data;
    const distances = [1, 10, 100, 1000].map((w) => 1 - at(w, -0.3 * w, 0.31));
    expect(distances).toEqual([...distances].sort((a, b) => b - a));
    expect(distances[3]).toBeLessThan(1e-4);
    for (const b of [-3, 0, 5]) expect(at(20, b, -b / 20)).toBe(0.5);
  });

  test("a sum of towers approximates f: max|g − f| shrinks as they grow in number", () => {
    const errors = [4, 8, 16, 32, 64].map((n) => {
      const net = towerNet(towersOf(n), 40 * n);
      const compiled = compile((xs: Value[]) => map(xs, (x) => net([x])[0]));
      const g = compiled(grid) as readonly number[];
      expectClose(g[100]!, net([grid[100]!])[0].data);
      return Math.max(...g.map((y, i) => Math.abs(y - f(grid[i]!))));
    });
    errors.forEach((error, i) => {
      // A step that is as high as f in the middle of 1/n is off by half of 1/n times the steepest slope, 2π.
      expect(error).toBeLessThan(((2 * Math.PI) / (2 * 4 * 2 ** i)) * 1.05);
      if (i > 0) expect(error).toBeLessThan(0.6 * errors[i - 1]!);
    });
  });

  test("in two dimensions a tower needs a second layer: σ(K(x inside + y inside − 3/2))", () => {
    const [w, K, n] = [400, 60, 6];
    const h = (x: number, y: number) => x * y;
    const cells = Array.from({ length: n * n }, (_, i) => [i % n, Math.floor(i / n)] as const);
    const edges = Array.from({ length: n + 1 }, (_, i) => (i === 0 ? -1 : i === n ? 2 : i / n));
    const rises = edges.flatMap((e) => [[w, 0, -w * e] as const, [0, w, -w * e] as const]);
    const first = rises.map(([wx, wy, b]) => Neuron.of([wx, wy], b, { activation: "sigmoid" }));
    const towers = cells.map(([i, j]) => {
      const weights = rises.map(() => 0);
      [weights[2 * i], weights[2 * i + 2], weights[2 * j + 1], weights[2 * j + 3]] = [K, -K, K, -K];
      return Neuron.of(weights, -1.5 * K, { activation: "sigmoid" });
    });
    const heights = cells.map(([i, j]) => h((i + 0.5) / n, (j + 0.5) / n));
    const net = MLP.of([
      Layer.of(first),
      Layer.of(towers),
      Layer.of([Neuron.of(heights, 0, { activation: "linear" })]),
    ]);
    const compiled = compile((x: Value[]) => net(x)[0]);
    cells.forEach(([i, j], cell) => {
      expect(compiled([(i + 0.5) / n, (j + 0.5) / n])).toBeCloseTo(heights[cell]!, 6);
      const [x, y] = [(i + 0.7) / n, (j + 0.2) / n];
      expect(Math.abs(compiled([x, y]) - h(x, y))).toBeLessThan(1 / n);
    });
    expectClose(net([0.3, 0.8])[0].data, compiled([0.3, 0.8]));
  });

  test("a trained one: max|g − f| shrinks with gradient descent", () => {
    const net = new MLP(1, [10, 1], { activation: "sigmoid", seed: 1 });
    const random = new Random(1);
    for (const { weights, bias } of net.layers[0]!.neurons) {
      weights[0]!.data = 12;
      bias.data = -12 * random.uniform(0, 1);
    }
    const rows = grid.filter((_, i) => i % 10 === 0).map((x) => ({ x, y: f(x) }));
    const loss = compile((data: { x: Value; y: Value }[]) =>
      mean(data, ({ x, y }) => square(sub(net([x])[0], y))),
    );
    const outputs = compile((xs: Value[]) => map(xs, (x) => net([x])[0]));
    const parameters = net.parameters();
    const error = () => {
      const g = outputs(grid) as readonly number[];
      return furthest((x) => g[Math.round(x * 400)]!);
    };
    const errors = [error()];
    for (const steps of [300, 2000, 6000]) {
      for (let i = 0; i < steps; i++) {
        zeroGrad(parameters);
        loss.backward(rows as never);
        for (const p of parameters) p.data -= 0.1 * p.grad;
      }
      errors.push(error());
    }
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    expect(errors.at(-1)).toBeLessThan(0.1);
  });
});
