import { value } from "@chainrule/core";
import { describe, expect, test } from "vitest";
import { lossSurface } from "../../src/index.ts";
import { linesOfPath, PlotOf, type Point, placeOf } from "./plotOf.ts";

const bowl = (a: number, b: number) => a * a + 4 * b * b;
const window = { from: [-2, -1], to: [2, 1] } as const;
const path = [
  [-1.5, 0.8],
  [-1, -0.4],
  [0.3, 0.2],
  [0, 0],
] as const;

/** The corners of each contour, less those on the edge of the picture. */
function contours(plot: PlotOf): Point[][] {
  return plot
    .marks("plot-contour")
    .map((paths) =>
      plot
        .unscale(paths.flatMap(linesOfPath).flat())
        .filter(([a, b]) => Math.abs(a) < 1.95 && Math.abs(b) < 0.97),
    );
}

test("along a contour the loss is the same, and the labels say what it is", () => {
  const plot = new PlotOf(lossSurface(bowl, { ...window, scale: "linear" }));
  const lines = contours(plot).filter((line) => line.length > 10);
  const levels = lines.map((line) => {
    const losses = line.map(([a, b]) => bowl(a, b));
    const mean = losses.reduce((sum, loss) => sum + loss / losses.length, 0);
    for (const loss of losses) expect(Math.abs(loss - mean)).toBeLessThan(0.05);
    return Math.round(mean * 10) / 10;
  });
  expect(levels).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const labels = [...plot.root.querySelectorAll('text[font-size="10"]')].map((text) =>
    Number(text.textContent),
  );
  expect(labels.length).toBeGreaterThan(4);
  for (const label of labels) expect(levels).toContain(label);
});

test("each label stands on its contour", () => {
  const plot = new PlotOf(lossSurface(bowl, window));
  const labels = [...plot.root.querySelectorAll('text[font-size="10"]')];
  expect(labels.length).toBeGreaterThan(3);
  for (const label of labels) {
    const place = [Number(label.getAttribute("x")), Number(label.getAttribute("y")) - 4] as const;
    const [[a, b]] = plot.unscale([place]) as [Point];
    expect(bowl(a, b) / Number(label.textContent)).toBeCloseTo(1, 1);
  }
});

test("the path goes through the given points, from start to end, with the loss at both", () => {
  const plot = new PlotOf(lossSurface(bowl, { ...window, path }));
  const near = path.map((point) => point.map((x) => expect.closeTo(x, 2)));
  expect(plot.unscale(plot.marks("plot-path").flat().flatMap(linesOfPath).flat())).toEqual(near);
  expect(plot.unscale(plot.marks("plot-step").flat().map(placeOf))).toEqual(near);
  expect(plot.unscale(plot.marks("plot-start").flat().map(placeOf))).toEqual([near[0]]);
  expect(plot.unscale(plot.marks("plot-end").flat().map(placeOf))).toEqual([near[3]]);
  expect(plot.texts).toEqual(expect.arrayContaining(["start: loss 4.81", "after 3 steps: loss 0"]));
});

test("without a range the picture is around the path", () => {
  const plot = new PlotOf(lossSurface((a, b) => value(a).mul(a).add(b), { path, samples: 20 }));
  const [left] = plot.unscale(plot.marks("plot-path").flat().flatMap(linesOfPath).flat());
  expect(left![0]).toBeCloseTo(-1.5, 2);
});

test("a path that leaves the picture is cut, and the picture says so", () => {
  const plot = new PlotOf(
    lossSurface(bowl, {
      ...window,
      path: [
        [0, 0],
        [4, 0],
        [0, 0.5],
      ],
      samples: 20,
    }),
  );
  const corners = plot.unscale(plot.marks("plot-path").flat().flatMap(linesOfPath).flat());
  expect(corners).toHaveLength(4);
  expect(Math.max(...corners.map(([a]) => a))).toBeCloseTo(2);
  expect(plot.texts).toContain("the path leaves the picture");
});

test("the scale is logarithmic above a factor of 100", () => {
  const steep = (a: number, b: number) => Math.exp(3 * (a + b));
  const plot = new PlotOf(lossSurface(steep, window));
  expect(plot.texts).toEqual(expect.arrayContaining(["0.1", "10"]));
});

