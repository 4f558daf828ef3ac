import { compile, dot, type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { networkToDot, toDot, toSvg } from "../../src/index.ts";
import { branch, network, neuron, square } from "../graphs.ts";
import { expectHarmless, Picture, textsOf } from "../picture.ts";

function chain(length: number): Value {
  let root = value(1, "x");
  for (let i = 1; i < length; i++) root = root.neg();
  return root;
}

describe("pictures", () => {
  // docs/neuron.svg is the picture of the README; `-u` writes it anew.
  test("the neuron of the documentation", async () => {
    const [x1, x2] = [value(2, "x1"), value(0, "x2")];
    const [w1, w2, b] = [value(-3, "w1"), value(1, "w2"), value(6.881373587019543, "b")];
    const n = w1.mul(x1).add(w2.mul(x2)).add(b);
    n.label = "n";
    const o = n.tanh();
    o.label = "o";
    o.backward();
    const svg = await toSvg(o, { legend: true });
    expectHarmless(svg);
    await expect(svg).toMatchFileSnapshot("../../docs/neuron.svg");
    const picture = new Picture(svg);
    expect([picture.count("node"), picture.count("edge")]).toEqual([10, 9]);
    expect(picture.lines("node")[9]).toEqual(["o = tanh", "data 0.7071", "grad 1"]);
  });

  test("the network of the documentation", async () => {
    const svg = await toSvg(
      networkToDot(network([4, 8, 8, 3]), {
        title: "Iris: one example's gradient in every weight",
        inputLabels: ["sepal length", "sepal width", "petal length", "petal width"],
        outputLabels: ["setosa", "versicolor", "virginica"],
      }),
    );
    expectHarmless(svg);
    await expect(svg).toMatchFileSnapshot("../../docs/network.svg");
  });

  test("golden file: x·x in both looks", async () => {
    const root = square();
    root.backward();
    await expect(await toSvg(root)).toMatchFileSnapshot("../golden/square.svg");
    const dark = await toSvg(root, { look: "flow", theme: "dark" });
    expectHarmless(dark);
    await expect(dark).toMatchFileSnapshot("../golden/square-flow-dark.svg");
  });

  test("nodes and edges bear their places in the graph", async () => {
    const svg = await toSvg(square());
    expect(svg.match(/data-id="\w+"/g)).toEqual(["n0", "n1", "e0", "e1"].map((id) => `data-id="${id}"`));
  });

  test("networks and compiled kernels as they draw themselves", async () => {
    const look = { title: "XOR", theme: "dark", outputLabels: ["p", "q"] } as const;
    const svg = await toSvg(network([2, 2]), { ...look, timeout: 5000 });
    expect(svg).toBe(await toSvg(networkToDot(network([2, 2]), look)));
    await expect(toSvg(network([2, 2]), { inputLabels: ["p"] })).rejects.toThrow(
      "toSvg: inputLabels must name 2 inputs, got 1.",
    );
    await expect(toSvg(network([2, 2]), { fold: true } as object)).rejects.toThrow(
      'toSvg: there is no option "fold".',
    );
    const kernel = compile((x: Value) => x.mul(x).sin());
    kernel(2);
    expect(await toSvg(kernel)).toBe(await toSvg(kernel.dot()));
    await expect(toSvg(kernel, { theme: "dark" } as object)).rejects.toThrow(/there is no option "theme"/);
  });

  test("a gradient is a graph as well", async () => {
    const x = value(2, "x");
    x.mul(x).backward({ createGraph: true });
    expect(new Picture(await toSvg(x.gradNode!)).lines("node").at(-1)).toContain("data 4");
  });

  test("what is left out is counted in the picture", async () => {
    const root = neuron();
    const texts = textsOf(new Picture(await toSvg(root, { fold: true })).root);
    expect(texts).toContain("n = Σ (4 nodes)");
    expect(texts).toContain("showing 7 of 10 nodes (w·x + b folded)");
  });

  test("pictures asked for at the same time", async () => {
    const [first, second] = await Promise.all([toSvg(square()), toSvg(neuron())]);
    expect([first, second]).toEqual([await toSvg(square()), await toSvg(neuron())]);
  });

  test("x·x has two edges, dashed edges have no text", async () => {
    expect(new Picture(await toSvg(square())).lines("edge")).toEqual([["3"], ["3"]]);
    expect(
      new Picture(await toSvg(branch())).lines("edge").filter((lines) => lines.length === 0),
    ).toHaveLength(3);
  });

  test("text and graph give the same picture, every time", async () => {
    const svg = await toSvg(neuron(), { direction: "TB" });
    expect(await toSvg(toDot(neuron(), { direction: "TB" }))).toBe(svg);
  });

  test("they stand alone: size and namespace, no prologue, no version, no ids", async () => {
    const svg = await toSvg(square());
    expect(svg).toMatch(
      /^<svg width="\d+pt" height="\d+pt"\s+viewBox="[^"]+" xmlns="http:\/\/www.w3.org\/2000\/svg"/,
    );
    expect(svg.trimEnd().endsWith("</svg>")).toBe(true);
    expect(svg).not.toMatch(/<!|<\?| id=/);
  });

  test("they have a name, for those who cannot see them", async () => {
    expect(await toSvg(square())).toMatch(/^<svg [^>]*>\n<title>computation graph<\/title>\n/);
    expect(await toSvg(networkToDot(network([1, 1])))).toMatch(/^<svg [^>]*>\n<title>network<\/title>\n/);
  });

  test("names are bold, numbers are not", async () => {
    const svg = await toSvg(value(2, "two\nlines").sin());
    expect(svg.match(/font-weight="bold"/g)).toHaveLength(3);
    expect(svg).not.toMatch(/font-weight="bold"[^>]*>(data|grad)/);
  });

  test("only fonts of the list", async () => {
    const fonts = new Set((await toSvg(neuron(), { legend: true })).match(/font-family="[^"]*"/g));
    expect([...fonts]).toEqual(['font-family="Helvetica,Arial,DejaVu Sans,sans-serif"']);
  });

  test("DOT from elsewhere, with labels of other alphabets, is drawn as it is", async () => {
    const picture = new Picture(await toSvg('graph { a -- b [label="ребро"] }'));
    expect(picture.lines("edge")).toEqual([["ребро"]]);
  });

  test("boxes are wide enough for wide letters", async () => {
    const width = async (label: string) => {
      const [, from, to] = /<polygon fill="#[^"]*" (?:[^>]*) points="([\d.]+),\S+ ([\d.-]+),/.exec(
        await toSvg(value(1, label)),
      )!;
      return Number(from) - Number(to);
    };
    expect(await width("損失関数損失関数損失関数")).toBeGreaterThan(12 * 11);
    expect(await width("A".repeat(40))).toBeGreaterThan(40 * 0.7 * 11);
  });
});

