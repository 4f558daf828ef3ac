import { expect, test } from "vitest";
import {
  add,
  compile,
  dot,
  logsumexp,
  mean,
  mul,
  type Scalar,
  scan,
  sigmoid,
  square,
  sub,
  tanh,
  type Value,
  value,
  valueAndGrad,
} from "../../../src/index.ts";
import { agree, differences, expectClose, flat, many, numbersFrom, tiers } from "./agree.ts";

const size = 2;

interface Layer<S = Scalar> {
  /** For each gate (forget, in, out, change): for each cell, weights of input, of memory, and bias. */
  gates: S[][][];
}
interface Memory<S = Scalar> {
  h: S[];
  c: S[];
}

function step({ gates }: Layer, { h, c }: Memory, x: readonly Scalar[]): Memory {
  const [forget, ingate, outgate, change] = gates.map((gate) =>
    gate.map((weights) => dot(weights, [...x, ...h, 1])),
  ) as [Scalar[], Scalar[], Scalar[], Scalar[]];
  const cells = c.map((cell, i) =>
    add(mul(cell, sigmoid(forget[i]!)), mul(sigmoid(ingate[i]!), tanh(change[i]!))),
  );
  return { h: cells.map((cell, i) => mul(tanh(cell), sigmoid(outgate[i]!))), c: cells };
}

const zero: Memory<number> = { h: [0, 0], c: [0, 0] };
const next = numbersFrom(3);
const makeLayer = (): Layer<number> => ({
  gates: many(4, () => many(size, () => many(2 * size + 1, () => next()))),
});
const layers = [makeLayer(), makeLayer()];
const sequence = many(6, () => many(size, () => next()));

/** The mean negative log-likelihood of the next input, as in ADBench's "LSTM", of two layers. */
function loss(layers: Layer[], sequence: readonly (readonly number[])[]): Scalar {
  const pairs = sequence.slice(1).map((target, i) => ({ x: sequence[i]!, target }));
  const [, losses] = scan(pairs, [zero, zero], (before, { x, target }) => {
    const first = step(layers[0]!, before[0]!, x);
    const second = step(layers[1]!, before[1]!, first.h);
    return [[first, second], sub(logsumexp(second.h), dot(second.h, target))];
  });
  return mean(losses);
}

test("two LSTM layers by scan: loss and gradient", () => {
  const [, gradient] = agree(valueAndGrad(loss), layers, sequence);
  const f = (x: number[]) => {
    let at = 0;
    const like = layers.map(({ gates }) => ({
      gates: gates.map((gate) => gate.map((row) => row.map(() => x[at++]!))),
    }));
    return loss(like, sequence) as number;
  };
  expectClose(flat(gradient), differences(f, flat(layers)), 1e-8);
});

test("the same with captured parameters: kernel.backward fills their grad as backward does", () => {
  const parameters = layers.map(({ gates }) => ({
    gates: gates.map((gate) => gate.map((row) => row.map((x) => value(x)))),
  }));
  const leaves = parameters.flatMap(({ gates }) => gates.flat(2));
  const ofSequence = (data: readonly (readonly number[])[]) => loss(parameters, data) as Value;
  for (const tier of tiers) {
    const kernel = compile(ofSequence, { tier });
    for (const leaf of leaves) leaf.grad = 0;
    const result = ofSequence(sequence);
    result.backward();
    const wanted = leaves.map((leaf) => leaf.grad);
    for (const leaf of leaves) leaf.grad = 0;
    expectClose(kernel.backward(sequence), result);
    expectClose(
      leaves.map((leaf) => leaf.grad),
      wanted,
    );
    for (const leaf of leaves) leaf.data *= 0.9;
    expectClose(kernel(sequence), ofSequence(sequence));
  }
  expect(leaves.every((leaf) => leaf.hasGrad)).toBe(true);
});

test("an exponential average by a hand-written loop over a carry of unequal depth", () => {
  const f = (rate: Value, data: readonly number[]) => {
    const carry = { mean: 0, moments: [[0]] };
    const { mean: m, moments } = scan(data, carry, ({ mean: m, moments }, x) => ({
      mean: add(m, mul(rate, sub(x, m))),
      moments: moments.map((row) => row.map((v) => add(v, mul(rate, sub(square(sub(x, m)), v))))),
    }));
    return sub(moments[0]![0]!, m);
  };
  agree(valueAndGrad(f), 0.3, [1, 4, 2, 8, 5]);
});
