import {
  add,
  compile,
  dot,
  gradCheck,
  log,
  noGrad,
  type Scalar,
  square,
  sub,
  sum,
  topologicalOrder,
  type Value,
  value,
  valueAndGrad,
} from "@chainrule/core";
import { networkToDot } from "@chainrule/viz";
import { expect, test } from "vitest";
import { type ActivationName, activations, Layer, MLP, Neuron } from "../src/index.ts";

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

test("a softmax output gives probabilities, and δ = p − e(y) under cross-entropy", () => {
  const mlp = new MLP(2, [3, 4], { output: "softmax", seed: 1 });
  const { outputs, layers } = mlp.forward([0.5, -1]);
  expect(outputs.reduce((total, p) => total + p.data, 0)).toBeCloseTo(1, 15);
  log(outputs[2]!).neg().backward();
  layers[1]!.delta.forEach((delta, k) => {
    expect(delta).toBeCloseTo(outputs[k]!.data - (k === 2 ? 1 : 0), 14);
  });
  expect(String(mlp)).toBe("MLP(2 → 3 tanh → 4 softmax, 25 parameters)");
  const [first] = new MLP(2, [3], { activations: ["softmax"] })([1, 2]);
  expect(first.op?.name).toBe("softmax");
});

test("of layers by hand: names, labels, gradients, matrices, compiled and drawn as any other", () => {
  const steepness = value(3, "steepness");
  const mlp = MLP.of([
    Layer.of([
      Neuron.of([steepness], -1, { activation: "sigmoid" }),
      Neuron.of([steepness], -2, { activation: "tanh" }),
    ]),
    Layer.of([Neuron.of([1, -1], 0, { activation: "linear" })]),
  ]);
  expect(mlp).toBeInstanceOf(MLP);
  expect(String(mlp)).toBe("MLP(1 → 2 mixed → 1 linear, 6 parameters)");
  expect([...mlp.namedParameters().keys()]).toHaveLength(7);
  expect(mlp.parameters().map((p) => p.label)).toEqual([
    "steepness",
    "layers.0.neurons.0.b",
    "layers.0.neurons.1.b",
    "layers.1.neurons.0.w0",
    "layers.1.neurons.0.w1",
    "layers.1.neurons.0.b",
  ]);
  expect(mlp.parameter("layers.0.neurons.0.w0")).toBe(mlp.parameter("layers.0.neurons.1.w0"));
  const want = (x: number) => 1 / (1 + Math.exp(1 - 3 * x)) - Math.tanh(3 * x - 2);
  expect(mlp([0.4])[0].data).toBeCloseTo(want(0.4), 15);
  expect(compile(([x]: [Value]) => mlp([x]))([0.4])[0]).toBeCloseTo(want(0.4), 15);
  mlp([0.4])[0].backward();
  expect(mlp.matrices("B")[0]!.gradW[0]).toEqual(mlp.matrices("B")[0]!.gradW[1]);
  expect(networkToDot(mlp)).toContain("several activations");
  expect(networkToDot(new MLP(2, [2], { output: "softmax" }))).toContain("softmax");
  expect(mlp.parameterCounts()).toEqual([3, 3]);
});

test("a net of layers that were made before has the labels of a net", () => {
  const mlp = MLP.of([new Layer(2, 2), new Layer(2, 1, { activation: "softmax", labelPrefix: "last." })]);
  expect(mlp.parameters().map((p) => p.label)).toEqual([...mlp.namedParameters().keys()]);
  expect(mlp.layers[0]!.parameters()[0]!.label).toBe("layers.0.neurons.0.w0");
});

test("a parameter that layers share is one parameter", () => {
  const shared = Layer.of([Neuron.of([0.5, -0.5], 0.1), Neuron.of([0.25, 1], 0.2)]);
  const mlp = MLP.of([shared, shared, new Layer(2, 1)]);
  expect(mlp.parameterCounts()).toEqual([6, 0, 3]);
  expect(mlp.parameters()).toHaveLength(9);
  expect(mlp.namedParameters().size).toBe(15);
  const twice = { "layers.0.neurons.0.b": 1, "layers.1.neurons.0.b": 2 };
  expect(() => mlp.set(twice)).toThrow(
    new RangeError('set: "layers.0.neurons.0.b" gives 1 to a parameter that another name gives 2.'),
  );
  mlp.set({ ...twice, "layers.1.neurons.0.b": 1 });
  expect(shared.neurons[0]!.bias.data).toBe(1);
});

