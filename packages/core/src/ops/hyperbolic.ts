import { defineOp, type Unary } from "../op.ts";
import { add, div, mul, neg, reciprocal, square, sub } from "./arithmetic.ts";
import { abs, oneMinusSquare } from "./piecewise.ts";
import { exp, sqrt } from "./powers.ts";
import { hypot } from "./trigonometric.ts";

/** `(eᵃ − e⁻ᵃ)/2`. d/da = cosh a. @example sinh(0) // 0 */
export const sinh: Unary = defineOp({ name: "sinh", value: Math.sinh, partials: [(a) => cosh(a)] });

/** `(eᵃ + e⁻ᵃ)/2`. d/da = sinh a. @example cosh(0) // 1 */
export const cosh: Unary = defineOp({ name: "cosh", value: Math.cosh, partials: [(a) => sinh(a)] });

/** `sinh a / cosh a`. d/da = sech² a, which keeps the digits that 1 − tanh² a loses. @example tanh(0) // 0 */
export const tanh: Unary = defineOp({ name: "tanh", value: Math.tanh, partials: [(a) => square(sech(a))] });

/** `1 / cosh a`, without overflow on the way. d/da = −sech a tanh a. @example sech(0) // 1 */
export const sech: Unary = defineOp({
  name: "sech",
  value: (a) => {
    const decay = Math.exp(-Math.abs(a));
    return (2 * decay) / (1 + decay * decay);
  },
  lowered: (a) => {
    const decay = exp(neg(abs(a)));
    return div(mul(2, decay), add(1, square(decay)));
  },
  partials: [(a, y) => neg(mul(y, tanh(a)))],
});

/** The value whose sinh is a. d/da = 1/√(1 + a²). @example asinh(0) // 0 */
export const asinh: Unary = defineOp({
  name: "asinh",
  value: Math.asinh,
  partials: [(a) => reciprocal(hypot(1, a))],
});

/** The value ≥ 0 whose cosh is a; NaN for a < 1. d/da = 1/√(a² − 1), ∞ at 1. @example acosh(1) // 0 */
export const acosh: Unary = defineOp({
  name: "acosh",
  value: Math.acosh,
  partials: [(a) => reciprocal(mul(sqrt(sub(a, 1)), sqrt(add(a, 1))))],
  domain: [[1.3, 4]],
});

/** The value whose tanh is a; ±∞ at ±1, NaN beyond. d/da = 1/(1 − a²), ∞ at ±1, NaN beyond. @example atanh(0) // 0 */
export const atanh: Unary = defineOp({
  name: "atanh",
  value: Math.atanh,
  partials: [(a) => square(reciprocal(sqrt(oneMinusSquare(a))))],
  domain: [[-0.8, 0.8]],
});
