import { sphericalBessel as numericBessel } from "../numeric/bessel.ts";
import { gaussianDecay, normalTail, erf as numericErf, erfc as numericErfc } from "../numeric/erf.ts";
import { type Binary, defineOp, type Unary } from "../op.ts";
import type { Scalar } from "../value.ts";
import { add, div, mul, neg, scale, sub } from "./arithmetic.ts";
import { select } from "./select.ts";
import { equal } from "./selection.ts";
import { sin } from "./trigonometric.ts";

const TWO_OVER_SQRT_PI = 1.1283791670955126;
const ONE_OVER_SQRT_2PI = 0.3989422804014327;

/** The error function, `2/√π ∫₀ᵃ e^(−t²) dt`. d/da = 2/√π e^(−a²). @example erf(0) // 0 */
export const erf: Unary = defineOp({
  name: "erf",
  value: numericErf,
  partials: [(a) => mul(TWO_OVER_SQRT_PI, gaussian(a, 1))],
});

/** `1 − erf a`, accurate in its tail. d/da = −2/√π e^(−a²). @example erfc(0) // 1 */
export const erfc: Unary = defineOp({
  name: "erfc",
  value: numericErfc,
  partials: [(a) => mul(-TWO_OVER_SQRT_PI, gaussian(a, 1))],
});

/** `e^(−k a²)`, accurate where a² would round; k is a constant. d/da = −2 k a e^(−k a²). @example gaussian(0, 1) // 1 */
export const gaussian: Binary = defineOp({
  name: "gaussian",
  value: gaussianDecay,
  partials: [(a, k, y) => mul(mul(-2, k), mul(a, y)), null],
  domain: [
    [-2, 2],
    [0.5, 0.5],
  ],
});

/** The standard normal distribution function, `½ erfc(−a/√2)`. d/da = e^(−a²/2)/√(2π). @example normalCdf(0) // 0.5 */
export const normalCdf: Unary = defineOp({
  name: "normalCdf",
  symbol: "Φ",
  value: (a) => normalTail(-a),
  partials: [(a) => normalDensity(a)],
});

/** The standard normal density, `e^(−a²/2)/√(2π)`. @example normalDensity(0) // 0.3989422804014327 */
export function normalDensity(a: Scalar): Scalar {
  return mul(ONE_OVER_SQRT_2PI, gaussian(a, 0.5));
}

/** `sin a / a`, 1 at 0. d/da = −j₁(a), the spherical Bessel function. @example sinc(0) // 1 */
export const sinc: Unary = defineOp({
  name: "sinc",
  value: (a) => (a === 0 ? 1 : Math.sin(a) / a),
  lowered: (a) => select(equal(a, 0), 1, div(sin(a), a)),
  partials: [(a) => neg(sphericalBessel(1, a))],
});

/**
 * The spherical Bessel function jₙ(a) of constant order n ≥ 1. d/da = (n jₙ₋₁ − (n + 1) jₙ₊₁)/(2n + 1), which divides
 * by no small a.
 *
 * @example sphericalBessel(1, 0) // 0
 * @see Abramowitz & Stegun (1964), 10.1.20
 */
export const sphericalBessel: Binary = defineOp({
  name: "sphericalBessel",
  symbol: "j",
  value: numericBessel,
  partials: [
    null,
    (n, a) =>
      div(
        sub(scale(n, sphericalBessel(sub(n, 1), a)), mul(add(n, 1), sphericalBessel(add(n, 1), a))),
        add(mul(2, n), 1),
      ),
  ],
  domain: [
    [1, 1],
    [-3, 3],
  ],
});