test("parameters are found and set by name; an unknown one is answered with near ones", () => {
  const mlp = new MLP(2, [3, 1]);
  expect(mlp.parameter("layers.1.neurons.0.w2")).toBe(mlp.layers[1]!.neurons[0]!.weights[2]);
  expect(mlp.set({ "layers.1.neurons.0.w2": 12 })).toBe(mlp);
  expect(mlp.layers[1]!.neurons[0]!.weights[2]!.data).toBe(12);
  expect(() => mlp.parameter("layers.2.neurons.0.w2")).toThrow(
    new RangeError(
      'parameter: there is no parameter "layers.2.neurons.0.w2". Names count from 0; ' +
        "near ones are layers.1.neurons.0.w2, layers.0.neurons.0.w0, layers.0.neurons.0.w1.",
    ),
  );
  expect(() => mlp.set({ "layers.1.neurons.0.w0": 1, bias: 0 })).toThrow(
    /^set: there is no parameter "bias"/,
  );
  expect(mlp.layers[1]!.neurons[0]!.weights[0]!.data).not.toBe(1);
});

test("what is computed cannot be set, nor can anything while compile traces", () => {
  const mlp = MLP.of([Layer.of([Neuron.of([value(2).square(), 3], 0)])]);
  expect(() => mlp.set({ "layers.0.neurons.0.w1": 5, "layers.0.neurons.0.w0": 5 })).toThrow(
    new TypeError(
      'set: "layers.0.neurons.0.w0" is the result of square, and so cannot be set. Set the leaves that it is computed from.',
    ),
  );
  expect(mlp.layers[0]!.neurons[0]!.weights[1]!.data).toBe(3);
  const sets = compile((x: Value) => mlp.set({ "layers.0.neurons.0.b": 5 })([x, x])[0]);
  expect(() => sets(1)).toThrow("while compile traces");
});

test("matrices of all layers, and back", () => {
  const mlp = new MLP(3, [2, 4, 1], { seed: 8 });
  const numbers = mlp.parameters().map((p) => p.data);
  for (const convention of ["A", "B", "C"] as const) {
    const copy = new MLP(3, [2, 4, 1]).setMatrices(convention, mlp.matrices(convention));
    expect(copy.parameters().map((p) => p.data)).toEqual(numbers);
  }
  expect(mlp.matrices("A").map(({ W, b }) => [W.length, W[0]!.length, b.length])).toEqual([
    [3, 2, 2],
    [2, 4, 4],
    [4, 1, 1],
  ]);
  const [first, second] = mlp.matrices("B");
  expect(() => mlp.setMatrices("B", [first!, second!])).toThrow(
    "setMatrices: needs { W, b } for each of 3 layers, got an array of 2.",
  );
  expect(() => mlp.setMatrices([first!, second!] as never, undefined as never)).toThrow(
    /^setMatrices: the convention is missing\. First comes one of "A"/,
  );
  expect(() => mlp.setMatrices("B", [first!, second!, second!])).toThrow(
    /^setMatrices: layers\[2\]: W must be 1 × 4/,
  );
  expect(mlp.parameters().map((p) => p.data)).toEqual(numbers);
});

test("784-32-10: an example is 42 dots", () => {
  const mlp = new MLP(784, [32, 10], { activation: "relu" });
  const outputs = mlp(Array.from({ length: 784 }, (_, i) => i / 784));
  const nodes = topologicalOrder(sum(outputs)).filter(({ op }) => op?.name === "dot");
  expect(nodes).toHaveLength(42);
  expect(mlp.parameterCounts()).toEqual([784 * 32 + 32, 32 * 10 + 10]);
});

test("of refuses what makes no net", () => {
  expect(() => MLP.of([])).toThrow("MLP.of: needs an array of Layers, at least one, got an array of 0.");
  expect(() => MLP.of([3 as never])).toThrow("MLP.of: layers[0] must be a Layer, got 3.");
  expect(() => MLP.of([new Layer(1, 2), new Layer(3, 1)])).toThrow(
    new RangeError("MLP.of: layers[1] takes 3 inputs, and layers[0] has 2 neurons."),
  );
  expect(() => MLP.of([new Layer(2, 1), new Layer(3, 1)])).toThrow("layers[0] has 1 neuron.");
  expect(() => new MLP(1, [1], { output: "softplus2" as never })).toThrow(
    /^MLP: activation must be one of .*, softmax, got/,
  );
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
  expect(() => new MLP(2, 4 as never, 1 as never)).toThrow(
    new TypeError("MLP: sizes must be an array of layer sizes, got 4. Write new MLP(2, [4, 1])."),
  );
  expect(() => new MLP([2, 4, 1] as never, {} as never)).toThrow(
    new TypeError("MLP: inputs must be a positive integer, got an array of 3. Write new MLP(2, [4, 1])."),
  );
  expect(() => new MLP(2, [3, 1], { activation: ["relu", "sigmoid"] as never })).toThrow(
    /^MLP: activation must be one name, for all hidden layers, got an array of 2\. .* as activations\.$/,
  );
  expect(() => new MLP(2, [3, 1], { activation: "ReLU" as never })).toThrow(
    /"ReLU"\. Did you mean "relu"\?$/,
  );
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
