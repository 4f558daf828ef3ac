import { add, mul, sum, type Value, value } from "@chainrule/core";
import {
  type ActivationName,
  binaryCrossEntropyWithLogits,
  hinge,
  MLP,
  meanSquaredError,
} from "@chainrule/nn";
import { describe, expect, test } from "vitest";
import type { View, ViewNode } from "../../src/graph/view.ts";
import { shownNote, type ViewOptions, viewOf } from "../../src/graph/viewOf.ts";
import { diamond, neuron } from "../graphs.ts";

const view = (root: Value | readonly Value[], options: ViewOptions = {}) =>
  viewOf("test", root, options, "none");
const names = ({ nodes }: View) => nodes.map(({ label, symbol, data }) => label || symbol || String(data));

function loss(sizes: [number, ...number[]], examples: number): Value {
  const mlp = new MLP(2, sizes);
  const rows = Array.from({ length: examples }, (_, i) => [i / 10, 1 - i / 10]);
  const root = meanSquaredError(
    rows.map((row) => mlp(row)[0]),
    rows.map((_, i) => i % 2),
  );
  root.backward();
  return root;
}

/** Checks that every node of the graph is shown or counted, once. */
function expectAllCounted({ nodes, total }: View): void {
  expect(nodes.reduce((count, { hidden }) => count + 1 + hidden, 0)).toBe(total.nodes);
}

describe("all", () => {
  test("nothing is left out, and there is no note", () => {
    const all = view(neuron());
    expect(all.nodes).toHaveLength(10);
    expect(shownNote(all)).toBe(undefined);
    expectAllCounted(all);
  });

  /** What of a view belongs to no part of a model, and what to some. */
  const sorted = (root: Value) => {
    const { nodes } = view(root);
    const nameOf = ({ symbol, label, data }: ViewNode) => symbol ?? (label.split(".").at(-1) || String(data));
    const [inside, outside] = [true, false].map((isIn) =>
      nodes.filter(({ parts }) => parts.length > 0 === isIn).map(nameOf),
    );
    return { inside, outside };
  };
  const neuronOf = (activation: ActivationName) =>
    new MLP(1, [1], { activations: [activation] })([value(0.5, "x")])[0];

  test("operations belong to the neuron whose parameters they are on, up to its activation", () => {
    const parts = view(neuronOf("tanh").exp().log()).nodes.map(({ parts }) => parts.at(-1));
    const own = "layers.0.neurons.0";
    expect(parts).toEqual([own, undefined, own, own, own, own, undefined, undefined]);
    expect(sorted(neuronOf("tanh").exp().log())).toEqual({
      inside: ["w0", "dot", "b", "+", "tanh"],
      outside: ["x", "exp", "log"],
    });
  });

  test.each([
    ["tanh", ["tanh"]],
    ["sigmoid", ["σ"]],
    ["relu", ["relu"]],
    ["leakyRelu", ["0.01", "leakyRelu"]],
    ["elu", ["1", "elu"]],
    ["gelu", ["gelu"]],
    ["silu", ["silu"]],
    ["step", ["step"]],
    ["linear", []],
  ] as const)("%s is inside, the loss of the neuron is not", (activation, own) => {
    const { inside, outside } = sorted(neuronOf(activation).sub(1).square());
    expect(inside).toEqual(["w0", "dot", "b", "+", ...own]);
    expect(outside).toEqual(["x", "1", "−", "(·)²"]);
  });

  test.each([
    ["of a logit, 1", (z: Value) => binaryCrossEntropyWithLogits(z, 1), ["neg", "softplus"]],
    ["of a logit, 0", (z: Value) => binaryCrossEntropyWithLogits(z, 0), ["softplus"]],
    ["squared", (z: Value) => z.square(), ["(·)²"]],
    ["squared as a product", (z: Value) => z.mul(z), ["×"]],
    ["hinge", (z: Value) => hinge(z, 1), ["1", "×", "1", "−", "relu"]],
  ])("the loss of a neuron without activation begins outside of it: %s", (_, lossOf, own) => {
    const { inside, outside } = sorted(lossOf(neuronOf("linear")));
    expect(inside).toEqual(["w0", "dot", "b", "+"]);
    expect(outside).toEqual(["x", ...own]);
  });

  test("where another neuron takes the result, any operation on z is the activation", () => {
    const [w, b, v, x] = ["a.w0", "a.b", "b.w0", "x"].map((label) => value(0.5, label));
    const { nodes } = view(w!.mul(x!).add(b!).softplus().mul(v!).softplus());
    expect(nodes.map(({ symbol, label, parts }) => [symbol ?? label, parts[0]])).toEqual([
      ["a.w0", "a"],
      ["x", undefined],
      ["×", "a"],
      ["a.b", "a"],
      ["+", "a"],
      ["softplus", "a"],
      ["b.w0", "b"],
      ["×", "b"],
      ["softplus", undefined],
    ]);
  });

  test("sums of products by hand, and an activation of several operations", () => {
    const [w0, w1, b, x] = ["a.w0", "a.w1", "a.b", "x"].map((label) => value(0.5, label));
    const z = w0!.mul(x!).add(w1!.mul(2)).add(b!);
    expect(sorted(z.mul(z.sigmoid()).neg())).toEqual({
      inside: ["w0", "×", "w1", "×", "+", "b", "+", "σ", "×"],
      outside: ["x", "2", "neg"],
    });
  });
});

