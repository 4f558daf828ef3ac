import { value } from "@chainrule/core";
import { expect, test } from "vitest";
import { Layer } from "../src/index.ts";

test("is its neurons side by side", () => {
  const layer = new Layer(2, 3, { activation: "sigmoid", seed: 4 });
  expect(layer([0.5, -1]).map((a) => a.data)).toEqual(layer.neurons.map((neuron) => neuron([0.5, -1]).data));
  expect(layer).toBeInstanceOf(Layer);
  expect(String(layer)).toBe("Layer(2 → 3 sigmoid, 9 parameters)");
});

test("forward also gives the weighted inputs, which hold δ after backward", () => {
  const layer = new Layer(2, 2);
  const { z, a } = layer.forward([value(0.5), value(-1)]);
  expect(a.map((ai) => ai.data)).toEqual(z.map((zi) => Math.tanh(zi.data)));
  a[1]!.backward();
  expect(z[1]!.grad).toBeCloseTo(1 - a[1]!.data ** 2, 15);
  expect(z[0]!.grad).toBe(0);
});

test("names its parameters neuron by neuron", () => {
  const layer = new Layer(2, 2);
  const names = [
    "neurons.0.w0",
    "neurons.0.w1",
    "neurons.0.b",
    "neurons.1.w0",
    "neurons.1.w1",
    "neurons.1.b",
  ];
  expect([...layer.namedParameters().keys()]).toEqual(names);
  expect([...layer.namedParameters().values()]).toEqual(layer.parameters());
  expect(layer.parameters().map((p) => p.label)).toEqual(names);
});

test("refuses what it cannot compute with", () => {
  const layer = new Layer(4, 2);
  expect(() => layer([1, 2, 3])).toThrow(new RangeError("Layer: expected 4 inputs, got 3."));
  expect(() => layer([1, 2, 3, {} as never])).toThrow(
    new TypeError("Layer: inputs[3] must be a number or a Value, got an object."),
  );
  expect(() => new Layer(0, 2)).toThrow("Layer: inputs must be a positive integer, got 0.");
  expect(() => new Layer(2, 2.5)).toThrow("Layer: outputs must be a positive integer, got 2.5.");
  expect(() => new Layer(2, 2, { activation: "cube" as never })).toThrow(/^Layer: activation must be one of/);
});
