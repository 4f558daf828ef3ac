import { spawnSync } from "node:child_process";
import { value } from "@chainrule/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lossCurve, networkToDot, toDot, toJson, toPng, toSvg, toText } from "../src/index.ts";
import { network } from "./graphs.ts";
import { hostileLabels, shownLines } from "./hostileLabels.ts";
import { expectHarmless, Picture, spaces, textsOf } from "./picture.ts";

const labels = Object.entries(hostileLabels);
const allLabels = Object.values(hostileLabels);
const hasDot = spawnSync("dot", ["-V"]).error === undefined;

/** A picture of one labelled leaf: the lines of its label. */
async function shown(label: string): Promise<string[]> {
  const svg = await toSvg(value(1, label));
  expectHarmless(svg);
  expect(await toSvg(value(1, label))).toBe(svg);
  const picture = new Picture(svg);
  expect(picture.count("node")).toBe(1);
  expect(picture.count("edge")).toBe(0);
  const lines = picture.lines("node")[0]!;
  expect(lines.splice(-2)).toEqual(["data 1", "grad —"]);
  return lines;
}

test("there are at least 47 of them", () => {
  expect(labels.length).toBeGreaterThanOrEqual(47);
});

describe("a node shows the label as it is:", () => {
  test.each(labels)("%s", async (_, label) => {
    expect(await shown(label)).toEqual(shownLines(label).map(spaces));
  });

  test("any string", async () => {
    const nasty = fc.constantFrom(...'\\"&<>\n\0l{}');
    const unit = fc.oneof(nasty, fc.string({ unit: "binary", minLength: 1, maxLength: 1 }));
    const anyLabel = fc.string({ unit, minLength: 1 });
    await fc.assert(
      fc.asyncProperty(anyLabel, async (label) => {
        expect(await shown(label)).toEqual(shownLines(label).map(spaces));
      }),
      { numRuns: 100, endOnFailure: true },
    );
  }, 60_000);
});

test("operations show it before their symbol", async () => {
  const node = value(2, "x").mul(3);
  node.label = 'a\n\\N "';
  const picture = new Picture(await toSvg(node));
  expect(picture.lines("node")[1]!.slice(0, 2)).toEqual(["a", '\\N " = ×']);
});

test("networks show them as title, inputs, outputs and activation", async () => {
  const many = allLabels.filter((label) => label.length < 1000);
  for (const label of many) {
    const dot = networkToDot(network([1, 1], "tanh"), {
      title: label,
      inputLabels: [label],
      outputLabels: [label],
    });
    const svg = await toSvg(dot);
    expectHarmless(svg);
    const texts = textsOf(new Picture(svg).root).filter((line) =>
      shownLines(label).map(spaces).includes(line),
    );
    expect(texts.length).toBeGreaterThanOrEqual(3 * shownLines(label).length);
  }
});

test("frames of parts and nodes that stand for a part show the path", async () => {
  for (const label of allLabels.filter((text) => text.length < 1000)) {
    const root = value(1, `${label}.w0`)
      .mul(value(2, `${label}.w1`))
      .add(value(3, `${label}.b`))
      .tanh();
    for (const collapse of ["none", "neurons"] as const) {
      const svg = await toSvg(root, { collapse });
      expectHarmless(svg);
      const texts = textsOf(new Picture(svg).root);
      for (const line of shownLines(label).map(spaces)) expect(texts).toContain(line);
    }
  }
}, 60_000);

test("text shows them on one line, with nothing that a terminal would obey", () => {
  for (const label of allLabels) {
    const lines = toText(value(1, label)).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
    expect(lines[1]).toMatch(/ 1 +— +(input|constant)$/);
  }
  expect(toText(value(1, "\u001b[31mred"))).toContain("\ufffd[31mred");
});

test("JSON keeps them, and can stand in a script of a page", () => {
  for (const label of allLabels) {
    const json = toJson(value(1, label));
    expect(JSON.parse(json).nodes[0].label).toBe(label);
    expect(json).not.toMatch(/[<>&\u2028\u2029]/);
  }
});

test("PNG draws them", async () => {
  for (const label of allLabels.filter((text) => text.length < 1000)) {
    expect((await toPng(value(1, label))).length).toBeGreaterThan(1000);
  }
}, 120_000);

test("loss curves show them as title, labels and series", () => {
  for (const label of allLabels) {
    const svg = lossCurve({ [label]: [2, 1] }, { title: label, xLabel: label, yLabel: label });
    expectHarmless(svg);
    const line = spaces(shownLines(label).join(" "));
    const texts = textsOf(new Picture(svg).root);
    expect(texts.filter((text) => text.includes(line)).length).toBeGreaterThanOrEqual(4);
  }
});

test.skipIf(!hasDot)("system Graphviz reads all of them (skipped where dot is not installed)", () => {
  const graphs = [
    ...allLabels.map((label) => toDot(value(1, label))),
    ...allLabels.map((label) => toDot(value(1, `${label}.w0`).mul(2), { look: "flow", theme: "dark" })),
    ...allLabels.map((label) => toDot(value(1, `${label}.w0`).mul(2), { collapse: "neurons" })),
    ...allLabels.map((label) => networkToDot(network([1, 1]), { title: label, inputLabels: [label] })),
  ];
  const { status, stdout, stderr } = spawnSync("dot", ["-Tcanon"], {
    input: graphs.join("\n"),
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout.match(/^digraph /gm)).toHaveLength(graphs.length);
});