describe("focus", () => {
  test("ancestors and descendants within a depth; what is missing is counted", () => {
    const root = neuron();
    const [sum] = root.operands as [Value];
    const near = view(root, { focus: sum, depth: 1 });
    expect(names(near)).toEqual(["+", "b", "n", "o"]);
    expect(near.nodes.map(({ cut }) => cut)).toEqual([2, 0, 0, 0]);
    expect(shownNote(near)).toBe("showing 4 of 10 nodes (focus)");
    expect(names(view(root, { focus: sum, depth: 1, ancestorsOnly: true }))).toEqual(["+", "b", "n"]);
    expect(view(root, { focus: root, depth: Number.POSITIVE_INFINITY }).nodes).toHaveLength(10);
  });

  test("a focus elsewhere, or a depth without one", () => {
    expect(() => view(neuron(), { focus: value(1, "y") })).toThrow(
      new RangeError("test: focus (Value(y: data=1, grad=0)) is not in the graph of the root."),
    );
    expect(() => view(neuron(), { depth: 2 })).toThrow(/depth needs a focus/);
  });

  test("parameters only: they, and what depends on them", () => {
    const x = value(2, "x");
    const shown = view(add(mul(x.sin(), value(3, "w0")), value(1, "b")), { paramsOnly: true });
    expect(names(shown)).toEqual(["w0", "×", "b", "+"]);
    expect(shown.nodes[1]!.cut).toBe(1);
    expect(names(view(x.mul(value(1, "theta")), { paramsOnly: true, parameters: [x] }))).toEqual(["x", "×"]);
  });
});

describe("fold", () => {
  test("w·x + b is one node, its edges have the derivatives of the whole", () => {
    const root = neuron();
    root.backward();
    const folded = view(root, { fold: true });
    expect(names(folded)).toEqual(["x1", "w1", "x2", "w2", "b", "n", "o"]);
    expect(folded.nodes[5]).toMatchObject({ symbol: "Σ", hidden: 3, label: "n" });
    expect(folded.edges.map(({ from, to, slot, derivative }) => [from, to, slot, derivative])).toEqual([
      [0, 8, 0, -3],
      [1, 8, 1, 2],
      [3, 8, 2, 1],
      [4, 8, 3, 0],
      [7, 8, 4, 1],
      [8, 9, 0, expect.closeTo(0.5)],
    ]);
    expectAllCounted(folded);
  });

  test("what something else uses, and sums without products, stay", () => {
    const product = value(2, "x").mul(value(3, "w"));
    expect(view([product.add(1), product.exp()], { fold: true }).nodes).toHaveLength(6);
    expect(names(view(add(value(1, "x"), add(value(2, "y"), value(3, "z"))), { fold: true }))).toHaveLength(
      5,
    );
    expect(view(diamond(), { fold: true }).nodes).toHaveLength(6);
    expect(view(sum([product, value(1, "b")]), { fold: true }).nodes).toHaveLength(4);
  });

  test("a product whose operands are not shown stays", () => {
    const root = neuron();
    const [n] = root.operands as [Value];
    const near = view(root, { focus: n, depth: 2, fold: true });
    expect(names(near)).toEqual(["x1·w1", "x2·w2", "+", "b", "n", "o"]);
    expectAllCounted({ ...near, total: { nodes: 6, edges: 5 } });
  });

  test("100,000 additions", () => {
    let root = value(1, "x").mul(2);
    for (let i = 0; i < 100_000; i++) root = root.add(1);
    const folded = view(root, { fold: true });
    expect(folded.nodes).toHaveLength(100_003);
    expectAllCounted(folded);
  }, 60_000);
});

