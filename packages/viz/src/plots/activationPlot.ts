import { grad, type Scalar, type Value, value } from "@chainrule/core";
import { checkOptions, describe, text } from "../check.ts";
import { drawCurves } from "./drawCurves.ts";
import { checkFunction, numeric } from "./evaluate.ts";
import { checkFromTo, finite, type PlotOptions, plotOptionKinds, range, samples } from "./plotOptions.ts";

/** How to draw an activation. The axes are `z` and `a` unless told; the height is 360. */
export interface ActivationPlotOptions extends PlotOptions {
  /** The name of the activation; that of the function unless told. */
  readonly name?: string;
  /** The least z; −5 unless told. */
  readonly from?: number;
  /** The largest z; 5 unless told. */
  readonly to?: number;
  /** The least and the largest y to show; all of them unless told. */
  readonly yRange?: readonly [low: number, high: number];
  /** How many points each function is asked at; 400 unless told. */
  readonly samples?: number;
}

/** An activation as @chainrule/nn has them. */
export interface ActivationLike {
  readonly name: string;
  readonly apply: (z: Value) => Scalar;
}

const optionKinds = { ...plotOptionKinds, name: text, from: finite, to: finite, yRange: range, samples };

/**
 * An activation and its derivative as a stand-alone SVG picture. The derivative is found by `grad` of @chainrule/core, so
 * it is what training uses, at kinks too.
 *
 * @param activation - a function of one Value, such as `tanh`; or one of `activations` of @chainrule/nn
 * @returns SVG text, from `<svg` to `</svg>`
 * @throws TypeError if activation is no function of one scalar, or an option is of the wrong kind
 * @throws RangeError if from is not below to, or activation is nowhere finite
 * @example activationPlot(tanh, { title: "tanh" }).includes("tanh′") // true
 */
export function activationPlot(
  activation: ((z: Value) => Scalar) | ActivationLike,
  options: ActivationPlotOptions = {},
): string {
  checkOptions("activationPlot", options, optionKinds);
  const apply = typeof activation === "function" ? activation : activation?.apply;
  if (typeof activation !== "function" && typeof activation !== "object") {
    checkFunction("activationPlot: activation", activation);
  }
  if (typeof apply !== "function") {
    throw new TypeError(
      `activationPlot: activation must be a function or have a function apply, got ${describe(activation)}.`,
    );
  }
  const { from = -5, to = 5, xLabel = "z", yLabel = "a", height = 360 } = options;
  checkFromTo("activationPlot", from, to);
  const name = options.name || nameOf(activation) || "f";
  const derivative = grad((z: Value) => apply(z), { unconnected: "zero" });
  const curves = [
    { name, f: numeric(`activationPlot: ${name}`, (z: number) => apply(value(z))) },
    { name: `${name}′`, f: (z: number) => derivative(z) },
  ];
  return drawCurves("activationPlot", "activation", curves, [from, to], {
    ...options,
    xLabel,
    yLabel,
    height,
  });
}

function nameOf(activation: { readonly name: string; readonly op?: { readonly name: string } }): string {
  return activation.op?.name ?? activation.name;
}
