import { value } from "@chainrule/core";
import { MLP, moons } from "@chainrule/nn";
import { describe, expect, test } from "vitest";
import { decisionBoundary } from "../../src/index.ts";
import { isInsideOf, linesOfPath, PlotOf, type Point, placeOf } from "./plotOf.ts";

const grid = Array.from({ length: 15 * 15 }, (_, i): Point => [(i % 15) / 14, Math.floor(i / 15) / 14]);
const data = {
  inputs: [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
    [0.4, 0.6],
  ],
  targets: [0, 1, 1, 2, 0],
};
const sectors = ([x, y]: readonly number[]) => (x! + y! < 0.7 ? 0 : x! > y! ? 1 : 2);

/** The class at a place, by the regions of the picture: each lies over those before it. */
function classAt(plot: PlotOf): (place: Point) => number {
  const regions = plot
    .marks("plot-region")
    .map((paths) => paths.flatMap(linesOfPath).map((ring) => plot.unscale(ring)));
  expect(regions.length).toBeGreaterThan(1);
  return (place) => regions.findLastIndex((rings) => isInsideOf(rings, place));
}

/** Places that are not on an edge: all around them predict says the same. */
function clear(predict: (row: number[]) => number): Point[] {
  const far = 0.015;
  return grid.filter(([x, y]) =>
    [
      [far, 0],
      [-far, 0],
      [0, far],
      [0, -far],
    ].every(([dx, dy]) => predict([x + dx!, y + dy!]) === predict([x, y])),
  );
}

test("the regions are what predict says, for classes", () => {
  const found = classAt(new PlotOf(decisionBoundary(sectors, data)));
  const places = clear(sectors);
  expect(places.length).toBeGreaterThan(180);
  for (const place of places) expect(found(place)).toBe(sectors(place));
});

test("for a score with a threshold, in numbers or Values", () => {
  const score = ([x, y]: number[]) => x! ** 2 + y!;
  const predict = (row: number[]) => (score(row) > 0.8 ? 1 : 0);
  const two = { ...data, targets: [0, 1, 1, 1, 0] };
  for (const f of [score, (row: number[]) => [value(score(row))]]) {
    const found = classAt(new PlotOf(decisionBoundary(f, two, { threshold: 0.8 })));
    for (const place of clear(predict)) expect(found(place)).toBe(predict([...place]));
  }
});

test("for a score per class the highest wins", () => {
  const scores = ([x, y]: number[]) => [x!, y!, 1.2 - x! - y!];
  const predict = (row: number[]) => scores(row).indexOf(Math.max(...scores(row)));
  const found = classAt(new PlotOf(decisionBoundary(scores, data)));
  const places = clear(predict);
  expect(new Set(places.map((place) => predict([...place])))).toEqual(new Set([0, 1, 2]));
  for (const place of places) expect(found(place)).toBe(predict([...place]));
});

test("the points are the data, told apart by shape", () => {
  const plot = new PlotOf(decisionBoundary(sectors, data));
  const groups = plot.marks("plot-points");
  expect(groups).toHaveLength(3);
  groups.forEach((dots, one) => {
    const expected = data.inputs.filter((_, i) => data.targets[i] === one);
    expect(plot.unscale(dots.map(placeOf))).toEqual(
      expected.map((row) => row.map((x) => expect.closeTo(x, 2))),
    );
  });
  const shapes = groups.map(([dot]) => dot!.getAttribute("d") ?? "circle");
  expect(new Set(shapes).size).toBe(3);
});

test("labels −1 and 1, one-hot targets, names of a table", () => {
  const signs = decisionBoundary(
    ([x]) => x! - 0.5,
    { ...data, targets: [-1, 1, -1, 1, -1] },
    { threshold: 0 },
  );
  expect(new PlotOf(signs).texts).toEqual(expect.arrayContaining(["class -1", "class 1"]));
  const table = {
    inputs: data.inputs,
    targets: [
      [1, 0],
      [0, 1],
      [1, 0],
      [0, 1],
      [1, 0],
    ],
    inputColumns: ["width", "length"],
    classes: ["setosa", "virginica"],
  };
  const { texts } = new PlotOf(decisionBoundary(([x]) => (x! > 0.5 ? 1 : 0), table));
  expect(texts).toEqual(expect.arrayContaining(["setosa", "virginica", "width →", "↑ length"]));
});

test("draws two of several inputs, the others at their means", () => {
  const inputs = data.inputs.map(([x, y], i) => [x!, 10 * i, y!]);
  const seen: number[][] = [];
  const svg = decisionBoundary(
    (row) => (seen.push(row) > 0 && row[2]! > 0.5 ? 1 : 0),
    { ...data, inputs, targets: [0, 0, 1, 1, 1] },
    { columns: [0, 2] },
  );
  expect(seen.every(([, other]) => Math.abs(other! - 20) < 1e-9)).toBe(true);
  expect(new PlotOf(svg).texts).toEqual(
    expect.arrayContaining(["x0 →", "↑ x2", "all other inputs at their means"]),
  );
});

