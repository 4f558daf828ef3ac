import { type Binary, defineOp, type Unary } from "../op.ts";
import { result } from "../partialSources.ts";
import type { Scalar } from "../value.ts";
import { add, div, mul, neg, reciprocal, scale, square, sub } from "./arithmetic.ts";
import { equal, greaterEqual, less, where } from "./selection.ts";

/** `√a`, NaN for a < 0. d/da = 1/(2√a), ∞ at 0. @example sqrt(9) // 3 */
export const sqrt: Unary = defineOp({
  name: "sqrt",
  symbol: "√",
  value: Math.sqrt,
  instruction: "sqrt",
  partials: [(_, y) => div(0.5, add(y, 0))], // + 0 turns −0 into 0: the slope at ±0 is +∞
  domain: [[0.1, 4]],
});

/** `∛a`. d/da = 1/(3 (∛a)²), ∞ at 0. @example cbrt(27) // 3 */
export const cbrt: Unary = defineOp({
  name: "cbrt",
  symbol: "∛",
  value: Math.cbrt,
  partials: [(_, y) => reciprocal(mul(3, square(y)))],
  domain: [[0.1, 4]],
});

/** `eᵃ`. d/da = eᵃ. @example exp(0) // 1 */
export const exp: Unary = defineOp({ name: "exp", value: Math.exp, partials: [result] });

/** `eᵃ − 1`, accurate near 0. d/da = eᵃ. @example expm1(0) // 0 */
export const expm1: Unary = defineOp({ name: "expm1", value: Math.expm1, partials: [(a) => exp(a)] });

/** `ln a`, −∞ at 0 and NaN below. d/da = 1/a, ∞ at 0, NaN below. @example log(1) // 0 */
export const log: Unary = defineOp({
  name: "log",
  value: Math.log,
  partials: [(a) => onLogDomain(a, reciprocal(add(a, 0)))],
  domain: [[0.1, 4]],
});

/** `ln(1 + a)`, accurate near 0; NaN for a < −1. d/da = 1/(1 + a). @example log1p(0) // 0 */
export const log1p: Unary = defineOp({
  name: "log1p",
  value: Math.log1p,
  partials: [(a) => onLogDomain(add(1, a), reciprocal(add(1, a)))],
  domain: [[-0.8, 4]],
});

/** `log₂ a`. d/da = 1/(a ln 2). @example log2(8) // 3 */
export const log2: Unary = defineOp({
  name: "log2",
  value: Math.log2,
  partials: [(a) => onLogDomain(a, div(Math.LOG2E, add(a, 0)))],
  domain: [[0.1, 4]],
});

/** `log₁₀ a`. d/da = 1/(a ln 10). @example log10(100) // 2 */
export const log10: Unary = defineOp({
  name: "log10",
  value: Math.log10,
  partials: [(a) => onLogDomain(a, div(Math.LOG10E, add(a, 0)))],
  domain: [[0.1, 4]],
});

/** The slope of a logarithm, NaN where the logarithm itself is NaN. */
function onLogDomain(argument: Scalar, slope: Scalar): Scalar {
  return where(less(argument, 0), Number.NaN, slope);
}

/**
 * `aᵇ`, as `Math.pow`. ∂a = b·aᵇ⁻¹, and 0 where b = 0. ∂b = aᵇ ln a, 0 at a = 0 with b ≥ 0, NaN for a < 0.
 *
 * @example pow(2, 10) // 1024
 */
export const pow: Binary = defineOp({
  name: "pow",
  value: Math.pow,
  partials: [
    (a, b) => scale(b, pow(a, sub(b, 1))),
    (a, b, y) => where(equal(a, 0), where(greaterEqual(b, 0), 0, neg(y)), mul(y, log(a))),
  ],
  domain: [
    [0.3, 3],
    [-3, 3],
  ],
});
