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

test("of given numbers: they become parameters with names and labels", () => {
  const neuron = Neuron.of([0.5, -2], 0.25, { activation: "relu", labelPrefix: "first." });
  expect(neuron).toBeInstanceOf(Neuron);
  expect(neuron([9, 1]).data).toBe(2.75);
  expect(neuron.parameters().map((p) => [p.label, p.data])).toEqual([
    ["first.w0", 0.5],
    ["first.w1", -2],
    ["first.b", 0.25],
  ]);
  expect([...neuron.namedParameters().keys()]).toEqual(["w0", "w1", "b"]);
  expect(String(Neuron.of([1], 0))).toBe("Neuron(1 → 1 tanh, 2 parameters)");
});

test("of given Values: they are the parameters, keep their labels, and may be shared", () => {
  const [w, b] = [value(3, "steepness"), value(1)];
  const left = Neuron.of([w, w], b, { activation: "linear" });
  const right = Neuron.of([w], 7, { activation: "linear" });
  expect(left.weights).toEqual([w, w]);
  expect(left.parameters()).toEqual([w, b]);
  expect([w.label, b.label]).toEqual(["steepness", "b"]);
  expect([...left.namedParameters().keys()]).toEqual(["w0", "w1", "b"]);
  left([5, 2])
    .add(right([10]))
    .backward();
  expect([w.grad, b.grad]).toEqual([17, 1]);
  expect(String(left)).toBe("Neuron(2 → 1 linear, 2 parameters)");
});

test("of given Values that are computed: gradients pass on to their leaves", () => {
  const steepness = value(2);
  const neuron = Neuron.of([steepness.square()], steepness.neg(), { activation: "linear" });
  neuron([3]).backward();
  expect(steepness.grad).toBe(2 * 2 * 3 - 1);
  const slope = grad((w: Value) => Neuron.of([w], 0, { activation: "tanh" })([0.5]));
  expect(slope(0.3)).toBeCloseTo(0.5 * (1 - Math.tanh(0.15) ** 2), 15);
});

test("parameters are found and set by name", () => {
  const neuron = Neuron.of([1, 2], 3);
  expect(neuron.parameter("w1")).toBe(neuron.weights[1]);
  expect(neuron.set({ w1: 12, b: -1 })).toBe(neuron);
  expect(neuron.parameters().map((p) => p.data)).toEqual([1, 12, -1]);
});

test("of refuses what makes no neuron", () => {
  expect(() => Neuron.of([], 1)).toThrow(new RangeError("Neuron.of: needs at least one weight, got none."));
  expect(() => Neuron.of(3 as never, 1)).toThrow(
    new TypeError("Neuron.of: weights must be an array of scalars, got 3."),
  );
  expect(() => Neuron.of([1, "2" as never], 1)).toThrow(
    new TypeError('Neuron.of: weights[1] must be a number or a Value, got the string "2".'),
  );
  expect(() => Neuron.of([1], undefined as never)).toThrow(
    new TypeError("Neuron.of: bias must be a number or a Value, got undefined."),
  );
  expect(() => Neuron.of([1], 1, { activaton: "relu" } as never)).toThrow(TypeError);
  for (const make of [
    () => Neuron.of([1], 1, { activation: "softmax" as never }),
    () => new Neuron(1, { activation: "softmax" as never }),
  ]) {
    expect(make).toThrow(
      /softmax acts on all weighted inputs of a layer, so one neuron cannot have it\. Give it to the layer: new Layer/,
    );
  }
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
        'got the string "relo". Did you mean "relu"?',
    ),
  );
  expect(() => new Neuron(2, { activation: "toString" as never })).toThrow(RangeError);
});
