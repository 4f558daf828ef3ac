import {
  add,
  dot,
  gradCheck,
  noGrad,
  type Scalar,
  square,
  sub,
  sum,
  type Value,
  value,
  valueAndGrad,
} from "@chainrule/core";
import { expect, test } from "vitest";
import { type ActivationName, activations, Layer, MLP } from "../src/index.ts";

/** The same function written down independently: layer after layer from a flat list of parameters. */
function reference(
  x: readonly Scalar[],
  sizes: readonly number[],
  names: readonly ActivationName[],
  parameters: readonly Scalar[],
): Scalar[] {
  let next = 0;
  return sizes.reduce<Scalar[]>(
    (a, size, l) =>
      Array.from({ length: size }, () => {
        const weights = parameters.slice(next, next + a.length);
        const bias = parameters[next + a.length]!;
        next += a.length + 1;
        return activations[names[l]!].apply(add(dot(weights, a), bias));
      }),
    [...x],
  );
}

const smooth: ActivationName[] = ["tanh", "sigmoid", "softplus", "gelu", "silu", "linear"];

test.each(smooth)("gradients of a net of %s agree with central differences and with the formula", (name) => {
  const sizes = [3, 2, 2];
  const names: ActivationName[] = [name, name, "linear"];
  const mlp = new MLP(2, sizes, { activations: names, seed: 3 });
  const x = [0.3, -0.7];
  const loss = (outputs: readonly Scalar[]) => sum(outputs.map((y, i) => square(sub(y, i))));
  const ofParameters = (parameters: readonly Value[]) => loss(reference(x, sizes, names, parameters));
  const numbers = mlp.parameters().map((p) => p.data);
  const total = loss(mlp(x)) as Value;
  total.backward();
  const [want, gradient] = valueAndGrad(ofParameters)(numbers);
  expect(total.data).toBeCloseTo(want, 14);
  mlp.parameters().forEach((p, i) => {
    expect(p.grad).toBeCloseTo(gradient[i]!, 13);
  });
  gradCheck(ofParameters, numbers, { throws: true });
  gradCheck((inputs: readonly Value[]) => loss(mlp(inputs)), x, { throws: true });
});

test("forward gives z and a of every layer; δ = z.grad follows the backpropagation equations", () => {
  const mlp = new MLP(3, [4, 2], { seed: 1 });
  const { outputs, layers } = mlp.forward([1, -2, 0.5]);
  expect(outputs.map((y) => y.data)).toEqual(mlp([1, -2, 0.5]).map((y) => y.data));
  expect(outputs).toBe(layers[1]!.a);
  sum(outputs.map((y) => square(y))).backward();
  const [hidden, last] = layers as [(typeof layers)[0], (typeof layers)[0]];
  last.z.forEach((z, k) => {
    expect(z.grad).toBeCloseTo(2 * outputs[k]!.data, 14);
  });
  hidden.z.forEach((z, j) => {
    const back = mlp.layers[1]!.neurons.reduce((s, n, k) => s + n.weights[j]!.data * last.z[k]!.grad, 0);
    expect(z.grad).toBeCloseTo(back * (1 - hidden.a[j]!.data ** 2), 14);
    expect(mlp.layers[0]!.neurons[j]!.bias.grad).toBeCloseTo(z.grad, 15);
    expect(mlp.layers[0]!.neurons[j]!.weights[1]!.grad).toBeCloseTo(-2 * z.grad, 14);
  });
});

test("parameters and names run layer by layer, neuron by neuron, weights then bias", () => {
  const mlp = new MLP(2, [2, 1]);
  expect([...mlp.namedParameters().keys()]).toEqual([
    "layers.0.neurons.0.w0",
    "layers.0.neurons.0.w1",
    "layers.0.neurons.0.b",
    "layers.0.neurons.1.w0",
    "layers.0.neurons.1.w1",
    "layers.0.neurons.1.b",
    "layers.1.neurons.0.w0",
    "layers.1.neurons.0.w1",
    "layers.1.neurons.0.b",
  ]);
  expect([...mlp.namedParameters().values()]).toEqual(mlp.parameters());
  expect(mlp.parameters().map((p) => p.label)).toEqual([...mlp.namedParameters().keys()]);
  expect(mlp.namedParameters().get("layers.1.neurons.0.w1")).toBe(mlp.layers[1]!.neurons[0]!.weights[1]);
});

test("hidden layers, output layer and each layer can have their activation", () => {
  const names = (mlp: MLP) => mlp.layers.map((layer) => layer.activation.name);
  expect(names(new MLP(1, [2, 2, 1]))).toEqual(["tanh", "tanh", "linear"]);
  expect(names(new MLP(1, [2, 1], { activation: "relu", output: "sigmoid" }))).toEqual(["relu", "sigmoid"]);
  expect(names(new MLP(1, [2, 1], { activations: ["elu", "silu"] }))).toEqual(["elu", "silu"]);
  expect(names(new MLP(1, [1], { activation: "relu" }))).toEqual(["linear"]);
});

test("one line says what it is", () => {
  expect(String(new MLP(2, [16, 16, 1], { activation: "relu" }))).toBe(
    "MLP(2 → 16 relu → 16 relu → 1 linear, 337 parameters)",
  );
});

test("is callable, an instance of MLP, and made of layers", () => {
  const mlp = new MLP(2, [3, 2]);
  expect(mlp).toBeInstanceOf(MLP);
  expect(mlp.layers.every((layer) => layer instanceof Layer)).toBe(true);
  expect(mlp([0, 1])).toHaveLength(2);
  expect(mlp([value(0), 1])).toHaveLength(2);
});

test("the seed decides the weights; no two layers start alike", () => {
  const numbers = (seed: number) => new MLP(2, [2, 2], { seed }).parameters().map((p) => p.data);
  expect(numbers(0)).toEqual(new MLP(2, [2, 2]).parameters().map((p) => p.data));
  expect(numbers(1)).not.toEqual(numbers(0));
  const weights = numbers(0).filter((x) => x !== 0);
  expect(new Set(weights).size).toBe(8);
});

test("records no graph under noGrad", () => {
  const [y] = noGrad(() => new MLP(2, [3, 1])([1, 2]));
  expect(y.op).toBeUndefined();
});

test("refuses what it cannot be built from or compute with", () => {
  const mlp = new MLP(2, [3, 1]);
  expect(() => mlp([1, 2, 3])).toThrow(new RangeError("MLP: expected 2 inputs, got 3."));
  expect(() => mlp([1, null as never])).toThrow(
    new TypeError("MLP: inputs[1] must be a number or a Value, got null."),
  );
  expect(() => new MLP(2, [])).toThrow("MLP: needs at least one layer, got no sizes.");
  expect(() => new MLP(2, 3 as never)).toThrow("MLP: sizes must be an array of layer sizes, got 3.");
  expect(() => new MLP(2, [3, 0])).toThrow("MLP: sizes[1] must be a positive integer, got 0.");
  expect(() => new MLP(2.5, [3])).toThrow("MLP: inputs must be a positive integer, got 2.5.");
  expect(() => new MLP(2, [3, 1], { activations: ["tanh"] })).toThrow(
    "MLP: activations must be one for each of 2 layers, got an array of 1.",
  );
  expect(() => new MLP(2, [1], { activations: ["tanh"], output: "tanh" })).toThrow(
    "MLP: give either activations, or activation and output.",
  );
  expect(() => new MLP(2, [1], { seed: 0.5 })).toThrow(/^Random: seed/);
});
