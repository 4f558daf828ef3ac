import { grad, topologicalOrder, type Value, value } from "@chainrule/core";
import { expect, test } from "vitest";
import { Neuron, Random } from "../src/index.ts";

function set(neuron: Neuron, numbers: readonly number[]): Neuron {
  neuron.parameters().forEach((parameter, i) => {
    parameter.data = numbers[i]!;
  });
  return neuron;
}

test("computes activation(w · x + b)", () => {
  const neuron = set(new Neuron(2), [0.5, -2, 0.25]);
  expect(neuron([3, 1]).data).toBe(Math.tanh(0.5 * 3 - 2 * 1 + 0.25));
  expect(set(new Neuron(2, { activation: "relu" }), [1, 1, -5])([1, 2]).data).toBe(0);
});

test("is three nodes: dot, add and the activation; two if linear", () => {
  const nodes = (neuron: Neuron) =>
    topologicalOrder(neuron([1, 2, 3])).flatMap((node) => node.op?.name ?? []);
  expect(nodes(new Neuron(3))).toEqual(["dot", "add", "tanh"]);
  expect(nodes(new Neuron(3, { activation: "linear" }))).toEqual(["dot", "add"]);
});

test("passes gradients to weights, bias and inputs", () => {
  const neuron = set(new Neuron(2, { activation: "linear" }), [0.5, -2, 0.25]);
  const x = [value(3), value(1)];
  neuron(x).backward();
  expect(neuron.parameters().map((p) => p.grad)).toEqual([3, 1, 1]);
  expect(x.map((xi) => xi.grad)).toEqual([0.5, -2]);
  expect(grad((xs: readonly Value[]) => neuron(xs))([3, 1])).toEqual([0.5, -2]);
});

test("is callable and an instance of Neuron", () => {
  const neuron = new Neuron(2, { activation: "gelu" });
  expect(neuron).toBeInstanceOf(Neuron);
  expect(typeof neuron).toBe("function");
  expect(String(neuron)).toBe("Neuron(2 → 1 gelu, 3 parameters)");
});

test("names its parameters w0, w1, …, b; labels may have a prefix", () => {
  const neuron = new Neuron(2, { labelPrefix: "left." });
  expect([...neuron.namedParameters().keys()]).toEqual(["w0", "w1", "b"]);
  expect([...neuron.namedParameters().values()]).toEqual(neuron.parameters());
  expect(neuron.parameters().map((p) => p.label)).toEqual(["left.w0", "left.w1", "left.b"]);
  expect(new Neuron(1).bias.label).toBe("b");
});

test("weights depend on the seed, or come from the generator given", () => {
  const weights = (neuron: Neuron) => neuron.weights.map((w) => w.data);
  expect(weights(new Neuron(3))).toEqual(weights(new Neuron(3, { seed: 0 })));
  expect(weights(new Neuron(3, { seed: 1 }))).not.toEqual(weights(new Neuron(3)));
  const random = new Random(1);
  expect(weights(new Neuron(3, { random }))).toEqual(weights(new Neuron(3, { seed: 1 })));
  expect(weights(new Neuron(3, { random }))).not.toEqual(weights(new Neuron(3, { seed: 1 })));
});

test("refuses what it cannot compute with", () => {
  const neuron = new Neuron(2);
  expect(() => neuron([1])).toThrow(new RangeError("Neuron: expected 2 inputs, got 1."));
  expect(() => new Neuron(1)([])).toThrow(new RangeError("Neuron: expected 1 input, got 0."));
  expect(() => neuron([1, "2" as never])).toThrow(
    new TypeError('Neuron: inputs[1] must be a number or a Value, got the string "2".'),
  );
  expect(() => neuron(3 as never)).toThrow(
    new TypeError("Neuron: inputs must be an array of scalars, got 3."),
  );
  for (const inputs of [0, -1, 1.5, Number.NaN]) expect(() => new Neuron(inputs)).toThrow(RangeError);
  expect(() => new Neuron("2" as never)).toThrow(TypeError);
  expect(() => new Neuron(2, { layerSize: 0 })).toThrow(
    "Neuron: layerSize must be a positive integer, got 0.",
  );
  expect(() => new Neuron(2, { activation: "relo" as never })).toThrow(
    new RangeError(
      "Neuron: activation must be one of linear, sigmoid, tanh, relu, leakyRelu, elu, softplus, gelu, silu, step, " +
        'got the string "relo".',
    ),
  );
  expect(() => new Neuron(2, { activation: "toString" as never })).toThrow(RangeError);
});
