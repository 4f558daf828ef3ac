import { add, type Value, value } from "@chainrule/core";
import { expect, test, vi } from "vitest";
import { Layer, MLP, Neuron } from "../../src/index.ts";
import { parameterTensors } from "../../src/saving/parameterTensors.ts";
import type { Savable } from "../../src/saving/savable.ts";

const shapes = (model: Savable) =>
  parameterTensors("test", model).map(({ name, shape }) => `${name} [${shape.join(", ")}]`);

test.each<[string, Savable, string[]]>([
  [
    "a net, in the order of torch",
    new MLP(2, [3, 1]),
    ["layers.0.weight [3, 2]", "layers.0.bias [3]", "layers.1.weight [1, 3]", "layers.1.bias [1]"],
  ],
  ["a layer", new Layer(3, 2), ["weight [2, 3]", "bias [2]"]],
  ["a neuron", new Neuron(2), ["w0 []", "w1 []", "b []"]],
  ["only a list", { parameters: () => [value(1), value(2)] }, ["parameters.0 []", "parameters.1 []"]],
])("%s", (_, model, expected) => {
  expect(shapes(model)).toEqual(expected);
});

const named = (...names: string[]): Savable => {
  const map = new Map(names.map((name) => [name, value(0)]));
  return { namedParameters: () => map };
};

test("your own model: its layers are tensors, the rest is scalars", () => {
  const [encoder, scale] = [new Layer(2, 2), value(1)];
  const parts = [...encoder.namedParameters()].map(([name, w]) => [`encoder.${name}`, w] as const);
  expect(shapes({ namedParameters: () => new Map([["scale", scale], ...parts]) })).toEqual([
    "scale []",
    "encoder.weight [2, 2]",
    "encoder.bias [2]",
  ]);
});

test("more than ten neurons and inputs keep their order", () => {
  const layer = new Layer(12, 11);
  const [weight, bias] = parameterTensors("test", layer);
  expect(weight?.parameters).toEqual(layer.neurons.flatMap((neuron) => neuron.weights));
  expect(bias?.parameters).toEqual(layer.neurons.map((neuron) => neuron.bias));
});

test.each([
  ["without a bias", ["neurons.0.w0", "neurons.0.w1"]],
  [
    "of different sizes",
    ["neurons.0.w0", "neurons.0.b", "neurons.1.w0", "neurons.1.w1", "neurons.1.w2", "neurons.1.b"],
  ],
  ["with a gap", ["neurons.0.w0", "neurons.0.b", "neurons.2.w0", "neurons.2.b"]],
  ["only biases", ["neurons.0.b", "neurons.1.b"]],
  ["with other names", ["my_neurons.0.w0", "my_neurons.0.b"]],
])("neurons %s are scalars", (_, names) => {
  expect(shapes(named(...names))).toEqual(names.map((name) => `${name} []`));
});

test.each<[string, unknown, string]>([
  ["nothing", undefined, "the model must have namedParameters() that returns a Map"],
  ["no parameters", { parameters: () => [] }, "at least one"],
  ["an object of parameters", { namedParameters: () => ({}) }, "that returns a Map"],
  ["a number", { parameters: () => [1] }, 'parameter "parameters.0" must be a Value, got 1'],
  ["a name that is none", { namedParameters: () => new Map([[0, value(1)]]) }, "must be strings, got 0"],
  ["a result", { parameters: () => [add(value(1), 2)] }, "is the result of add, and so cannot be set"],
  [
    "a name twice",
    named("weight", "neurons.0.w0", "neurons.0.b"),
    'two tensors of the model are named "weight"',
  ],
])("refuses a model of %s", (_, model, message) => {
  expect(() => parameterTensors("test", model as Savable)).toThrow(message);
});

test("refuses a model that names only some of its parameters", () => {
  const all: Value[] = [value(1), value(2)];
  const model = { parameters: () => all, namedParameters: () => new Map([["a", all[0]!]]) };
  expect(() => parameterTensors("test", model)).toThrow(
    "test: namedParameters() must hold all of parameters(), but lacks that at index 1.",
  );
});

test("no weight of a net needs a name", () => {
  const mlp = new MLP(2, [3, 1]);
  const named = vi.spyOn(Neuron.prototype, "namedParameters");
  try {
    expect(shapes(mlp)).toHaveLength(4);
    mlp.setMatrices("B", mlp.matrices("B"));
    expect(named).not.toHaveBeenCalled();
  } finally {
    named.mockRestore();
  }
});

test("a class that extends a net is saved with the parameters that it adds", () => {
  class Scaled extends MLP {
    readonly scale = value(2);
    override namedParameters(): ReadonlyMap<string, Value> {
      return new Map([...super.namedParameters(), ["scale", this.scale]]);
    }
  }
  expect(shapes(new Scaled(1, [1]))).toEqual(["layers.0.weight [1, 1]", "layers.0.bias [1]", "scale []"]);
});