test("of another function it speaks by its name", () => {
  const hill = (a: number, b: number) => (a > 1 ? Number.NaN : 3 - bowl(a, b));
  const svg = lossSurface(hill, { ...window, path, name: "height <h>" });
  expect(svg).toContain("blank: the height &lt;h&gt; is NaN");
  expect(svg).toContain("height &lt;h&gt; surface");
  expect(svg).not.toContain("loss");
});

test("100,000 steps are thinned, and the picture says so", () => {
  const long = Array.from({ length: 100_001 }, (_, i) => [2 * Math.cos(i / 1e4), Math.sin(i / 1e4)] as const);
  const plot = new PlotOf(lossSurface(bowl, { path: long, samples: 20 }));
  expect(plot.texts).toContain("100,000 steps, thinned to 2000");
  expect(linesOfPath(plot.marks("plot-path")[0]![0]!)[0]!.length).toBeLessThanOrEqual(2002);
  expect(plot.marks("plot-step")).toEqual([]);
});

test.each([
  ["a constant loss", () => 1, {}, "the loss is 1 everywhere"],
  [
    "a loss that is constant but for rounding",
    (a: number) => Math.sin(a) ** 2 + Math.cos(a) ** 2,
    {},
    "the loss is 1 everywhere",
  ],
  [
    "a loss that is NaN somewhere",
    (a: number, b: number) => Math.log(a) ** 2 + b * b,
    {},
    "blank: the loss is NaN",
  ],
  ["an infinite loss", (a: number) => 1 / Math.max(0, a), {}, "↑ b"],
  ["one point", bowl, { path: [[1, 1]] }, "start: loss 5"],
])("copes with %s", (_, loss, options, text) => {
  const svg = lossSurface(loss, { ...window, samples: 30, ...options } as never);
  expect(svg.replace(/<text.*?<\/text>|<desc>.*?<\/desc>/g, "")).not.toMatch(/NaN|Infinity/);
  if (!("path" in options)) expect(new PlotOf(svg).texts).toContain(text);
  else expect(new PlotOf(lossSurface(loss, options as never)).texts).toContain(text);
});

test("the picture of the README is drawn as it was", async () => {
  const steps: Point[] = [[-2.5, 1.5]];
  for (let i = 0; i < 20; i++) {
    const [a, b] = steps.at(-1)!;
    steps.push([a - 0.14 * 2 * a, b - 0.14 * 12 * b]);
  }
  const svg = lossSurface((a, b) => a * a + 6 * b * b, {
    from: [-3, -2],
    to: [3, 2],
    path: steps,
    samples: 60,
    title: "a² + 6b², learning rate 0.14",
    width: 480,
    height: 340,
  });
  await expect(svg).toMatchFileSnapshot("../../docs/descent.svg");
});

describe("errors", () => {
  test.each([
    [3, window, TypeError, "lossSurface: loss must be a function, got 3."],
    [bowl, {}, RangeError, "lossSurface: there is no path to tell which part to draw. Pass { from, to }."],
    [bowl, { from: [0, 0] }, RangeError, "lossSurface: there is no path"],
    [
      bowl,
      { from: [0, 1], to: [1, 1] },
      RangeError,
      "lossSurface: from must be below to, got 1 and 1 for b.",
    ],
    [
      bowl,
      { from: [0, Number.NaN] },
      TypeError,
      "lossSurface: from must be an array of two finite numbers, got an array of 2.",
    ],
    [
      bowl,
      {
        ...window,
        path: [
          [0, 0],
          [Number.POSITIVE_INFINITY, 0],
        ],
      },
      RangeError,
      "lossSurface: path[1] is [Infinity, 0]: the descent left the numbers. Draw the steps before it.",
    ],
    [bowl, { ...window, path: [3] }, TypeError, "lossSurface: path[0] must be two numbers [a, b], got 3."],
    [
      () => Number.NaN,
      window,
      RangeError,
      "lossSurface: the loss is nowhere finite from { from } to { to }, there is nothing to draw.",
    ],
    [() => [1], window, TypeError, "lossSurface: loss must return a number or a Value, got an array of 1 at"],
    [
      (a: number) => a,
      { ...window, scale: "log" },
      RangeError,
      "lossSurface: a log scale needs losses above 0, got -1.",
    ],
  ])("%#", (loss, options, kind, message) => {
    expect(() => lossSurface(loss as never, options as never)).toThrow(kind);
    expect(() => lossSurface(loss as never, options as never)).toThrow(message);
  });
});
