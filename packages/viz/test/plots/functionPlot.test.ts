import { value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { functionPlot } from "../../src/index.ts";
import { linesOfPath, PlotOf, placeOf } from "./plotOf.ts";

/** The lines of each curve's pieces. */
function lines(plot: PlotOf) {
  return plot.marks("plot-line").flat().flatMap(linesOfPath);
}

test("a line goes through f, a dot stands at each point", () => {
  const points = [
    [-1, 2],
    [0, -0.5],
    [1.5, 1],
  ] as const;
  const plot = new PlotOf(functionPlot({ cubic: (x) => x ** 3 - x, points }, { from: -2, to: 2 }));
  const [line] = lines(plot);
  expect(line!.length).toBeGreaterThan(300);
  for (const [x, y] of plot.unscale(line!)) expect(y).toBeCloseTo(x ** 3 - x, 1.5);
  const [from, to] = [plot.unscale(line!)[0]!, plot.unscale(line!).at(-1)!];
  expect([from[0], to[0]]).toEqual([expect.closeTo(-2), expect.closeTo(2)]);
  const dots = plot.unscale(plot.marks("plot-points")[0]!.map(placeOf));
  expect(dots).toEqual(points.map(([x, y]) => [expect.closeTo(x, 2), expect.closeTo(y, 1.5)]));
});

test("functions may give Values, and record no graph", () => {
  const w = value(2);
  const svg = functionPlot({ line: (x) => w.mul(x) }, { from: 0, to: 1 });
  const plot = new PlotOf(svg);
  for (const [x, y] of plot.unscale(lines(plot)[0]!)) expect(y).toBeCloseTo(2 * x, 2);
});

test("a data set is points", () => {
  const svg = functionPlot({ examples: { inputs: [[1], [2], [3]], targets: [1, 4, 9] } });
  const plot = new PlotOf(svg);
  expect(plot.unscale(plot.marks("plot-points")[0]!.map(placeOf)).map(([x]) => Math.round(x))).toEqual([
    1, 2, 3,
  ]);
});

test("series differ in dash or shape, and the legend says which is which", () => {
  const svg = functionPlot(
    { one: Math.sin, two: Math.cos, three: [[0, 0]], four: [[1, 1]] },
    { from: 0, to: 1 },
  );
  const plot = new PlotOf(svg);
  const dashes = [...plot.root.querySelectorAll("g.plot-line")].map((g) =>
    g.getAttribute("stroke-dasharray"),
  );
  expect(new Set(dashes).size).toBe(2);
  const samples = plot.marks("plot-legend").flat();
  expect(samples.flatMap((sample) => sample.textContent || [])).toEqual(["one", "two", "three", "four"]);
});

describe("a line breaks", () => {
  test("where f jumps, on both sides of it", () => {
    const plot = new PlotOf(functionPlot({ step: (x) => (x < 0.3 ? -1 : 1) }, { from: -1, to: 1 }));
    const [before, after] = lines(plot).map((line) => plot.unscale(line));
    expect(before!.at(-1)).toEqual([expect.closeTo(0.3), expect.closeTo(-1)]);
    expect(after![0]).toEqual([expect.closeTo(0.3), expect.closeTo(1)]);
  });

  test("at a pole, which does not stretch the axis", () => {
    const plot = new PlotOf(functionPlot({ "1/x": (x) => 1 / x }, { from: -2, to: 2 }));
    const ys = lines(plot).flatMap((line) => plot.unscale(line).map(([, y]) => y));
    expect(lines(plot)).toHaveLength(2);
    expect(Math.max(...ys)).toBeLessThan(50);
    expect(Math.max(...ys)).toBeGreaterThan(1);
  });

  test("where f is not finite, and begins exactly where it is", () => {
    const plot = new PlotOf(functionPlot({ root: Math.sqrt }, { from: -1, to: 1 }));
    expect(lines(plot)).toHaveLength(1);
    expect(plot.unscale(lines(plot)[0]!)[0]).toEqual([expect.closeTo(0, 3), expect.closeTo(0, 1)]);
  });

  test("but not where f is only steep", () => {
    expect(
      lines(new PlotOf(functionPlot({ f: (x) => Math.tanh(1000 * x) }, { from: -1, to: 1 }))),
    ).toHaveLength(1);
  });
});

test("yRange cuts lines at its ends and leaves out points beyond", () => {
  const svg = functionPlot(
    {
      line: (x) => 10 * x,
      points: [
        [0, 0],
        [0.5, 5],
      ],
    },
    { from: -1, to: 1, yRange: [-2, 2] },
  );
  const plot = new PlotOf(svg);
  const line = plot.unscale(lines(plot)[0]!);
  expect(line[0]).toEqual([expect.closeTo(-0.2), expect.closeTo(-2)]);
  expect(line.at(-1)).toEqual([expect.closeTo(0.2), expect.closeTo(2)]);
  expect(plot.marks("plot-points").flat()).toHaveLength(1);
});

test("100,000 points are thinned, and the picture says so", () => {
  const points = Array.from({ length: 100_000 }, (_, i) => [Math.sin(i), Math.cos(i)] as const);
  const plot = new PlotOf(functionPlot({ circle: points }));
  expect(plot.marks("plot-points").flat()).toHaveLength(2000);
  expect(plot.texts).toContain("2000 of 100,000 points of circle are drawn");
});

test.each([
  ["a constant function", { c: () => 3 }],
  ["zero", { c: () => 0 }],
  ["one point", { p: [[2, 5]] }],
  ["the smallest numbers", { f: (x: number) => x * 1e-300 }],
  ["large numbers close to each other", { f: (x: number) => 1e9 + x }],
])("copes with %s", (_, series) => {
  const svg = functionPlot(series as never, { from: 0, to: 4 });
  expect(svg).not.toMatch(/NaN|Infinity/);
  const plot = new PlotOf(svg);
  const ticks = plot.texts.slice(0, -4);
  expect(new Set(ticks).size).toBeGreaterThan(2);
});

test("is drawn as it was", async () => {
  const series = {
    f: (x: number) => x * x,
    examples: [
      [0, 0],
      [1, 1],
    ],
  } as const;
  const svg = functionPlot(series, { from: -1, to: 1, samples: 5, title: "x²", width: 300, height: 200 });
  await expect(svg).toMatchFileSnapshot("../golden/functionPlot.svg");
});

describe("errors", () => {
  test.each([
    [{}, {}, RangeError, "functionPlot: series is an empty object, there is nothing to draw."],
    [
      Math.sin,
      {},
      TypeError,
      "functionPlot: series must be an object of functions or points by name, such as { sin: Math.sin }, got a function.",
    ],
    [
      { f: Math.sin },
      {},
      RangeError,
      "functionPlot: there are no points to tell which x to draw. Pass { from, to }.",
    ],
    [
      { f: Math.sin },
      { from: 1, to: 1 },
      RangeError,
      "functionPlot: from must be below to, and their difference a finite number, got 1 and 1.",
    ],
    [{ p: [] }, {}, RangeError, "functionPlot: p has no points, there is nothing to draw."],
    [
      { p: [[1, Number.NaN]] },
      {},
      TypeError,
      "functionPlot: p: point 0 must be two finite numbers [x, y], got [1, NaN].",
    ],
    [
      { p: 3 },
      {},
      TypeError,
      "functionPlot: p, if not an array of points [x, y] or a data set { inputs, targets }, must be a function, got 3.",
    ],
    [
      { f: () => "1" },
      { from: 0, to: 1 },
      TypeError,
      'functionPlot: f must return a number or a Value, got "1" at 0.',
    ],
    [
      { f: () => Number.NaN },
      { from: 0, to: 1 },
      RangeError,
      "functionPlot: f is nowhere finite from 0 to 1, there is nothing to draw.",
    ],
    [
      { f: (x: number) => x * 1e308 },
      { from: -1.7, to: 1.7 },
      RangeError,
      "is too far for an axis. Pass { yRange }.",
    ],
    [
      { f: Math.sin },
      { from: 0, to: 1, samples: 1 },
      TypeError,
      "functionPlot: samples must be a whole number from 2 to 10000, got 1.",
    ],
  ])("%#", (series, options, kind, message) => {
    expect(() => functionPlot(series as never, options)).toThrow(kind);
    expect(() => functionPlot(series as never, options)).toThrow(message);
  });
});
