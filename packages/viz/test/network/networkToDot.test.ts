import { value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { type NetworkLike, networkToDot, toSvg } from "../../src/index.ts";
import { palettes } from "../../src/palette.ts";
import { giveGrad, network } from "../graphs.ts";
import { expectHarmless, Picture, textsOf } from "../picture.ts";

const edges = (dot: string) => dot.match(/ -> /g) ?? [];

async function texts(dot: string): Promise<string[]> {
  const svg = await toSvg(dot);
  expectHarmless(svg);
  return textsOf(new Picture(svg).root);
}

test("golden file of a 2-3-1 network", async () => {
  await expect(networkToDot(network([2, 3, 1]), { title: "2-3-1" })).toMatchFileSnapshot(
    "../golden/network.dot",
  );
});

describe("neurons", () => {
  test("one line for each weight, one circle for each neuron, one panel for each layer", async () => {
    const dot = networkToDot(network([4, 8, 8, 3]));
    expect(edges(dot)).toHaveLength(4 * 8 + 8 * 8 + 8 * 3);
    expect(dot.match(/shape=circle/g)).toHaveLength(19);
    const picture = new Picture(await toSvg(dot));
    expect(picture.count("cluster")).toBe(4);
    expect(picture.count("edge")).toBe(120);
  });

  test("captions, input labels, output labels and title", async () => {
    const lines = await texts(
      networkToDot(network([2, 3, 1]), { title: "XOR", inputLabels: ["p", "q"], outputLabels: ["p ≠ q"] }),
    );
    for (const line of [
      "XOR",
      "2 inputs",
      "p",
      "q",
      "p ≠ q",
      "layer 1 · tanh · 3 neurons",
      "layer 2 · linear · 1 neuron",
    ])
      expect(lines).toContain(line);
    expect(await texts(networkToDot(network([2, 3, 1])))).toEqual(expect.arrayContaining(["x0", "x1"]));
  });

  test("mean |∇| is over all parameters of the layer", async () => {
    const [w, b] = [value(1), value(1)];
    giveGrad(w, -3e-3);
    giveGrad(b, 1e-3);
    const one = { layers: [{ neurons: [{ weights: [w], bias: b, activation: { name: "relu" } }] }] };
    expect(await texts(networkToDot(one))).toContain("mean |∇| 0.002");
  });

  test("before backward() there is no gradient to show", async () => {
    const dot = networkToDot(network([2, 3, 1], "tanh", false));
    const lines = await texts(dot);
    expect(lines.filter((line) => line === "mean |∇| —")).toHaveLength(2);
    expect(lines).toContain("no gradients yet");
    expect(new Set(dot.match(/penwidth=[\d.]+/g)).size).toBe(1);
  });

  test("gradients of 0 are gradients", async () => {
    const net = network([2, 1], "tanh", false);
    giveGrad(net.layers[0]!.neurons[0]!.bias, 0);
    const lines = await texts(networkToDot(net));
    expect(lines).toContain("mean |∇| 0");
    expect(lines.join()).toContain("|gradient|");
    expect(lines).not.toContain("no gradients yet");
  });

  test("a grad that no backward() gave does not count", async () => {
    const net = network([2, 1], "tanh", false);
    net.layers[0]!.neurons[0]!.bias.grad = 1;
    expect(await texts(networkToDot(net))).toContain("no gradients yet");
  });

  test("tooltips name neuron and input, counting from 1", async () => {
    const dot = networkToDot(network([2, 3, 1]), { inputLabels: ["p\nq", "r"] });
    expect(dot).toMatch(/tooltip="p q → layer 1, neuron 3: w0 = -0.233, ∂L\/∂w = -0.009262"/);
    expect(dot).toMatch(/tooltip="layer 1, neuron 3 → layer 2, neuron 1: w2 = -0.905, ∂L\/∂w = 0.01148"/);
    expect(dot).toMatch(/tooltip="layer 1, neuron 2: b = 0.059, ∂L\/∂b = 0.1594"/);
    expect(networkToDot(network([2, 1], "tanh", false))).toMatch(/neuron 1: w1 = [-\d.]+, ∂L\/∂w = —"/);
    expect(await toSvg(dot)).toContain("<title>r → layer 1, neuron 1: w1 =");
  });

  test("the legend marks a lower end that is not the lowest", () => {
    expect(networkToDot(network([4, 8, 3]))).toMatch(/≤ [\d.e-]+</);
    expect(networkToDot(network([1, 1]))).not.toContain("≤");
  });

  test.each([
    ["weight", [4, 8, 3]],
    ["layer", [30, 40, 3]],
  ])("a %s that is NaN is red, and the legend says so", (_, sizes) => {
    const net = network(sizes);
    expect(networkToDot(net)).not.toContain("#cf222e");
    net.layers[0]!.neurons[0]!.weights[0]!.data = Number.NaN;
    expect(networkToDot(net)).toMatch(/->.*color="#cf222e"/);
    expect(networkToDot(net)).toContain("NaN, ±∞");
  });

  test("the strongest lines are drawn last, so that they are on top", async () => {
    const svg = await toSvg(networkToDot(network([4, 8, 3])));
    const widths = [
      ...svg.matchAll(/class="edge weight"[\s\S]*?<path [^>]*?(?:stroke-width="([^"]*)" )?d=/g),
    ];
    const numbers = widths.map(([, width]) => Number(width ?? 1));
    expect(numbers).toHaveLength(4 * 8 + 8 * 3);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  test("legend: false leaves the strip out", async () => {
    expect(networkToDot(network([2, 1]))).toContain("|gradient|");
    expect(networkToDot(network([2, 1]), { legend: false })).not.toContain("|gradient|");
  });

  test("neurons with activations of their own", async () => {
    const { layers } = network([1, 2]);
    const [first, second] = layers[0]!.neurons;
    const mixed = { layers: [{ neurons: [first!, { ...second!, activation: { name: "relu" } }] }] };
    expect(await texts(networkToDot(mixed))).toContain("layer 1 · several activations · 2 neurons");
  });

  test("a layer with an activation of its own", async () => {
    const { layers } = network([1, 2], "linear");
    const net = { layers: [{ ...layers[0]!, activation: { name: "softmax" } }] };
    expect(await texts(networkToDot(net))).toContain("layer 1 · softmax · 2 neurons");
  });
});

describe("layers, where there is too much to see", () => {
  test("a box for each, with counts and what is hidden", async () => {
    const dot = networkToDot(network([784, 32, 10], "relu"), { title: "digits" });
    expect(edges(dot)).toHaveLength(2);
    const lines = await texts(dot);
    for (const line of [
      "digits",
      "showing layers, 25,408 weights hidden",
      "784 inputs",
      "layer 1 · relu · 32 neurons",
      "25,088 weights, 32 biases",
      "layer 2 · linear · 10 neurons",
      "320 weights, 10 biases",
    ])
      expect(lines).toContain(line);
  });

  test("from 1,001 weights or 201 nodes", () => {
    expect(edges(networkToDot(network([25, 40])))).toHaveLength(1000);
    expect(edges(networkToDot(network([7, 143])))).toHaveLength(1);
    expect(edges(networkToDot(network([199, 1])))).toHaveLength(199);
    expect(edges(networkToDot(network([200, 1])))).toHaveLength(1);
  });
});

describe("theme", () => {
  // Neurons, and layers as boxes; with legend, title, labels and a gradient of 0.
  test.each([[[2, 3, 1]], [[40, 40, 3]]])("a dark picture of %j holds no light colour", (sizes) => {
    const net = network(sizes);
    giveGrad(net.layers[0]!.neurons[0]!.bias, 0);
    const [light, dark] = (["light", "dark"] as const).map((theme) => {
      return networkToDot(net, {
        title: "T",
        theme,
        outputLabels: Array.from({ length: sizes.at(-1)! }, () => "y"),
      });
    }) as [string, string];
    const colours = (dot: string) => new Set(dot.match(/#[0-9a-f]{6}/g));
    const gradients = new Set([...palettes.light.flow, ...palettes.dark.flow]);
    const shared = [...colours(dark)].filter((colour) => colours(light).has(colour));
    expect(shared.filter((colour) => !gradients.has(colour))).toEqual([]);
    expect(dark).toContain(`bgcolor="${palettes.dark.background}"`);
  });
});

describe("errors", () => {
  const [first] = network([2, 1]).layers[0]!.neurons;

  test.each([
    [null, "networkToDot: network must have an array of layers, got null."],
    [{ layers: [] }, "networkToDot: network must have an array of layers, got an object (Object)."],
    [{ layers: [3] }, "networkToDot: layers[0] must have an array of neurons, got 3."],
    [
      { layers: [{ neurons: [{}] }] },
      "networkToDot: layers[0].neurons[0] must have an array of weights, got an object (Object).",
    ],
    [
      { layers: [{ neurons: [{ weights: [1], bias: value(0) }] }] },
      "networkToDot: the weights and the bias of layers[0].neurons[0] must be Values.",
    ],
  ])("network %j", (given, message) => {
    expect(() => networkToDot(given as never)).toThrow(new TypeError(message));
  });

  test("weights that do not match the layer before", () => {
    const odd: NetworkLike = { layers: [{ neurons: [first!] }, { neurons: [first!] }] };
    expect(() => networkToDot(odd)).toThrow(
      new RangeError("networkToDot: layers[1].neurons[0] has 2 weights for 1 inputs."),
    );
  });

  test("labels that do not match", () => {
    expect(() => networkToDot(network([2, 1]), { inputLabels: ["a"] })).toThrow(
      new RangeError("networkToDot: inputLabels must name 2 inputs, got 1."),
    );
    expect(() => networkToDot(network([2, 1]), { outputLabels: [] })).toThrow(RangeError);
    expect(() => networkToDot(network([2, 1]), { title: 3 } as never)).toThrow(TypeError);
  });
});