describe("limits and errors", () => {
  test("more than 2,000 nodes", async () => {
    await expect(toSvg(chain(2001))).rejects.toThrow(RangeError);
    await expect(toSvg(chain(2001))).rejects.toThrow(/2001 nodes.*networkToDot.*force: true/);
    await expect(toSvg(toDot(chain(2001)))).rejects.toThrow(RangeError);
  });

  test("more than 2,000 edges", async () => {
    const xs = Array.from({ length: 1001 }, () => value(1));
    await expect(toSvg(dot(xs, xs))).rejects.toThrow(
      new RangeError(
        "toSvg: 1002 nodes and 2002 edges make a slow and unreadable picture; the limit is 2000 of each. Draw a part, " +
          'with { focus: node }, or less of it, with { collapse: "layers" } or { fold: true }, or a network with ' +
          "networkToDot. To draw it all the same, pass { force: true }.",
      ),
    );
  });

  test("what takes too long is stopped, and the next picture is fine", async () => {
    const slow = toSvg(chain(2000), { timeout: 1 });
    await expect(slow).rejects.toThrow(/longer than 1 ms and was stopped.*collapse: "layers".*timeout: 3 /);
    expect(new Picture(await toSvg(square())).count("edge")).toBe(2);
  }, 60_000);

  test("a chain of 20,000 ranks does not upset Graphviz", async () => {
    const ranks = Array.from({ length: 20_000 }, (_, i) => `${i} -> ${i + 1}`);
    expect(await toSvg(`digraph { ${ranks.join(";")} }`, { timeout: 120_000 })).toContain("<svg");
  }, 120_000);

  test.each([
    ["digraph { a -> ", /cannot read the DOT: syntax error in line 1/],
    ["", /cannot read the DOT: it holds no graph/],
    ["not dot", /cannot read the DOT: syntax error in line 1 near 'not'/],
  ])("DOT %j", async (dot, message) => {
    await expect(toSvg(dot)).rejects.toThrow(message);
  });

  test.each([
    [3, {}, "toSvg: root must be a Value, got 3."],
    [square(), { force: "yes" }, 'toSvg: force must be true or false, got "yes".'],
    [square(), { direction: "RL" }, 'toSvg: direction must be "LR" or "TB", got "RL".'],
    ["digraph {}", { legend: true }, 'toSvg: there is no option "legend". The options are: timeout, force.'],
  ])("%s with %j", async (source, options, message) => {
    await expect(toSvg(source as never, options as never)).rejects.toThrow(new TypeError(message));
  });
});
