/*!
 * The algorithms and coefficients are those of fdlibm (e_exp.c, s_expm1.c):
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */
import {
  abs,
  add,
  atLeast,
  atMost,
  bitsOf,
  both,
  div,
  either,
  equal,
  greaterEqual,
  less,
  lessEqual,
  mul,
  ofHighWord,
  orBits,
  polynomial,
  realOf,
  select,
  shiftLeft,
  shiftRight,
  sub,
  subBits,
  trunc,
  withSignOf,
} from "./arithmetic.ts";
import { LN2_HIGH, LN2_LOW } from "./ln2.ts";
import type { Mask, Real } from "./term.ts";

/** About ½ ln 2: below, k = 0. */
export const HALF_LN2: number = ofHighWord(0x3fd62e43);

/** r (eʳ + 1)/(eʳ − 1) ≈ 2 + r² P(r²) */
const P = [
  0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6,
  4.1381367970572385e-8,
];

/** `eˣ = 2ᵏ (1 + r + r c/(2 − c))`, x = k ln 2 + r, c = r − r² P(r²). */
export function exp(x: Real): Real {
  const inRange = atLeast(atMost(x, 710), -746);
  const { k, high, low } = reduce(inRange, withSignOf(0.5, inRange));
  const r = sub(high, low);
  const square = mul(r, r);
  const c = sub(r, mul(square, polynomial(square, P)));
  const curvature = select(greaterEqual(abs(x), 2 ** -28), div(mul(r, c), sub(2, c)), 0);
  const y = sub(1, sub(sub(low, curvature), high));
  // The formula would be wrong in the last bit at 1.
  return select(equal(x, 1), Math.E, scaled(y, k));
}

/** (eʳ − 1 − r …) ≈ 1 + Q₁ r²/2 + … */
const Q = [
  1, -0.03333333333333313, 0.0015873015872548146, -7.93650757867488e-5, 4.008217827329362e-6,
  -2.0109921818362437e-7,
];
/** What V8 has for 2¹⁰²³ in expm1. */
const TWO_1023 = 8.98846567431158e307;

/** `eˣ − 1 = 2ᵏ (1 + r − e) − 1`, put together for each k so that no digits are lost. */
export function expm1(x: Real): Real {
  // Beyond, it is −1 or ∞.
  const inRange = atLeast(atMost(x, 710), -60);
  const { k, r, e } = expm1Parts(inRange, withSignOf(0.5, inRange));
  const isAbove1 = greaterEqual(k, 2);
  const isUpTo56 = lessEqual(k, 56);
  const isBelowMinus1 = lessEqual(k, -2);
  const isHalved = both(equal(k, 1), less(r, -0.25));
  const inverse = powerOfTwo(sub(0, k));
  const one = sub(
    select(either(isAbove1, isBelowMinus1), 1, 0),
    select(both(isAbove1, isUpTo56), inverse, 0),
  );
  const y = mantissa(r, e, one, inverse, both(greaterEqual(k, 20), isUpTo56));
  const scaled = select(isHalved, sub(add(r, 0.5), e), y);
  const half = select(equal(k, 1024), TWO_1023, powerOfTwo(sub(k, 1)));
  const rest = select(isBelowMinus1, -1, sub(powerOfTwo(k), 1));
  const product = mul(add(scaled, scaled), half);
  return withSignOf(add(product, select(either(isAbove1, isHalved), 0, rest)), x);
}

/** `eˣ − 1` where |x| < ½ ln 2. */
export function expm1NearZero(x: Real): Real {
  const half = mul(0.5, x);
  const halfSquare = mul(x, half);
  return sub(x, sub(mul(x, quotient(x, half, halfSquare)), halfSquare));
}

/** `e²ˣ − 1` where x ≥ 1, `e⁻²ˣ − 1` below, for x in [0, 19.25]: k is in [−3, 0] or [3, 56]. */
export function expm1ForTanh(x: Real, isFrom1: Mask): Real {
  // A bit set is there sooner than a product by ±1, on which all else waits.
  const sign = bitsOf(select(isFrom1, 0, -0));
  const twice = realOf(orBits(bitsOf(add(x, x)), sign));
  const { k, r, e } = expm1Parts(twice, realOf(orBits(0.5, sign)));
  const power = powerOfTwo(k);
  const inverse = realOf(subBits(2 ** 1023, bitsOf(power)));
  const one = sub(select(either(isFrom1, lessEqual(k, -2)), 1, 0), select(isFrom1, inverse, 0));
  // 2ᵏ − 1 for k = 0 and −1; −1 below, 0 above.
  const rest = atLeast(atMost(mul(0.5, k), 0), -1);
  return add(mul(mantissa(r, e, one, inverse, greaterEqual(k, 20)), power), rest);
}

/** x = k ln 2 + r, and e with eʳ = 1 + r − e; `half` is ½ with the sign of x */
function expm1Parts(x: Real, half: Real): { k: Real; r: Real; e: Real } {
  const { k, high, low } = reduce(x, half);
  const r = sub(high, low);
  const c = sub(sub(high, r), low);
  const halved = mul(0.5, r);
  const halfSquare = mul(r, halved);
  const e = quotient(r, halved, halfSquare);
  return { k, r, e: sub(sub(mul(r, sub(e, c)), c), halfSquare) };
}

/** `r²/2 (R − t)/(6 − r t)`, t = 3 − R r/2, R = Q(r²/2) */
function quotient(r: Real, half: Real, halfSquare: Real): Real {
  const R = polynomial(halfSquare, Q);
  const t = sub(3, mul(R, half));
  return mul(halfSquare, div(sub(R, t), sub(6, mul(r, t))));
}

/** `one + r − e`, where k is from 20 to 56 `1 + r − e − 2⁻ᵏ`: the order matters to the last bit. */
function mantissa(r: Real, e: Real, one: Real, inverse: Real, isFrom20: Mask): Real {
  return select(isFrom20, add(sub(r, add(e, inverse)), 1), sub(one, sub(e, r)));
}

/** x = k ln 2 + high − low with an integer k, `|high − low| ≤ ½ ln 2`; `half` is ½ with the sign of x. */
function reduce(x: Real, half: Real): { k: Real; high: Real; low: Real } {
  const k = select(greaterEqual(abs(x), HALF_LN2), trunc(add(mul(Math.LOG2E, x), half)), 0);
  return { k, high: sub(x, mul(k, LN2_HIGH)), low: mul(k, LN2_LOW) };
}

/** 2ᵏ for integers k from −1022 on. */
function powerOfTwo(k: Real): Real {
  return realOf(shiftLeft(bitsOf(add(k, 2 ** 52 + 1023)), 52));
}

/** y 2ᵏ by two factors, so that only the second product rounds: 2ᵏ itself may be out of range. */
function scaled(y: Real, k: Real): Real {
  const bits = bitsOf(add(k, 2 ** 52 + 2046));
  const half = shiftRight(bits, 1);
  const [first, second] = [half, subBits(bits, half)].map((factor) => realOf(shiftLeft(factor, 52)));
  return mul(mul(y, first!), second!);
}
