import { expect, test } from "vitest";
import { type LinePoint, lineSearch } from "../../src/optimisers/lineSearch.ts";

/** A function on the line and its derivative. */
type Line = readonly [value: (x: number) => number, slope: (x: number) => number];

function search(
  [value, slope]: Line,
  first: number,
  decrease: number,
  curvature: number,
  maxEvaluations = 25,
) {
  let evaluations = 0;
  const at = (alpha: number): LinePoint => {
    evaluations++;
    return { alpha, loss: value(alpha), slope: slope(alpha) };
  };
  const start = at(0);
  evaluations = 0;
  const found = lineSearch(start, first, at, { decrease, curvature, maxEvaluations });
  return { start, found, evaluations };
}

// The first three functions of Moré and Thuente (1994), "Line search algorithms with guaranteed sufficient decrease",
// §5, with the first points used there, and its constants but for one.
const [bumps, width] = [39, 0.01];
const wave = (bumps * Math.PI) / 2;
const hinge = (x: number) =>
  x <= 1 - width ? 1 - x : x >= 1 + width ? x - 1 : (x - 1) ** 2 / (2 * width) + width / 2;
const hingeSlope = (x: number) => Math.max(-1, Math.min(1, (x - 1) / width));
const lines: [string, Line, number, number][] = [
  ["−x/(x² + 2)", [(x) => -x / (x * x + 2), (x) => (x * x - 2) / (x * x + 2) ** 2], 1e-3, 0.1],
  [
    "(x + 0.004)⁵ − 2(x + 0.004)⁴",
    [(x) => (x + 0.004) ** 5 - 2 * (x + 0.004) ** 4, (x) => 5 * (x + 0.004) ** 4 - 8 * (x + 0.004) ** 3],
    // Its slope at 0 is 5e-7, so 0.1 of that drowns in rounding; with 0.9 it is the shape that tries the search.
    0.1,
    0.9,
  ],
  [
    "a hinge with waves",
    [
      (x) => hinge(x) + ((1 - width) / wave) * Math.sin(wave * x),
      (x) => hingeSlope(x) + (1 - width) * Math.cos(wave * x),
    ],
    0.1,
    0.1001,
  ],
  ["a parabola with its minimum far away", [(x) => (x - 1e4) ** 2, (x) => 2 * (x - 1e4)], 1e-4, 0.1],
];

test.each(
  lines.flatMap(([name, line, c1, c2]) =>
    [1e-3, 1e-1, 10, 1e3].map((first) => [name, first, line, c1, c2] as const),
  ),
)("%s from %d: both strong Wolfe conditions hold", (_, first, line, c1, c2) => {
  const { start, found, evaluations } = search(line, first, c1, c2);
  expect(found.alpha).toBeGreaterThan(0);
  expect(found.loss).toBeLessThanOrEqual(start.loss + c1 * found.alpha * start.slope);
  expect(Math.abs(found.slope)).toBeLessThanOrEqual(-c2 * start.slope);
  expect(evaluations).toBeLessThanOrEqual(15);
});

test("where the loss stops being finite it turns back", () => {
  const barrier: Line = [(x) => -x - Math.log(1 - x) / 10, (x) => -1 + 0.1 / (1 - x)];
  expect(search(barrier, 50, 1e-4, 0.1).found.alpha).toBeCloseTo(0.9, 1);
  const cliff: Line = [(x) => (x > 1 ? Number.NEGATIVE_INFINITY : -x), () => -1];
  expect(search(cliff, 50, 1e-4, 0.1).found.alpha).toBeLessThanOrEqual(1);
});

test("out of evaluations, it takes the lowest point of sufficient decrease", () => {
  const parabola: Line = [(x) => (x - 100) ** 2, (x) => 2 * (x - 100)];
  const one = search(parabola, 1, 1e-4, 0.1, 1);
  expect([one.found.alpha, one.evaluations]).toEqual([1, 1]);
  const tooFar = search(parabola, 1e9, 1e-4, 0.1, 3);
  expect([tooFar.found, tooFar.evaluations]).toEqual([tooFar.start, 3]);
});

test("where rounding hides the fall of the loss, the slopes decide", () => {
  const raised: Line = [(x) => 1 + 1e-20 * (x - 1) ** 2, (x) => 2e-20 * (x - 1)];
  const { found, evaluations } = search(raised, 0.9, 1e-4, 0.5);
  expect([found.alpha, evaluations]).toEqual([0.9, 1]);
  const far = search(raised, 5, 1e-4, 0.5);
  expect(Math.abs(far.found.slope)).toBeLessThanOrEqual(1e-20);
});
