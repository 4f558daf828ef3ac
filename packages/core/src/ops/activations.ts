import { normalTail } from "../numeric/erf.ts";
import { type Binary, defineOp, type Unary } from "../op.ts";
import type { Scalar } from "../value.ts";
import { add, div, mul, neg, reciprocal, scale, square, sub } from "./arithmetic.ts";
import { atanh, sech, tanh } from "./hyperbolic.ts";
import { abs, atLeast, clamp, relu } from "./piecewise.ts";
import { exp, expm1, log, log1p } from "./powers.ts";
import { select } from "./select.ts";
import { equal, greater, greaterEqual, less, step, where } from "./selection.ts";
import { normalCdf, normalDensity } from "./special.ts";

function logistic(a: number): number {
  if (a >= 0) return 1 / (1 + Math.exp(-a));
  const growth = Math.exp(a);
  return growth / (1 + growth);
}

function softplusOf(a: number): number {
  return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
}

/** `e^(−|a|)`: one exponential for the value and the derivative of all that is made of `logistic` and `softplusOf`. */
function decayOf(a: Scalar): Scalar {
  return exp(neg(abs(a)));
}

/**
 * The logistic function, `1/(1 + e⁻ᵃ)`. d/da = σ(a) σ(−a) = ¼ sech²(a/2), which keeps the digits σ(1 − σ) loses.
 *
 * @example sigmoid(0) // 0.5
 */
export const sigmoid: Unary = defineOp({
  name: "sigmoid",
  symbol: "σ",
  value: logistic,
  lowered: (a) => {
    const decay = decayOf(a);
    return div(select(greaterEqual(a, 0), 1, decay), add(1, decay));
  },
  partials: [(a) => mul(0.25, square(sech(mul(0.5, a))))],
});

/** `ln σ(a)`, for all a. d/da = σ(−a). @example logSigmoid(0) // -0.6931471805599453 */
export const logSigmoid: Unary = defineOp({
  name: "logSigmoid",
  symbol: "log σ",
  value: (a) => -softplusOf(-a),
  lowered: (a) => neg(add(relu(neg(a)), log1p(decayOf(a)))),
  partials: [(a) => sigmoid(neg(a))],
});

/** `ln(1 + eᵃ)`, for all a. d/da = σ(a). @example softplus(0) // 0.6931471805599453 */
export const softplus: Unary = defineOp({
  name: "softplus",
  value: softplusOf,
  lowered: (a) => add(relu(a), log1p(decayOf(a))),
  partials: [(a) => sigmoid(a)],
});

/** `a` for a > 0, else `α(eᵃ − 1)`. At 0 the slope is the number nearest 0 between α and 1. @example elu(2, 1) // 2 */
export const elu: Binary = defineOp({
  name: "elu",
  value: (a, alpha) => (a > 0 ? a : alpha * Math.expm1(a)),
  lowered: (a, alpha) => select(greater(a, 0), a, mul(alpha, expm1(a))),
  partials: [
    (a, alpha) => where(step(a), 1, where(equal(a, 0), clamp(alpha, 0, 1), mul(alpha, exp(a)))),
    (a) => where(step(a), 0, expm1(a)),
  ],
  domain: [
    [-3, -0.2],
    [0.5, 2],
  ],
});

/** `a Φ(a)`, Φ the normal distribution function (the exact form). d/da = Φ(a) + a φ(a). @example gelu(0) // 0 */
export const gelu: Unary = defineOp({
  name: "gelu",
  value: (a) => vanishing(normalTail(-a), a),
  lowered: (a) => scale(normalCdf(a), a),
  partials: [(a) => add(normalCdf(a), scale(normalDensity(a), a))],
});

const SQRT_2_OVER_PI = 0.7978845608028654;

/** GELU's approximation by tanh, `½a(1 + tanh u) = a σ(2u)`, u = √(2/π)(a + 0.044715 a³). @example geluTanh(0) // 0 */
export const geluTanh: Unary = defineOp({
  name: "geluTanh",
  value: (a) => vanishing(logistic(2 * (SQRT_2_OVER_PI * a * (1 + 0.044715 * (a * a)))), a),
  lowered: (a) => scale(sigmoid(mul(2, geluArgument(a, mul(0.044715, square(a))))), a),
  partials: [
    (a) => {
      const cubic = mul(0.044715, square(a));
      const u = geluArgument(a, cubic);
      const slopeOfU = mul(SQRT_2_OVER_PI, add(1, mul(3, cubic)));
      return add(sigmoid(mul(2, u)), scale(mul(0.5, square(sech(u))), mul(a, slopeOfU)));
    },
  ],
});

/** u of {@link geluTanh}, given 0.044715 a². */
function geluArgument(a: Scalar, cubic: Scalar): Scalar {
  return mul(mul(SQRT_2_OVER_PI, a), add(1, cubic));
}

/** `a σ(a)`, also called swish. d/da = σ(a)(1 + a σ(−a)). @example silu(0) // 0 */
export const silu: Unary = defineOp({
  name: "silu",
  value: (a) => vanishing(logistic(a), a),
  lowered: (a) => scale(sigmoid(a), a),
  partials: [(a) => scale(sigmoid(a), add(1, scale(sigmoid(neg(a)), a)))],
});

/** `a tanh(softplus a)`. d/da = tanh s + a sech² s σ(a), s = softplus a. @example mish(0) // 0 */
export const mish: Unary = defineOp({
  name: "mish",
  value: (a) => vanishing(Math.tanh(softplusOf(a)), a),
  lowered: (a) => scale(tanh(softplus(a)), a),
  partials: [
    (a) => {
      const s = softplus(a);
      return add(tanh(s), scale(mul(square(sech(s)), sigmoid(a)), a));
    },
  ],
});

/** gate × a where the gate closes faster than a grows: 0 at −∞. */
function vanishing(gate: number, a: number): number {
  return gate === 0 ? 0 : gate * a;
}

/** `ln(p/(1 − p))`, the inverse of sigmoid; NaN outside [0, 1]. d/dp = 1/(p(1 − p)). @example logit(0.5) // 0 */
export const logit: Unary = defineOp({
  name: "logit",
  value: (p) => (Math.abs(p - 0.5) < 0.25 ? 2 * Math.atanh(2 * p - 1) : Math.log(p / (1 - p))),
  lowered: (p) => {
    const isNearHalf = less(abs(sub(p, 0.5)), 0.25);
    return select(isNearHalf, mul(2, atanh(sub(mul(2, p), 1))), log(div(p, sub(1, p))));
  },
  partials: [(p) => onUnitInterval(p, reciprocal(mul(p, sub(1, p))))],
  domain: [[0.1, 0.9]],
});

function onUnitInterval(p: Scalar, slope: Scalar): Scalar {
  return where(less(mul(p, sub(1, p)), 0), Number.NaN, slope);
}

/** `ln(eᵃ + eᵇ)`, for all a and b. Partials σ(a − b) and σ(b − a). @example logaddexp(0, 0) // 0.6931471805599453 */
export const logaddexp: Binary = defineOp({
  name: "logaddexp",
  value: (a, b) => (a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))),
  lowered: (a, b) => select(equal(a, b), add(a, Math.LN2), add(atLeast(a, b), log1p(decayOf(sub(a, b))))),
  partials: [(a, b) => sigmoid(sub(a, b)), (a, b) => sigmoid(sub(b, a))],
});
