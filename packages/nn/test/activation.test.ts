import { type Value, value } from "@chainrule/core";
import { expect, test } from "vitest";
import { type ActivationName, activations, type LayerActivationName } from "../src/index.ts";

/** Values at −2, 0 and 1.5 from the textbook formulae, evaluated in high precision. */
const known: Record<ActivationName, [number, number, number]> = {
  linear: [-2, 0, 1.5],
  sigmoid: [0.11920292202211757, 0.5, 0.8175744761936437],
  tanh: [-0.9640275800758169, 0, 0.9051482536448664],
  relu: [0, 0, 1.5],
  leakyRelu: [-0.02, 0, 1.5],
  elu: [-0.8646647167633873, 0, 1.5],
  softplus: [0.1269280110429726, Math.LN2, 1.7014132779827524],
  gelu: [-0.04550026389635842, 0, 1.399789198096713],
  silu: [-0.23840584404423515, 0, 1.2263617142904655],
  step: [0, 0, 1],
};

const xs = [-2, 0, 1.5];

test.each(Object.keys(known) as ActivationName[])(
  "%s has its name and the known values, for numbers and Values, one by one and all together",
  (name) => {
    const row = activations[name];
    expect(row.name).toBe(name);
    const want = known[name];
    xs.forEach((x, i) => {
      expect(row.apply(x)).toBeCloseTo(want[i]!, 14);
      expect(row.apply(value(x)).data).toBe(row.apply(x));
    });
    expect(row.applyToAll(xs)).toEqual(xs.map((x) => row.apply(x)));
    expect(row.applyToAll(xs.map((x) => value(x))).map((a) => a.data)).toEqual(row.applyToAll(xs));
  },
);

test("softmax is of a layer: all its values together, at any size", () => {
  const { softmax } = activations;
  const total = Math.exp(-2) + 1 + Math.exp(1.5);
  softmax.applyToAll(xs).forEach((p, i) => {
    expect(p).toBeCloseTo(Math.exp(xs[i]!) / total, 14);
  });
  expect(softmax.applyToAll(xs.map((x) => value(x))).map((p) => p.data)).toEqual(softmax.applyToAll(xs));
  expect(softmax.applyToAll([1000, 1000])).toEqual([0.5, 0.5]);
});

test("there are no others", () => {
  const names: LayerActivationName[] = [...(Object.keys(known) as ActivationName[]), "softmax"];
  expect(Object.keys(activations)).toEqual(names);
});

test("slopes on both sides of the kink and at it", () => {
  const slope = (name: ActivationName, at: number): number => {
    const x: Value = value(at);
    activations[name].apply(x).backward();
    return x.grad;
  };
  expect([-1, 0, 1].map((x) => slope("relu", x))).toEqual([0, 0, 1]);
  expect([-1, 0, 1].map((x) => slope("leakyRelu", x))).toEqual([0.01, 0.01, 1]);
  expect([-1, 0, 1].map((x) => slope("step", x))).toEqual([0, 0, 0]);
  expect(slope("elu", 0)).toBe(1);
});

test("linear adds no node", () => {
  const x = value(3);
  expect(activations.linear.apply(x)).toBe(x);
});
