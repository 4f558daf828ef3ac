import { describe } from "../check.ts";
import { classOfTarget } from "./classes.ts";
import type { Point, Window } from "./clipLine.ts";
import { extent, padded } from "./tickText.ts";

/** Examples of classes; `Dataset` of @chainrule/nn is one, and what `readCsv` gives has the names too. */
export interface ClassifiedData {
  readonly inputs: readonly (readonly number[])[];
  /** A class for each row: a whole number, or a row of zeros with one 1. */
  readonly targets: readonly (number | readonly number[])[];
  readonly inputColumns?: readonly string[];
  readonly classes?: readonly string[] | undefined;
}

/** Two inputs of a data set, as a plane; the others stand still. */
export interface Plane {
  readonly points: readonly Point[];
  /** The class of each point. */
  readonly classes: readonly number[];
  readonly window: Window;
  readonly columns: readonly [number, number];
  readonly isCut: boolean;
  /** The whole row of inputs that a point stands for: the others are at their means. */
  readonly rowOf: (point: Point) => number[];
}

/** @throws TypeError or RangeError that names the row */
export function planeOf(dataset: ClassifiedData, columns: readonly [number, number] | undefined): Plane {
  const { inputs, targets } = dataset ?? {};
  if (!Array.isArray(inputs) || !Array.isArray(targets)) {
    throw new TypeError(`decisionBoundary: needs a data set { inputs, targets }, got ${describe(dataset)}.`);
  }
  if (inputs.length === 0)
    throw new RangeError("decisionBoundary: the data set is empty, there is nothing to draw.");
  if (inputs.length !== targets.length) {
    throw new RangeError(
      `decisionBoundary: needs one target for each row of inputs, got ${inputs.length} rows and ${targets.length} targets.`,
    );
  }
  const width = checkRows(inputs);
  if (width !== 2 && columns === undefined) {
    throw new RangeError(
      `decisionBoundary: rows have ${width} inputs and a plane has two. Pass { columns: [0, 1] } for the first two.`,
    );
  }
  const [a, b] = columns ?? [0, 1];
  if (a === b || Math.max(a, b) >= width) {
    throw new RangeError(
      `decisionBoundary: columns must be two different ones of 0 to ${width - 1}, got [${a}, ${b}].`,
    );
  }
  const means = Array.from({ length: width }, (_, j) =>
    meanOf(inputs.map((row: readonly number[]) => row[j]!)),
  );
  const points = inputs.map((row: readonly number[]): Point => [row[a]!, row[b]!]);
  const range = (axis: 0 | 1) => padded(extent(points.map((point) => point[axis])), 0.08);
  const window = { x: range(0), y: range(1) };
  const spans = [window.x[1] - window.x[0], window.y[1] - window.y[0]];
  if (!spans.every(Number.isFinite)) {
    throw new RangeError("decisionBoundary: inputs are too far apart for an axis. Standardise them.");
  }
  return {
    points,
    classes: targets.map(classOfTarget),
    window,
    columns: [a, b],
    isCut: width > 2,
    rowOf: ([x, y]) => means.map((mean, j) => (j === a ? x : j === b ? y : mean)),
  };
}

function checkRows(inputs: readonly unknown[]): number {
  const width = Array.isArray(inputs[0]) ? inputs[0].length : 0;
  inputs.forEach((row, i) => {
    if (Array.isArray(row) && row.length === width && row.every((x) => Number.isFinite(x))) return;
    const given = Array.isArray(row) ? `[${row.join(", ")}]` : describe(row);
    throw new TypeError(
      `decisionBoundary: inputs[${i}] must be an array of ${width || "two"} finite numbers, got ${given}.`,
    );
  });
  return width;
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x / numbers.length, 0);
}
