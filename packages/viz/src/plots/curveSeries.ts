import type { Scalar } from "@chainrule/core";
import { describe } from "../check.ts";
import { oneLine } from "../text.ts";
import type { Point } from "./clipLine.ts";
import { checkFunction, numeric } from "./evaluate.ts";
import { isPair } from "./plotOptions.ts";

/** What a function plot can show: a function of x, points [x, y], or a data set of one input and one target. */
export type PlottedSeries =
  | ((x: number) => Scalar)
  | readonly (readonly [x: number, y: number])[]
  | {
      readonly inputs: readonly (readonly number[])[];
      readonly targets: readonly (number | readonly number[])[];
    };

/** One series, checked. */
export interface CurveSeries {
  readonly name: string;
  readonly f?: (x: number) => number;
  readonly points?: readonly Point[];
}

/** @throws TypeError or RangeError that names the series and what is wrong with it */
export function checkCurves(caller: string, series: Readonly<Record<string, PlottedSeries>>): CurveSeries[] {
  if (typeof series !== "object" || series === null || Array.isArray(series)) {
    throw new TypeError(
      `${caller}: series must be an object of functions or points by name, such as { sin: Math.sin }, got ${describe(series)}.`,
    );
  }
  const entries = Object.entries(series);
  if (entries.length === 0)
    throw new RangeError(`${caller}: series is an empty object, there is nothing to draw.`);
  return entries.map(([name, given]) => {
    const what = `${caller}: ${oneLine(name)}`;
    if (typeof given === "function") return { name, f: numeric(what, given) };
    return { name, points: checkPoints(what, given) };
  });
}

function checkPoints(what: string, given: unknown): readonly Point[] {
  const points = isDataset(given)
    ? Array.from(given.inputs, (row, i) => [...[row].flat(), ...[given.targets[i]].flat()])
    : given;
  if (!Array.isArray(points)) {
    checkFunction(`${what}, if not an array of points [x, y] or a data set { inputs, targets },`, points);
    return [];
  }
  if (points.length === 0) throw new RangeError(`${what} has no points, there is nothing to draw.`);
  const wrong = points.findIndex((point) => !isPair(point));
  if (wrong >= 0) {
    const given = Array.isArray(points[wrong]) ? `[${points[wrong].join(", ")}]` : describe(points[wrong]);
    throw new TypeError(`${what}: point ${wrong} must be two finite numbers [x, y], got ${given}.`);
  }
  return points as readonly Point[];
}

function isDataset(x: unknown): x is { inputs: readonly unknown[]; targets: readonly unknown[] } {
  const { inputs, targets } = (x ?? {}) as { inputs?: unknown; targets?: unknown };
  return Array.isArray(inputs) && Array.isArray(targets);
}
