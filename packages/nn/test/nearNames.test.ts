import { expect, test } from "vitest";
import { editDistance, likelyNames, meantName, nearNames } from "../src/nearNames.ts";

test("counts letters put in, left out or replaced", () => {
  expect(editDistance("", "abc")).toBe(3);
  expect(editDistance("abc", "abc")).toBe(0);
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("sitting", "kitten")).toBe(3);
});

test("the nearest come first, of equally near ones those that come first", () => {
  expect(nearNames("layers.0.w1", ["b", "layers.1.w0", "layers.0.w0", "layers.1.w1"])).toEqual([
    "layers.0.w0",
    "layers.1.w1",
    "layers.1.w0",
  ]);
  expect(nearNames("x", [])).toEqual([]);
});

test("what was meant is near, but for case", () => {
  const names = ["elu", "leakyRelu", "sigmoid", "relu"];
  expect(
    ["ReLU", "leaky_relu", "Sigmoid", "sigmod", "softmin", ""].map((name) => meantName(name, names)),
  ).toEqual(["relu", "leakyRelu", "sigmoid", "sigmoid", undefined, undefined]);
});

test("of many names those are compared that begin alike", () => {
  const names = Array.from({ length: 50_000 }, (_, i) => `layers.${i % 50}.neurons.${Math.floor(i / 50)}.b`);
  const likely = likelyNames("layers.7.neuron.3.b", names);
  expect(likely).toHaveLength(1000);
  expect(nearNames("layers.7.neuron.3.b", likely, 1)).toEqual(["layers.7.neurons.3.b"]);
  expect(likelyNames("x", ["a", "b"])).toEqual(["a", "b"]);
});
