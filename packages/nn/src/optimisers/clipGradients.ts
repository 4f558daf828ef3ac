import type { Value } from "@chainrule/core";
import { checkNumber } from "../check.ts";
import { ParameterArrays } from "./parameterArrays.ts";
import { checkValues } from "./parameters.ts";

/**
 * Scales all gradients by one factor so that their Euclidean norm is at most `max`: `g ← g · max/‖g‖` where ‖g‖ > max.
 *
 * Neither overflow nor underflow on the way. Gradients among which is NaN or Infinity stay as they are, and the norm
 * tells of them.
 *
 * @param max - above 0; Infinity only measures
 * @returns ‖g‖ before; 0 if there are no parameters
 * @throws TypeError or RangeError for a wrong max, or anything but an array of Values
 * @example const p = value(0); p.grad = -6; clipGradientNorm([p], 3); p.grad // -3
 * @see Pascanu, Mikolov and Bengio (2013), "On the difficulty of training recurrent neural networks", algorithm 1
 */
export function clipGradientNorm(parameters: readonly Value[], max: number): number {
  checkMax("clipGradientNorm: max", max);
  checkValues("clipGradientNorm", parameters);
  return clipped(parameters, (gradient) => clipNorm(gradient, max));
}

/** As {@link clipGradientNorm}, of gradients in an array. */
export function clipNorm(gradient: Float64Array, max: number): number {
  const largest = largestEntry(gradient);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  const scaled = Math.sqrt(gradient.reduce((squares, g) => squares + (g / largest) ** 2, 0));
  // ‖g‖ = largest · scaled may overflow where the gradients did not; its parts do not.
  if (largest * scaled > max) {
    const scaledMax = max / scaled;
    for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i]! / largest) * scaledMax;
  }
  return largest * scaled;
}

/**
 * Clamps each gradient to [−max, max]. NaN stays NaN.
 *
 * @param max - above 0
 * @returns the largest |g| before, NaN if one was; 0 if there are no parameters
 * @throws TypeError or RangeError for a wrong max, or anything but an array of Values
 * @example const p = value(0); p.grad = -6; clipGradientValue([p], 3); p.grad // -3
 */
export function clipGradientValue(parameters: readonly Value[], max: number): number {
  checkMax("clipGradientValue: max", max);
  checkValues("clipGradientValue", parameters);
  return clipped(parameters, (gradient) => clipValue(gradient, max));
}

/** As {@link clipGradientValue}, of gradients in an array. */
export function clipValue(gradient: Float64Array, max: number): number {
  const largest = largestEntry(gradient);
  for (let i = 0; i < gradient.length; i++) gradient[i] = Math.max(-max, Math.min(max, gradient[i]!));
  return largest;
}

function clipped(parameters: readonly Value[], clip: (gradient: Float64Array) => number): number {
  const arrays = new ParameterArrays(parameters);
  const before = clip(arrays.gradient);
  arrays.writeGradient();
  return before;
}

function largestEntry(gradient: Float64Array): number {
  return gradient.reduce((largest, g) => Math.max(largest, Math.abs(g)), 0);
}

export function checkMax(what: string, max: unknown): void {
  checkNumber(what, max, "a number above 0", (x) => x > 0);
}