describe("collapse", () => {
  test("to neurons", () => {
    const root = loss([3, 1], 2);
    const shown = view(root, { collapse: "neurons" });
    const groups = shown.nodes.filter(({ kind }) => kind === "neuron");
    expect(groups.map(({ label }) => label)).toEqual(
      [0, 1, 2].map((i) => `layers.0.neurons.${i}`).concat("layers.1.neurons.0"),
    );
    // 3 parameters, and for both examples dot, +, tanh and 2 inputs, which are plain numbers.
    expect(groups[0]).toMatchObject({
      hidden: 12,
      parts: ["layers.0"],
      group: { parameters: 3, hasAlert: false },
    });
    expect(shownNote(shown)).toMatch(/^showing \d+ of \d+ nodes \(collapsed to neurons\)$/);
    expect(shown.edges.filter(({ count }) => count === 2)).toHaveLength(3);
    expectAllCounted(shown);
  });

  test("to layers", () => {
    const shown = view(loss([3, 1], 2), { collapse: "layers" });
    expect(shown.nodes.filter(({ kind }) => kind === "layer").map(({ label }) => label)).toEqual([
      "layers.0",
      "layers.1",
    ]);
    const [merged] = shown.edges;
    expect(merged).toMatchObject({ count: 6, derivative: null, flows: true });
    expectAllCounted(shown);
  });

  test("a group with one result has its data and gradient", () => {
    const mlp = new MLP(2, [1]);
    const [out] = mlp([1, 2]);
    const root = out.sub(1).square();
    root.backward();
    const groupOf = (top: Value) =>
      view(top, { collapse: "neurons" }).nodes.find(({ kind }) => kind === "neuron")!;
    const group = groupOf(root);
    expect(group).toMatchObject({ kind: "neuron", data: out.data, grad: out.grad });
    expect(groupOf(loss([1], 2)).data).toBe(null);
  });

  test("auto gathers the losses of many examples, and leaves those of a few", () => {
    const auto = (examples: number) => viewOf("test", loss([4, 4, 1], examples), {}, "auto");
    expect(auto(8).reasons).toEqual(["collapsed to neurons"]);
    const many = auto(64);
    expect(many.reasons).toEqual(["collapsed to neurons, the rest gathered"]);
    expect(many.nodes.filter(({ kind }) => kind === "neuron")).toHaveLength(9);
    expect(many.nodes.length).toBeLessThan(15);
    expectAllCounted(many);
  });

  test("auto collapses no more than it must, and always says so", () => {
    const auto = (root: Value) => viewOf("test", root, {}, "auto");
    expect(auto(loss([2, 1], 1)).reasons).toEqual([]);
    expect(auto(loss([16, 16, 1], 1)).reasons).toEqual(["collapsed to neurons"]);
    expect(auto(loss([40, 40, 1], 1)).reasons).toEqual(["collapsed to layers"]);
    const batch = auto(loss([16, 1], 100));
    expect(batch.reasons).toEqual(["collapsed to neurons, the rest gathered"]);
    expect(names(batch).slice(-4)).toEqual(["layers.1.neurons.0", "inputs", "operations", "mean"]);
    expect(batch.nodes).toHaveLength(20);
    expectAllCounted(batch);
    const wide = auto(loss([40, 40, 1], 40));
    expect(wide.reasons).toEqual(["collapsed to layers, the rest gathered"]);
    expect(names(wide).filter((name) => name !== "inputs")).toEqual([
      ...[0, 1, 2].map((i) => `layers.${i}`),
      "operations",
      "mean",
    ]);
    expectAllCounted(wide);
    let chain = value(1, "x");
    for (let i = 0; i < 300; i++) chain = chain.neg();
    expect(auto(chain).nodes).toHaveLength(301);
  }, 60_000);
});
