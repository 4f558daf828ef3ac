import { describe, expect, test } from "vitest";
import {
  add,
  compile,
  dot,
  mean,
  relu,
  type Scalar,
  square,
  tanh,
  type Value,
  value,
} from "../../../src/index.ts";

/** Numbers in [−½, ½) without a pattern. @see Park & Miller (1988) */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
}

/** A network with so many hidden layers of so many neurons: from rows of two numbers to the mean of its squares. */
function network(depth: number, width: number, activation: (z: Value) => Value) {
  const next = numbers();
  const sizes = [2, ...new Array<number>(depth).fill(width), 1];
  const layers = sizes.slice(1).map((size, l) =>
    Array.from({ length: size }, () => ({
      weights: Array.from({ length: sizes[l]! }, () => value(next())),
      bias: value(next()),
    })),
  );
  const output = (row: readonly Scalar[]): Scalar =>
    layers.reduce<readonly Scalar[]>(
      (xs, layer, l) =>
        layer.map(({ weights, bias }) => {
          const z = add(dot(weights, xs), bias);
          return l < depth ? activation(z) : z;
        }),
      row,
    )[0]!;
  return {
    loss: (rows: readonly (readonly Scalar[])[]) => mean(rows, (row) => square(output(row))),
    leaves: layers.flat().flatMap(({ weights, bias }) => [...weights, bias]),
  };
}

const rows = [
  [0.1, 0.2],
  [0.3, -0.4],
  [0.5, 0.1],
];

describe("deep networks, in whose bodies loops wait for loops", () => {
  test.each([
    [3, 16, relu],
    [5, 32, relu],
    [8, 24, tanh],
    [10, 16, tanh],
    [19, 8, tanh],
    [12, 9, relu],
  ])("%i layers of %i: as eager, in every tier", (depth, width, activation) => {
    const { loss, leaves } = network(depth, width, activation as (z: Value) => Value);
    const eager = loss(rows) as Value;
    eager.backward();
    const want = [eager.data, ...leaves.map(({ grad }) => grad)];
    for (const tier of ["wasm", "js"] as const) {
      const gradient = new Float64Array(leaves.length);
      const at = Float64Array.from(leaves, ({ data }) => data);
      const kernel = compile(loss as (rows: Value[][]) => Value, { tier });
      const found = [kernel.gradientAt(leaves)(at, gradient, rows), ...gradient];
      const scale = Math.max(...want.map(Math.abs));
      found.forEach((x, i) => {
        expect(Math.abs(x - want[i]!)).toBeLessThanOrEqual(1e-12 * scale);
      });
    }
  });
});
