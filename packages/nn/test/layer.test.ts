import { value } from "@chainrule/core";
import { expect, test } from "vitest";
import { Layer, Neuron } from "../src/index.ts";

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

test("delta is the gradient of z after backward, NaN before, that of the latest after another", () => {
  const layer = new Layer(2, 2, { seed: 5 });
  const forward = layer.forward([0.5, -1]);
  expect(forward.delta).toEqual([Number.NaN, Number.NaN]);
  forward.a[0].backward();
  expect(forward.delta).toEqual([forward.z[0].grad, 0]);
  const once = forward.delta[0]!;
  forward.a[0].mul(3).backward();
  expect(forward.delta[0]).toBeCloseTo(3 * once, 14);
});

test("softmax takes all z of the layer, whose neurons are linear", () => {
  const layer = new Layer(3, 4, { activation: "softmax", seed: 2 });
  const { z, a, delta } = layer.forward([0.5, -1, 2]);
  const total = z.reduce((sum, { data }) => sum + Math.exp(data), 0);
  a.forEach((p, k) => {
    expect(p.data).toBeCloseTo(Math.exp(z[k]!.data) / total, 15);
  });
  expect(delta).toHaveLength(4);
  expect(layer.neurons.map(({ activation }) => activation.name)).toEqual(new Array(4).fill("linear"));
  expect(String(layer)).toBe("Layer(3 → 4 softmax, 16 parameters)");
  expect(layer.neurons[1]!([0.5, -1, 2]).data).toBe(z[1]!.data);
});

test("of neurons that differ in activation", () => {
  const layer = Layer.of([
    Neuron.of([1, 2], 3, { activation: "relu" }),
    Neuron.of([4, 5], 6, { activation: "tanh" }),
  ]);
  expect(layer).toBeInstanceOf(Layer);
  expect(layer.inputs).toBe(2);
  expect(layer([1, -1]).map((a) => a.data)).toEqual([2, Math.tanh(5)]);
  expect(layer.activation.name).toBe("mixed");
  expect(String(layer)).toBe("Layer(2 → 2 mixed, 6 parameters)");
  expect(layer.parameters().map((p) => p.label)).toEqual([...layer.namedParameters().keys()]);
});

test("of neurons has the activation that they share, or softmax on top of linear ones", () => {
  const neurons = [1, 2].map((w) => Neuron.of([w], 0, { activation: "linear" }));
  expect(Layer.of(neurons).activation.name).toBe("linear");
  const [p, q] = Layer.of(neurons, { activation: "softmax" })([3]);
  expect(p.data / q!.data).toBeCloseTo(Math.exp(-3), 14);
});

test("labels go by place, but labels of the user stay", () => {
  const [own, shared] = [value(1, "mine"), value(2)];
  const neurons = [Neuron.of([own, shared], 0), Neuron.of([shared, 4], 0, { labelPrefix: "second." })];
  Layer.of(neurons, { labelPrefix: "hidden." });
  expect(neurons.map((neuron) => neuron.parameters().map((p) => p.label))).toEqual([
    ["mine", "hidden.neurons.0.w1", "hidden.neurons.0.b"],
    ["hidden.neurons.0.w1", "hidden.neurons.1.w1", "hidden.neurons.1.b"],
  ]);
});

test("matrices in three conventions, and back", () => {
  const layer = Layer.of([Neuron.of([1, 2, 3], 10), Neuron.of([4, 5, 6], 20)]);
  layer.forward([7, 8, 9]).z[1]!.backward();
  const perNeuron = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  const perInput = [
    [1, 4],
    [2, 5],
    [3, 6],
  ];
  const gradients = [
    [0, 7],
    [0, 8],
    [0, 9],
  ];
  expect(layer.matrices("A")).toEqual({ W: perInput, b: [10, 20], gradW: gradients, gradb: [0, 1] });
  expect(layer.matrices("C")).toEqual(layer.matrices("A"));
  expect(layer.matrices("B")).toMatchObject({ W: perNeuron, b: [10, 20], gradb: [0, 1] });
  for (const convention of ["A", "B", "C"] as const) {
    const copy = new Layer(3, 2).setMatrices(convention, layer.matrices(convention));
    expect(copy.parameters().map((p) => p.data)).toEqual(layer.parameters().map((p) => p.data));
  }
});

test("a set that is refused changes nothing", () => {
  const layer = Layer.of([Neuron.of([1, 2], 3)]);
  const refused: [() => unknown, RegExp][] = [
    [
      () => layer.matrices("D" as never),
      /^matrices: the convention must be one of "A" \(z = Wᵀa \+ b\), .*"D"/,
    ],
    [
      () => layer.setMatrices("A", { W: [[5, 6]], b: [7] }),
      /^setMatrices: W must be 2 × 1 \(convention A: n_in × n_out\), got 1 × 2\. Is it of another convention\?$/,
    ],
    [() => layer.setMatrices("B", { W: [[5, 6, 7]], b: [7] }), /W must be 1 × 2 .*, got 1 × 3\.$/],
    [() => layer.setMatrices("B", { W: [[5, 6]], b: [7, 8] }), /b must have 1 number, one per neuron, got 2/],
    [() => layer.setMatrices("B", { W: [[5], [6, 7]], b: [7] }), /needs { W, b } with an array of rows/],
    [() => layer.setMatrices("B", undefined as never), /needs { W, b } .* got undefined/],
    [
      () => layer.setMatrices("B", { w: [[5, 6]], b: [7] } as never),
      /^setMatrices: W is missing\. Needs { W, b }, got { w, b }\.$/,
    ],
    [() => layer.setMatrices("B", { W: [[5, 6]] } as never), /b is missing\. Needs { W, b }, got { W }\.$/],
    [
      () => layer.setMatrices({ W: [[5, 6]], b: [7] } as never, undefined as never),
      /^setMatrices: the convention is missing\. First comes one of "A" \(z = Wᵀa \+ b\), /,
    ],
    [() => layer.matrices(undefined as never), /^matrices: the convention is missing\./],
    [() => layer.setMatrices("B", { W: [[5, "6" as never]], b: [7] }), /"neurons.0.w1" must be a number/],
    [() => layer.set({ "neurons.0.w0": 5, "neurons.0.w2": 6 }), /no parameter "neurons.0.w2"/],
    [() => layer.set({ "neurons.0.w0": 5, "neurons.0.b": "6" as never }), /"neurons.0.b" must be a number/],
    [() => layer.set([5] as never), /^set: needs an object of numbers by name, got an array of 1\.$/],
  ];
  for (const [change, message] of refused) {
    expect(change).toThrow(message);
    expect(layer.matrices("B")).toMatchObject({ W: [[1, 2]], b: [3] });
  }
});

test("of refuses what makes no layer", () => {
  expect(() => Layer.of([])).toThrow("Layer.of: needs an array of Neurons, at least one, got an array of 0.");
  expect(() => Layer.of([3 as never])).toThrow("Layer.of: neurons[0] must be a Neuron, got 3.");
  expect(() => Layer.of([Neuron.of([1], 0), Neuron.of([1, 2], 0)])).toThrow(
    new RangeError("Layer.of: all neurons must have as many weights as the first, 1; neurons[1] has 2."),
  );
  expect(() => Layer.of([Neuron.of([1], 0)], { activation: "softmax" })).toThrow(
    new RangeError("Layer.of: the neurons of a softmax layer must be linear, neurons[0] is tanh."),
  );
  expect(() => Layer.of([Neuron.of([1], 0)], { activation: "relu" as never })).toThrow(
    /^Layer.of: relu is an activation of single neurons/,
  );
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