test("takes a model of nn as it is, and records no graph", () => {
  const mlp = new MLP(2, [3, 1]);
  const svg = decisionBoundary(mlp, moons({ examples: 20 }), { threshold: 0, samples: 10 });
  expect(new PlotOf(svg).marks("plot-points")).toHaveLength(2);
});

test("100,000 points are thinned, periodic ones too, and the picture says so", () => {
  const inputs = Array.from({ length: 100_000 }, (_, i) => [i % 7, i % 11]);
  const plot = new PlotOf(
    decisionBoundary(() => 0, { inputs, targets: inputs.map((_, i) => i % 5) }, { samples: 4 }),
  );
  const sizes = plot.marks("plot-points").map((dots) => dots.length);
  expect(sizes.reduce((a, b) => a + b)).toBe(2000);
  expect(Math.min(...sizes)).toBeGreaterThan(300);
  expect(plot.texts).toContain("2000 of 100,000 points are drawn");
});

test.each([
  ["one point", () => 0, { inputs: [[1, 1]], targets: [0] }],
  ["one class", () => 1, data],
  ["infinite scores", ([x]: number[]) => [1 / 0, x! - 1 / 0, 0], data],
])("copes with %s", (_, predict, dataset) => {
  const svg = decisionBoundary(predict, dataset, { samples: 20 });
  expect(svg).not.toMatch(/NaN|Infinity/);
  expect(new PlotOf(svg).marks("plot-points").flat()).toHaveLength(dataset.inputs.length);
});

describe("errors", () => {
  const [zero, one] = [() => 0, { inputs: [[1, 2]], targets: [0] }];
  test.each([
    [3, one, {}, TypeError, "decisionBoundary: predict must be a function, got 3."],
    [
      zero,
      undefined,
      {},
      TypeError,
      "decisionBoundary: needs a data set { inputs, targets }, got undefined.",
    ],
    [
      zero,
      { inputs: [], targets: [] },
      {},
      RangeError,
      "decisionBoundary: the data set is empty, there is nothing to draw.",
    ],
    [zero, { inputs: [[1, 2]], targets: [] }, {}, RangeError, "got 1 rows and 0 targets."],
    [
      zero,
      { inputs: [[1, Number.NaN]], targets: [0] },
      {},
      TypeError,
      "decisionBoundary: inputs[0] must be an array of 2 finite numbers, got [1, NaN].",
    ],
    [
      zero,
      { inputs: [[1, 2, 3]], targets: [0] },
      {},
      RangeError,
      "decisionBoundary: rows have 3 inputs and a plane has two. Pass { columns: [0, 1] } for the first two.",
    ],
    [
      zero,
      { inputs: [[1, 2, 3]], targets: [0] },
      { columns: [0, 3] },
      RangeError,
      "decisionBoundary: columns must be two different ones of 0 to 2, got [0, 3].",
    ],
    [
      zero,
      { inputs: [[1, 2]], targets: [0.5] },
      {},
      TypeError,
      "decisionBoundary: targets[0] must be a class: a whole number, or a row of zeros with one 1; got 0.5.",
    ],
    [
      () => 0.3,
      one,
      {},
      TypeError,
      "decisionBoundary: predict gave 0.3, which is no class. If it is a score, pass { threshold }: 0 for a logit, 0.5 for a probability.",
    ],
    [
      () => Number.NaN,
      one,
      {},
      RangeError,
      "decisionBoundary: predict gave NaN. Look for where it comes from before drawing it.",
    ],
    [
      () => "a",
      one,
      {},
      TypeError,
      'decisionBoundary: predict must return a number, a Value or an array of them, got "a".',
    ],
    [
      () => [1, 2],
      one,
      { threshold: 0 },
      TypeError,
      "decisionBoundary: a threshold is for one score, and predict gave 2. Leave { threshold } out.",
    ],
    [
      () => [1, 2],
      { inputs: [[1, 2]], targets: [4] },
      {},
      RangeError,
      "decisionBoundary: predict gave 2 scores, of classes 0 to 1, and there are targets of class 4.",
    ],
    [
      zero,
      { inputs: [[1, 2]], targets: [2] },
      { threshold: 0 },
      RangeError,
      "a threshold divides two classes, 0 and 1 or −1 and 1, and there are targets of class 2.",
    ],
    [
      ([x]: number[]) => Math.round(x! * 1000),
      one,
      {},
      RangeError,
      "classes cannot be told apart, at most 20 can. If predict gives a score, pass { threshold }.",
    ],
  ])("%#", (predict, dataset, options, kind, message) => {
    const draw = () => decisionBoundary(predict as never, dataset as never, options as never);
    expect(draw).toThrow(kind);
    expect(draw).toThrow(message);
  });
});
