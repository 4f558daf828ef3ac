import { dot, type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { networkToDot, toDot, toSvg } from "../src/index.ts";
import { branch, network, neuron, square } from "./graphs.ts";
import { expectHarmless, Picture } from "./picture.ts";

function chain(length: number): Value {
  let root = value(1, "x");
  for (let i = 1; i < length; i++) root = root.neg();
  return root;
}

describe("pictures", () => {
  // docs/neuron.svg is the picture of the README; `-u` writes it anew.
  test("the neuron of the documentation", async () => {
    const root = neuron();
    root.backward();
    const svg = await toSvg(root, { legend: true });
    expectHarmless(svg);
    await expect(svg).toMatchFileSnapshot("../docs/neuron.svg");
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
    await expect(svg).toMatchFileSnapshot("../docs/network.svg");
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
          "from a node further in, or a network with networkToDot. To draw it all the same, pass { force: true }.",
      ),
    );
  });

  test("force draws them, or says why not; the next picture is fine", async () => {
    await expect(toSvg(chain(30_000), { force: true })).rejects.toThrow(/Graphviz gave up.*draw a part/);
    expect(new Picture(await toSvg(square())).count("edge")).toBe(2);
  });

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
    ["digraph {}", { legend: true }, 'toSvg: there is no option "legend". The options are: force.'],
  ])("%s with %j", async (source, options, message) => {
    await expect(toSvg(source as never, options as never)).rejects.toThrow(new TypeError(message));
  });
});
