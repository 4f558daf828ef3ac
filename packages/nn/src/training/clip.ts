import { checkOptions } from "../check.ts";
import { checkMax, clipNorm, clipValue } from "../optimisers/clipGradients.ts";
import type { Optimiser } from "../optimisers/optimiser.ts";

/** The most that the gradient of a step may be; no limit where not told. */
export interface Clip {
  /** The most of its Euclidean norm. */
  readonly norm?: number;
  /** The most of |g| of each entry; applied before the norm is looked at. */
  readonly value?: number;
}

/** @throws TypeError or RangeError for an unknown option, a wrong number, or an optimiser that would not see the limit */
export function checkClip(clip: Clip, { needsEvaluate = false }: Optimiser): void {
  checkOptions("fit: clip", clip, ["norm", "value"]);
  if (clip.norm !== undefined) checkMax("fit: clip.norm", clip.norm);
  if (clip.value !== undefined) checkMax("fit: clip.value", clip.value);
  if (!needsEvaluate || (clip.norm === undefined && clip.value === undefined)) return;
  throw new TypeError(
    "fit: clip is for first-order methods such as Adam: an optimiser as L-BFGS computes the gradient anew at each " +
      "point that it tries. Leave clip out.",
  );
}

export function clipGradient(gradient: Float64Array, { norm, value }: Clip): void {
  if (value !== undefined) clipValue(gradient, value);
  if (norm !== undefined) clipNorm(gradient, norm);
}
