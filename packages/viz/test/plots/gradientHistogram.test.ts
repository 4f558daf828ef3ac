import { Value, value } from "@chainrule/core";
import { MLP } from "@chainrule/nn";
import { describe, expect, test } from "vitest";
import { gradientHistogram } from "../../src/index.ts";
import { network } from "../graphs.ts";
import { PlotOf } from "./plotOf.ts";

/** Bars as drawn: from and to in log₁₀, and the height in pixels. */
function bars(plot: PlotOf) {
  const x = plot.axis("x", (tick) => (tick === "0" ? Number.NaN : Math.log10(Number(tick))));
  return plot
    .marks("plot-bars")
    .flat()
    .map((bar) => {
      const [left, width, top, height] = ["x", "width", "y", "height"].map((name) =>
        Number(bar.getAttribute(name)),
      );
      return { from: x(left!), to: x(left! + width!), top: top!, height: height! };
    });
}

test("each bar is as high as its share of the layer", () => {
  const first = [...Array(6).fill(0.002), ...Array(2).fill(-0.02)];
  const plot = new PlotOf(gradientHistogram({ first, last: [0.2, 0.2, 0.2, 20] }));
  const drawn = bars(plot);
  const logs = [0.002, 0.02, 0.2, 20].map(Math.log10);
  expect(drawn).toHaveLength(4);
  const inOrder = logs.map((log) => drawn.find(({ from, to }) => from <= log && log < to)!);
  const heights = inOrder.map(({ height }) => height);
  expect(heights.map((height) => height / heights[0]!)).toEqual([
    expect.closeTo(1),
    expect.closeTo(1 / 3, 1),
    expect.closeTo(1),
    expect.closeTo(1 / 3, 1),
  ]);
  // The first layer is on top.
  expect(inOrder[0]!.top).toBeLessThan(inOrder[2]!.top);
  expect(plot.texts).toEqual(expect.arrayContaining(["first", "last", "median 0.002", "median 0.2"]));
});

test("medians stand where they are", () => {
  const plot = new PlotOf(gradientHistogram({ only: [1e-3, 1e-2, 1e-1, 1e-1, 1] }));
  const x = plot.axis("x", (tick) => Math.log10(Number(tick)));
  const lines = plot.marks("plot-medians").flat();
  expect(lines.map((line) => x(Number(line.getAttribute("x1"))))).toEqual([expect.closeTo(-1, 2)]);
});

test("a network has a row for each layer, named", () => {
  const mlp = new MLP(2, [3, 1], { activation: "tanh" });
  mlp([0.5, -1])[0].backward();
  const { texts } = new PlotOf(gradientHistogram(mlp));
  expect(texts).toEqual(expect.arrayContaining(["layer 1 · tanh", "layer 2 · linear"]));
  const own = network([2, 3, 1]);
  expect(new PlotOf(gradientHistogram(own)).marks("plot-medians").flat()).toHaveLength(2);
});

test("zeros have a place of their own; NaN and infinities are counted", () => {
  const plot = new PlotOf(gradientHistogram({ dead: [0, 0, 0, 1], broken: [Number.NaN, 1 / 0, 1] }));
  expect(plot.texts).toEqual(expect.arrayContaining(["0", "3 of 4 are 0", "2 of 3 are NaN or ±∞"]));
  expect(plot.marks("plot-zeros").flat()).toHaveLength(1);
  expect(new PlotOf(gradientHistogram({ all: [0] })).texts).toContain("1 of 1 is 0");
});

test("layers that no backward() has reached say so", () => {
  const [reached, other] = [value(1), value(2)];
  reached.mul(3).backward();
  const { texts } = new PlotOf(gradientHistogram({ a: [reached], b: [other] }));
  expect(texts).toEqual(expect.arrayContaining(["median 3", "no gradient"]));
});

test("copes with the smallest and the largest numbers, and with many", () => {
  const many = Array.from({ length: 100_000 }, (_, i) => Math.sin(i));
  const svg = gradientHistogram({ a: [Number.MIN_VALUE, Number.MAX_VALUE], many });
  expect(svg).not.toMatch(/NaN|Infinity|∞/);
  expect(svg.length).toBeLessThan(10_000);
});

test("is drawn as it was", async () => {
  const svg = gradientHistogram({ first: [1e-4, 2e-4, 1e-3, 0], last: [0.1, 0.2] }, { title: "Two layers" });
  await expect(svg).toMatchFileSnapshot("../golden/gradientHistogram.svg");
});

describe("errors", () => {
  test.each([
    [{}, RangeError, "gradientHistogram: layers is an empty object, there is nothing to draw."],
    [
      [1, 2],
      TypeError,
      "gradientHistogram: layers must be a network or an object of arrays by name, got an array of 2.",
    ],
    [
      { a: [] },
      TypeError,
      'gradientHistogram: "a" must be an array of numbers or Values, not empty; got an array of 0.',
    ],
    [{ a: ["x"] }, TypeError, 'gradientHistogram: entry 0 of "a" must be a number or a Value, got "x".'],
    [
      { a: [new Value(1)] },
      RangeError,
      "gradientHistogram: there are no gradients yet. Call backward() on the loss first.",
    ],
    [new MLP(1, [1]), RangeError, "gradientHistogram: there are no gradients yet."],
    [
      { layers: [{}] },
      TypeError,
      "gradientHistogram: a network must have an array of layers with neurons, got an array of 1 of an object (Object).",
    ],
    [
      Object.fromEntries(Array.from({ length: 151 }, (_, i) => [`l${i}`, [1]])),
      RangeError,
      "gradientHistogram: 151 layers are more than the 150 that can be drawn. Pass some of them.",
    ],
  ])("%#", (layers, kind, message) => {
    expect(() => gradientHistogram(layers as never)).toThrow(kind);
    expect(() => gradientHistogram(layers as never)).toThrow(message);
  });
});
