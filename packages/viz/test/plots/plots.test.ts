import { tanh } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import {
  activationPlot,
  decisionBoundary,
  functionPlot,
  gradientHistogram,
  lossCurve,
  lossSurface,
  type PlotOptions,
  toPng,
} from "../../src/index.ts";
import { hostileLabels, shownLines } from "../hostileLabels.ts";
import { expectHarmless, spaces } from "../picture.ts";
import { PlotOf } from "./plotOf.ts";

const data = {
  inputs: [
    [0, 0],
    [1, 1],
    [0, 1],
  ],
  targets: [0, 1, 1],
};

type Labels = { readonly [Place in "title" | "xLabel" | "yLabel" | "name"]?: string };

/** Each kind of plot, with a name for a series, a class or a layer. */
const plots: Readonly<Record<string, (options: PlotOptions, name: string) => string>> = {
  lossCurve: (options, name) => lossCurve({ [name]: [3, 2, 1] }, options),
  functionPlot: (options, name) =>
    functionPlot(
      {
        sin: Math.sin,
        [name]: [
          [0, 0],
          [1, 1],
        ],
      },
      { from: -1, to: 2, samples: 20, ...options },
    ),
  activationPlot: (options, name) => activationPlot(tanh, { name, samples: 20, ...options }),
  decisionBoundary: (options, name) =>
    decisionBoundary(([x]) => (x! > 0.5 ? 1 : 0), data, {
      classLabels: [name, "b"],
      samples: 20,
      ...options,
    }),
  lossSurface: (options) =>
    lossSurface((a, b) => a * a + b * b, {
      path: [
        [1, 1],
        [0.5, 0.5],
        [0, 0],
      ],
      samples: 20,
      ...options,
    }),
  gradientHistogram: ({ yLabel: _, ...options }, name) =>
    gradientHistogram({ [name]: [0.1, 0.2, 0], other: [1e-4] }, options),
};
const kinds = Object.entries(plots);
const labels: Labels = { title: "A title", xLabel: "across", yLabel: "up" };

describe.each(kinds)("%s", (kind, draw) => {
  const svg = draw(labels, "name");

  test("stands alone, and has an accessible name and a description", () => {
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    const { root, texts } = new PlotOf(svg);
    expect(root.getAttribute("role")).toBe("img");
    expect(root.querySelector("title")!.textContent).toBe("A title");
    expect(root.querySelector("desc")!.textContent!.length).toBeGreaterThan(20);
    expect(texts).toContain("A title");
    expect(texts).toContain("across →");
    if (kind !== "gradientHistogram") expect(texts).toContain("↑ up");
    if (kind !== "lossSurface") expect(texts).toContain("name");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("is the same every time, with no more than 3 decimals", () => {
    expect(draw(labels, "name")).toBe(svg);
    const attributes = svg.match(/"[^"<>]*"/g)!.join();
    expect(attributes).not.toMatch(/\d\.\d{4}/);
  });

  test("is the same picture in light and dark, but for its colours", () => {
    const dark = draw({ ...labels, theme: "dark" }, "name");
    const colorless = (picture: string) => picture.replace(/#[0-9a-f]{6}/g, "#");
    expect(dark).not.toBe(svg);
    expect(colorless(dark)).toBe(colorless(svg));
    expect(dark).toContain('fill="#0d1117"');
  });

  test("is as large as you say, and no text or mark leaves it", () => {
    const { root } = new PlotOf(draw({ ...labels, width: 420, height: 300 }, "name"));
    expect(root.getAttribute("viewBox")).toBe("0 0 420 300");
    for (const text of root.querySelectorAll("text")) {
      const x = Number(text.getAttribute("x") ?? 0);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(420);
    }
  });

  test("shows hostile labels as they are, and in no attribute", () => {
    for (const label of Object.values(hostileLabels).filter(({ length }) => length < 40)) {
      const hostile = draw({ title: label, xLabel: label, yLabel: label }, label);
      expectHarmless(hostile);
      const line = spaces(shownLines(label).join(" "));
      const { texts } = new PlotOf(hostile);
      expect(texts.filter((text) => text.includes(line)).length).toBeGreaterThanOrEqual(2);
      expect(hostile.replace(/>[^<]*</g, "><")).not.toContain("alert");
    }
    const long = draw({ title: "long ".repeat(2000), xLabel: "x" }, "long ".repeat(2000));
    expectHarmless(long);
  });

  test("has its text in the PNG too", async () => {
    const full = await toPng(svg, { scale: 1 });
    const tick = new PlotOf(svg).texts.find((text) => /^-?[\d.]+$/.test(text));
    expect(tick).toBeDefined();
    for (const text of ["A title", "across →", tick!]) {
      const without = svg.replace(new RegExp(`>${text}</text>`), "></text>");
      expect(without).not.toBe(svg);
      expect(Buffer.compare(await toPng(without, { scale: 1 }), full)).not.toBe(0);
    }
  });

  test.each([
    [{ width: 5 }, `${kind}: width must be a number of pixels from 100 to 10000, got 5.`],
    [{ theme: "blue" }, `${kind}: theme must be "light" or "dark", got "blue".`],
    [{ colour: 1 }, `${kind}: there is no option "colour". The options are: title,`],
  ])("refuses %j", (options, message) => {
    expect(() => draw(options as never, "name")).toThrow(message);
    expect(() => draw(options as never, "name")).toThrow(TypeError);
  });
});
