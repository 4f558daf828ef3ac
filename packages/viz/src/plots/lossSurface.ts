import type { Scalar } from "@chainrule/core";
import { checkOptions, describe, oneOf, text } from "../check.ts";
import type { Point, Window } from "./clipLine.ts";
import { drawSurface } from "./drawSurface.ts";
import { checkFunction, numeric } from "./evaluate.ts";
import { isPair, type PlotOptions, pair, plotOptionKinds, samples } from "./plotOptions.ts";
import { extent, padded } from "./tickText.ts";

/** How to draw a loss surface. The axes are `a` and `b` unless told; the height is 480. */
export interface LossSurfaceOptions extends PlotOptions {
  /** The least a and b; around the path unless told. */
  readonly from?: readonly [a: number, b: number];
  /** The largest a and b; around the path unless told. */
  readonly to?: readonly [a: number, b: number];
  /** Where the descent went, step by step. */
  readonly path?: readonly (readonly [a: number, b: number])[];
  /** How contours are spaced. Unless told, `"log"` where losses above 0 span more than a factor of 100. */
  readonly scale?: "linear" | "log";
  /** What the function is, in the picture's words; `"loss"` unless told. */
  readonly name?: string;
  /** How many points across the width the loss is asked at; 120 unless told. Down the height in proportion. */
  readonly samples?: number;
}

const list = { fits: Array.isArray, wanted: "an array of points [a, b]" };
const optionKinds = {
  ...plotOptionKinds,
  from: pair,
  to: pair,
  path: list,
  scale: oneOf("linear", "log"),
  name: text,
  samples,
};

/**
 * A loss of two parameters as contours with the path of a descent over them, as a stand-alone SVG picture. Deeper colour
 * is a higher loss. Of any other function of two numbers say the `name`.
 *
 * @param loss - of two numbers; gives a number or a Value
 * @param options - `from` and `to` can only be left out where there is a path
 * @returns SVG text, from `<svg` to `</svg>`
 * @throws TypeError if loss, the path or an option is of the wrong kind
 * @throws RangeError if there is no range, the path holds NaN or ±Infinity, or the loss is nowhere finite
 * @example lossSurface((a, b) => a * a + 3 * b * b, { from: [-2, -2], to: [2, 2], path: [[1, 1], [0.2, 0]] }).includes("start") // true
 */
export function lossSurface(
  loss: (a: number, b: number) => Scalar,
  options: LossSurfaceOptions = {},
): string {
  checkFunction("lossSurface: loss", loss);
  checkOptions("lossSurface", options, optionKinds);
  const path = checkPath(options.path ?? []);
  return drawSurface(numeric("lossSurface: loss", loss), windowOf(path, options), path, options);
}

function checkPath(path: readonly unknown[]): readonly Point[] {
  const wrong = path.findIndex((point) => !isPair(point));
  if (wrong < 0) return path as readonly Point[];
  const point = path[wrong];
  if (Array.isArray(point) && point.length === 2 && point.every((x) => typeof x === "number")) {
    throw new RangeError(
      `lossSurface: path[${wrong}] is [${point.join(", ")}]: the descent left the numbers. Draw the steps before it.`,
    );
  }
  throw new TypeError(`lossSurface: path[${wrong}] must be two numbers [a, b], got ${describe(point)}.`);
}

function windowOf(path: readonly Point[], { from, to }: LossSurfaceOptions): Window {
  if (path.length === 0 && (from === undefined || to === undefined)) {
    throw new RangeError("lossSurface: there is no path to tell which part to draw. Pass { from, to }.");
  }
  const [x, y] = ([0, 1] as const).map((axis) => {
    const around = path.length === 0 ? [0, 0] : padded(extent(path.map((point) => point[axis])), 0.2);
    const [low, high] = [from?.[axis] ?? around[0]!, to?.[axis] ?? around[1]!];
    if (low < high && Number.isFinite(high - low)) return [low, high] as const;
    throw new RangeError(`lossSurface: from must be below to, got ${low} and ${high} for ${"ab"[axis]}.`);
  });
  return { x: x!, y: y! };
}
