import { defineOp, type Value, value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { findNonFinite } from "../../src/diagnosis/findNonFinite.ts";
import { flowReport } from "../../src/diagnosis/flow/flowReport.ts";
import { gradCheckPicture } from "../../src/diagnosis/gradCheckPicture.ts";
import { gradientPaths } from "../../src/diagnosis/gradientPaths.ts";
import { toSvg } from "../../src/index.ts";
import { hostileLabels, shownLines } from "../hostileLabels.ts";
import { expectHarmless, Picture, spaces } from "../picture.ts";

const labels = Object.entries(hostileLabels).filter(([, label]) => label.length < 1000);

async function draw(dot: string): Promise<Picture> {
  const svg = await toSvg(dot);
  expectHarmless(svg);
  return new Picture(svg);
}

describe("labels show as they are:", () => {
  test.each(labels)("%s", async (_, label) => {
    const x = value(-1, label);
    const y = x.log();
    y.label = label;
    for (const { dot, text } of [findNonFinite(y), gradientPaths(y, x)]) {
      const lines = (await draw(dot)).lines("node");
      expect(lines).toHaveLength(2);
      expect(lines[0]!.join("\n")).toContain(shownLines(label).map(spaces).join("\n"));
      expect(text.split("\n").length).toBeLessThanOrEqual(4);
    }
  });
});

test("names of operations and activations, and keys of inputs, harm nothing", async () => {
  for (const [, name] of labels) {
    const op = defineOp({ name: name || "op", symbol: name || "op", value: (a) => a * a, partials: [1] });
    await draw(gradCheckPicture((x: Record<string, Value>) => op(x[name]!), { [name]: 2 }).dot);
    await draw(findNonFinite(op(value(1e200))).dot);
    const neuron = { weights: [value(1)], bias: value(0), activation: { name, apply: (z: Value) => z } };
    const data = { inputs: [[1]], targets: [0] };
    await draw(flowReport({ layers: [{ neurons: [neuron] }] }, data, { loss: ([z]) => z }).dot);
  }
});

test("what is left out of a long path is counted on the arrow that stands for it", async () => {
  const w = value(1, "w");
  let root: Value = w;
  for (let i = 0; i < 100; i++) root = root.mul(0.5);
  const picture = await draw(gradientPaths(root, w).dot);
  expect(picture.lines("edge").flat()).toContain("… 92 edges, product 2.019e-28");
});
