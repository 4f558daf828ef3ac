import { add, dot, mul, stopGradient, type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { toDot } from "../../src/index.ts";
import { palettes } from "../../src/palette.ts";
import { branch, diamond, dotNeuron, neuron, square } from "../graphs.ts";

/** The statements of DOT that begin so. */
function statements(text: string, beginning: RegExp): string[] {
  return text.split("\n").filter((line) => beginning.test(line));
}

const edges = (text: string) => statements(text, /^ {2}\S+ -> /);
const nodes = (text: string) => statements(text, /^ *n\d+ \[/);

function propagated(root: Value): Value {
  root.backward();
  return root;
}

// Golden files are compared byte by byte; `npx vitest run --project packages packages/viz -u` writes them anew.
describe("golden files", () => {
  test.each([
    ["square", propagated(square())],
    ["diamond", propagated(diamond())],
    ["neuron-before-backward", neuron()],
    ["neuron", propagated(neuron())],
    ["dot", propagated(dotNeuron())],
    ["branch", propagated(branch())],
  ])("%s", async (name, root) => {
    await expect(toDot(root)).toMatchFileSnapshot(`../golden/${name}.dot`);
  });
});

describe("looks", () => {
  const layer = () => {
    const [w, x, b] = [value(0.5, "layers.0.neurons.0.w0"), value(1, "x"), value(-1, "layers.0.neurons.0.b")];
    return propagated(dot([w, w], [x, 4]).add(b).tanh());
  };

  test.each([
    ["framed", {}],
    ["framed-flow-dark", { look: "flow", theme: "dark" }],
    ["framed-collapsed", { collapse: "neurons", legend: true }],
  ] as const)("golden file: %s", async (name, options) => {
    await expect(toDot(layer(), options)).toMatchFileSnapshot(`../golden/${name}.dot`);
  });

  test("the flow look shows names, and no numbers but those of constants", () => {
    const text = toDot(propagated(neuron()), { look: "flow" });
    expect(text).not.toMatch(/data|grad /);
    expect(text).toContain('label="n = +"');
    expect(edges(text).join()).not.toContain("label=");
    expect(text).toContain("log scale");
  });

  test("the larger gradients are, the farther their colours are from the page, in grey too", () => {
    for (const { background, flow } of Object.values(palettes)) {
      const contrasts = flow.map((color) => Math.abs(luminance(color) - luminance(background)));
      for (let i = 1; i < contrasts.length; i++) expect(contrasts[i]).toBeGreaterThan(contrasts[i - 1]! + 8);
    }
  });
});

const luminance = (color: string) => {
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};

describe("structure", () => {
  test("one edge for each operand slot", () => {
    const x = value(3, "x");
    expect(edges(toDot(mul(x, x)))).toHaveLength(2);
    expect(edges(toDot(add(x, x)))).toHaveLength(2);
    expect(nodes(toDot(add(x, x)))).toHaveLength(2);
    expect(edges(toDot(dot([x, x], [x, 2])))).toHaveLength(4);
  });

  test("edges carry the local derivative of their slot", () => {
    const [first, second] = edges(toDot(mul(value(3), value(4))));
    expect(first).toMatch(/^ {2}n0 -> n2 \[id=e0, label="4"/);
    expect(second).toMatch(/^ {2}n1 -> n2 \[id=e1, label="3"/);
  });

  test("edges into a dot go pair by pair, each with the derivative of its slot", () => {
    const text = toDot(dot([value(1, "w0"), value(2, "w1")], [3, value(4, "x1")]));
    expect(edges(text).map((edge) => /(\w+) -> \w+ \[id=e\d, label="(\d)"/.exec(edge)!.slice(1))).toEqual([
      ["n0", "3"],
      ["n3", "1"],
      ["n1", "4"],
      ["n2", "2"],
    ]);
  });

  test("a bias stands in the column of the weights", () => {
    expect(statements(toDot(dotNeuron()), /rank=same/)).toEqual(["  {rank=same; n0; n7}"]);
    const constants = toDot(dot([value(1), value(2)], [3, 4]).add(5));
    expect(statements(constants, /rank=same/)).toEqual(["  {rank=same; n0; n5}"]);
    expect(toDot(neuron())).not.toContain("rank=same");
  });

  test("plain numbers are nodes of their own, one for each slot", () => {
    const text = toDot(value(3, "x").mul(2).add(2));
    expect(nodes(text)).toHaveLength(5);
    expect(statements(text, /^ {2}n1 \[id=n1, label="2"/)).toHaveLength(1);
    expect(statements(text, /^ {2}n3 \[id=n3, label="2"/)).toHaveLength(1);
  });

  test("edges without a gradient are dashed and have no number", () => {
    const [stopped] = edges(toDot(stopGradient(value(3))));
    expect(stopped).toContain("style=dashed");
    expect(stopped).not.toContain("label");
    expect(edges(toDot(square())).join()).not.toContain("dashed");
  });

  test("inputs, parameters, operations and constants differ without colour", () => {
    const [input, constant, operation] = nodes(toDot(add(value(1, "x"), value(2))));
    expect(input).toContain("style=filled");
    expect(input).not.toContain("peripheries");
    expect(nodes(toDot(value(1, "w0")))[0]).toContain("style=filled, peripheries=2");
    const [parameter] = nodes(toDot(value(1, "theta"), { parameters: [] }));
    expect(parameter).not.toContain("peripheries");
    expect(constant).toContain('style="dashed,filled"');
    expect(operation).not.toContain("style");
  });

  test("several roots share what they share", () => {
    const x = value(1, "x");
    expect(nodes(toDot([x.sin(), x.cos(), x]))).toHaveLength(3);
  });

  test("100,000 nodes deep", () => {
    let root = value(1, "x");
    for (let i = 0; i < 100_000; i++) root = root.neg();
    const text = toDot(root);
    expect(edges(text)).toHaveLength(100_000);
    expect(text).toContain("n99999 -> n100000");
  }, 60_000);

  test("the same graph built again gives the same text", () => {
    expect(toDot(propagated(neuron()), { legend: true })).toBe(toDot(propagated(neuron()), { legend: true }));
  });
});

describe("gradients", () => {
  test("before backward() they are —, not 0", () => {
    const text = toDot(neuron());
    expect(text.match(/grad —/g)).toHaveLength(10);
    expect(text).not.toContain("grad 0");
  });

  test("after backward() a gradient of 0 is 0", () => {
    const text = toDot(propagated(neuron()));
    expect(text).not.toContain("—");
    expect(text).toContain('"w2\\ndata 1\\ngrad 0"');
  });

  test("only the nodes it did not reach are — after backward()", () => {
    const x = value(2, "x");
    const text = toDot([propagated(x.sin()), x.cos()]);
    expect(text.match(/—/g)).toHaveLength(1);
    expect(text).toContain("cos\\ndata -0.4161\\ngrad —");
  });

  test("larger gradients are darker and wider; zero is grey and thin", () => {
    const a = value(2, "a");
    const text = toDot(propagated(add(a.mul(1000), value(0, "zero").mul(0))));
    expect(text).toMatch(/"a\\n.*color="#081d58".*penwidth=3\]/);
    expect(text).toMatch(/"zero\\n.*color="#a0a8b2".*penwidth=0.6\]/);
  });

  test("a gradient of 0 is 0 everywhere, not only below a root with a gradient", () => {
    const x = value(-1, "x");
    const dead = x.relu();
    propagated(dead.mul(3));
    const text = toDot(dead, { legend: true });
    expect(text).toContain('"x\\ndata -1\\ngrad 0"');
    const zero = toDot(propagated(value(0, "zero").mul(value(0, "other"))).operands as Value[], {
      legend: true,
    });
    expect(zero.match(/grad 0"/g)).toHaveLength(2);
    expect(zero).toContain("|gradient|");
    dead.zeroGrad();
    expect(toDot(dead, { legend: true })).toContain("no gradients yet");
  });

  test("data that is NaN or ∞ is red, before backward() too, and the legend says so", () => {
    const text = toDot(value(Number.NaN, "x").add(Number.POSITIVE_INFINITY), { legend: true });
    expect(text).toMatch(/"x\\ndata NaN\\ngrad —".*color="#cf222e"/);
    expect(text).toMatch(/n1 \[id=n1, label="∞".*color="#cf222e"/);
    expect(text).toContain("NaN, ±∞");
    expect(toDot(propagated(neuron()), { legend: true })).not.toContain("NaN");
  });

  test("NaN is red", () => {
    const root = value(-1, "x").sqrt();
    root.backward();
    expect(toDot(root)).toMatch(/"x\\ndata -1\\ngrad NaN".*color="#cf222e"/);
  });

  test("no gradient passes a branch not taken, not even where its derivative is infinite", () => {
    const x = value(0, "x");
    const root = propagated(value(1).where(value(2, "taken"), x.log()));
    const last = edges(toDot(root)).at(-1);
    expect(last).toMatch(/label="0".*color="#a0a8b2"/);
  });

  test("flow: false draws all lines alike", () => {
    const text = toDot(propagated(neuron()), { flow: false });
    expect(new Set(text.match(/penwidth=[\d.]+/g)).size).toBe(1);
    expect(text).toContain("grad -1.5");
  });
});

describe("options", () => {
  test("direction", () => {
    expect(toDot(square())).toContain("rankdir=LR");
    expect(toDot(square(), { direction: "TB" })).toContain("rankdir=TB");
  });

  test("legend", () => {
    expect(toDot(square())).not.toContain("|gradient|");
    expect(toDot(propagated(square()), { legend: true })).toContain("|gradient|");
    expect(toDot(square(), { legend: true })).toContain("no gradients yet");
    expect(toDot(square(), { legend: true, flow: false })).not.toMatch(/gradient/);
  });

  test.each([
    [3, "toDot: root must be a Value, got 3."],
    [null, "toDot: root must be a Value, got null."],
    ["x", 'toDot: root must be a Value, got "x".'],
    [[value(1), 2], "toDot: root[1] must be a Value, got 2."],
  ])("root %j", (root, message) => {
    expect(() => toDot(root as never)).toThrow(new TypeError(message));
  });

  test("no roots", () => {
    expect(() => toDot([])).toThrow(RangeError);
  });

  test.each([
    [{ direction: "up" }, 'toDot: direction must be "LR" or "TB", got "up".'],
    [{ flow: 1 }, "toDot: flow must be true or false, got 1."],
    [
      { colour: true },
      'toDot: there is no option "colour". The options are: parameters, focus, depth, ancestorsOnly, paramsOnly, fold, collapse, direction, look, theme, flow, legend.',
    ],
    [null, "toDot: options must be an object, got null."],
  ])("options %j", (options, message) => {
    expect(() => toDot(square(), options as never)).toThrow(new TypeError(message));
  });
});
