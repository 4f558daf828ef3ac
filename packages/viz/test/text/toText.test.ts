import { value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { toText } from "../../src/index.ts";
import { branch, diamond, neuron } from "../graphs.ts";

describe("toText", () => {
  test.each([
    ["neuron", neuron()],
    ["diamond", diamond()],
    ["branch", branch()],
  ])("golden file: %s", async (name, root) => {
    root.backward();
    await expect(toText(root)).toMatchFileSnapshot(`../golden/${name}.txt`);
  });

  test("what was shown before has a · and no operands", () => {
    const x = value(3, "x").sin();
    const text = toText(x.mul(x));
    expect(text.split("\n").map((line) => line.trimStart().slice(0, 5))).toEqual([
      "data ",
      "×    ",
      "sin  ",
      "x    ",
      "· sin",
      "",
    ]);
  });

  test("no gradient is —, a gradient of 0 is 0", () => {
    expect(toText(neuron())).toMatch(/^ +w2 +1 +— +0 {2}parameter$/m);
    const root = value(2, "x").mul(0);
    root.backward();
    expect(toText(root)).toMatch(/^ {2}x +2 +0 +0 {2}input$/m);
  });

  test("several roots, and what is left out", () => {
    const x = value(1, "x");
    expect(toText([x.sin(), x.cos()])).toMatch(/^sin[\s\S]*^ {2}x[\s\S]*^cos[\s\S]*^ {2}· x/m);
    const root = neuron();
    expect(toText(root, { focus: root, depth: 1 })).toMatch(
      /⋯ 2 operands not shown[\s\S]*showing 2 of 10 nodes \(focus\)\n$/,
    );
  });

  test("100,000 deep", () => {
    let root = value(1, "x");
    for (let i = 0; i < 100_000; i++) root = root.neg();
    const lines = toText(root).split("\n");
    expect(lines).toHaveLength(100_003);
    expect(lines[100_001]).toMatch(/^100000› x/);
  }, 60_000);

  test("options", () => {
    expect(() => toText(neuron(), { theme: "dark" } as never)).toThrow(/there is no option "theme"/);
  });
});
