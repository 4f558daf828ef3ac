import { defineOp, type Nary } from "../op.ts";
import type { Scalar } from "../value.ts";
import { div, mul, neg, square } from "./arithmetic.ts";
import { abs, atLeast } from "./piecewise.ts";
import { sqrt } from "./powers.ts";
import { sum, total } from "./reductions.ts";
import { select } from "./select.ts";
import { equal, where } from "./selection.ts";

/**
 * The Euclidean length `√(x₁² + … + xₙ²)` as one node, without overflow on the way. Partials xᵢ/length; 0 at the
 * origin, the minimum-norm element of the subdifferential.
 *
 * @throws RangeError if there are none
 * @example norm([3, 4]) // 5
 */
export const norm: Nary = defineOp({
  name: "norm",
  symbol: "‖·‖",
  nonEmpty: true,
  value: euclideanLength,
  lowered: (xs) => {
    const largest = xs.map((x) => abs(x)).reduce(atLeast);
    const length = mul(largest, sqrt(sum(xs.map((x) => square(div(x, largest))))));
    return select(equal(largest, 0), 0, select(equal(largest, Number.POSITIVE_INFINITY), largest, length));
  },
  partials: (xs) => unitVector(xs),
});

/** x/‖x‖, 0 at the origin: one node per entry. */
function unitVector(xs: readonly Scalar[]): Scalar[] {
  if (!xs.every((x) => typeof x === "number")) return xs.map((_, i) => unitEntry([i, ...xs]));
  const length = euclideanLength(xs);
  return xs.map((x) => (x === 0 ? 0 : x / length));
}

/** Operands k, x₁ … xₙ: the k-th entry of x/‖x‖, 0 at the origin. */
export const unitEntry: Nary = defineOp({
  name: "unitEntry",
  symbol: "·/‖·‖",
  value: ([k, ...xs]) => {
    const entry = xs[k!]!;
    return entry === 0 ? 0 : entry / euclideanLength(xs);
  },
  lowered: ([k, ...xs]) => {
    const entry = xs[Number(k)]!;
    return select(equal(entry, 0), 0, div(entry, norm(xs)));
  },
  partials: ([k, ...xs]) => {
    const entries = unitVector(xs);
    const length = norm(xs);
    return [
      null,
      ...entryPartials(Number(k), entries).map((slope) => where(equal(length, 0), 0, div(slope, length))),
    ];

    /** ∂uₖ/∂xᵢ · ‖x‖ = −uₖuᵢ, and Σ uᵢ² over i ≠ k for i = k, which cancels nothing */
    function entryPartials(k: number, u: readonly Scalar[]): Scalar[] {
      return u.map((ui, i) =>
        i === k ? sum(u.filter((_, j) => j !== k).map((uj) => square(uj))) : neg(mul(u[k]!, ui)),
      );
    }
  },
});

function euclideanLength(xs: readonly number[]): number {
  const largest = xs.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  return largest * Math.sqrt(total(xs.map((x) => square(x / largest))));
}
