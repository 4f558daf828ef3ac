/*!
 * The algorithms and coefficients are those of fdlibm (e_log.c, s_log1p.c, e_log2.c, e_log10.c):
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */
import {
  abs,
  add,
  addBits,
  andBits,
  bitsOf,
  both,
  div,
  either,
  equal,
  except,
  greater,
  greaterEqual,
  less,
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
} from "./arithmetic.ts";
import { LN2_HIGH, LN2_LOW } from "./ln2.ts";
import type { Mask, Real } from "./term.ts";

/** ln(1 + f) = f − f²/2 + s (f²/2 + R), R ≈ L₁ s² + L₂ s⁴ + …, s = f/(2 + f) */
const L = [
  0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
  0.15313837699209373, 0.14798198605116586,
] as const;

/** `ln x`. */
export function log(x: Real): Real {
  const { normal, shift } = normalOf(x);
  const { k, f } = splitOff(normal, SQRT2_LOG);
  return onDomain(x, combined(sub(k, shift), f), greater(x, 0), equal(x, 0));
}

const INVERSE_LN2_HIGH = 1.4426950407214463;
const INVERSE_LN2_LOW = 1.6751713164886512e-10;

/** `log₂ x = k + (f − f²/2 + r)/ln 2`, the products and sums in two parts. */
export function log2(x: Real): Real {
  const { normal, shift } = normalOf(x);
  const parts = splitOff(normal, SQRT2_LOG);
  const { f } = parts;
  const k = sub(parts.k, shift);
  const { s, R, halfSquare } = series(f);
  const difference = sub(f, halfSquare);
  const high = realOf(shiftLeft(shiftRight(bitsOf(difference), 32), 32));
  const low = add(sub(sub(f, high), halfSquare), mul(s, add(halfSquare, R)));
  const product = mul(high, INVERSE_LN2_HIGH);
  const rest = add(mul(add(low, high), INVERSE_LN2_LOW), mul(low, INVERSE_LN2_HIGH));
  const sum = add(k, product);
  const y = add(add(rest, add(sub(k, sum), product)), sum);
  return onDomain(x, y, greater(x, 0), equal(x, 0));
}

const LOG10_2_HIGH = 0.30102999566361177;
const LOG10_2_LOW = 3.694239077158931e-13;

/** `log₁₀ x = n log₁₀ 2 + ln(x/2ⁿ)/ln 10`, n = k for k ≥ 0, else k + 1. */
export function log10(x: Real): Real {
  const { normal, shift } = normalOf(x);
  const { k: exponent, f: fraction } = splitOff(normal, 0);
  const k = sub(exponent, shift);
  const isBelow1 = less(k, 0);
  const n = select(isBelow1, add(k, 1), k);
  const rest = mul(add(fraction, 1), select(isBelow1, 0.5, 1));
  const inner = splitOff(rest, SQRT2_LOG);
  const y = add(mul(n, LOG10_2_LOW), mul(Math.LOG10E, combined(inner.k, inner.f)));
  return onDomain(x, add(y, mul(n, LOG10_2_HIGH)), greater(x, 0), equal(x, 0));
}

/** What carries from about √2 on: see {@link splitOff}. */
const SQRT2_LOG = 0x00095f64;
const SQRT2_LOG1P = 0x00095f62;

/** x 2ˢ that is not subnormal, for x > 0. */
function normalOf(x: Real): { normal: Real; shift: Real } {
  const isSubnormal = less(x, 2 ** -1022);
  return { normal: select(isSubnormal, mul(x, 2 ** 54), x), shift: select(isSubnormal, 54, 0) };
}

/** s, R and f²/2. */
function series(f: Real): { s: Real; R: Real; halfSquare: Real } {
  const s = div(f, add(2, f));
  const z = mul(s, s);
  const w = mul(z, z);
  const even = mul(w, polynomial(w, [L[1], L[3], L[5]]));
  const R = add(mul(z, polynomial(w, [L[0], L[2], L[4], L[6]])), even);
  return { s, R, halfSquare: mul(mul(0.5, f), f) };
}

/** `k ln 2 + ln(1 + f)`, √½ < 1 + f < √2. */
function combined(k: Real, f: Real): Real {
  const { s, R, halfSquare } = series(f);
  const low = mul(k, LN2_LOW);
  const isMiddle = either(greaterEqual(f, MIDDLE_FROM), less(f, MIDDLE_TO));
  const tail = mul(s, select(isMiddle, add(halfSquare, R), sub(f, R)));
  const isNear = both(greaterEqual(f, -(2 ** -20)), less(f, 2 ** -20));
  const near = mul(mul(f, f), sub(0.5, mul(0.3333333333333333, f)));
  const rest = select(isMiddle, sub(halfSquare, add(tail, low)), sub(select(isNear, near, tail), low));
  return sub(mul(k, LN2_HIGH), sub(rest, f));
}

/** Where fdlibm takes f²/2 by itself: 1 + f from one, or below the other. */
const MIDDLE_FROM = ofHighWord(0x3ff6147a) - 1;
const MIDDLE_TO = ofHighWord(0x3fe6b852) - 1;

/** `ln(1 + x) = k ln 2 + ln(1 + f) + c`, where f = x if that is small, else of 1 + x, which was rounded by about c. */
export function log1p(x: Real): Real {
  const isSmall = both(greater(x, -ofHighWord(0x3fd2bec5)), less(x, ofHighWord(0x3fda827a)));
  const isHuge = greaterEqual(x, 2 ** 53);
  const u = select(isHuge, x, add(1, x));
  const reduced = splitOff(u, SQRT2_LOG1P);
  const k = select(isSmall, 0, reduced.k);
  const f = select(isSmall, x, reduced.f);
  const isPlain = equal(k, 0);
  const lost = select(greaterEqual(u, 2), sub(1, sub(u, x)), sub(x, sub(u, 1)));
  const c = select(either(isPlain, isHuge), 0, div(lost, u));
  const low = add(mul(k, LN2_LOW), c);
  const s = div(f, add(2, f));
  const z = mul(s, s);
  const R = mul(z, polynomial(z, L));
  const halfSquare = mul(mul(0.5, f), f);
  const isNear = except(both(greaterEqual(f, -3 * 2 ** -21), less(f, 2 ** -20)), isPlain);
  const near = sub(mul(halfSquare, sub(1, mul(0.6666666666666666, f))), low);
  const rest = select(isNear, near, sub(halfSquare, add(mul(s, add(halfSquare, R)), low)));
  const y = sub(mul(k, LN2_HIGH), sub(rest, f));
  const result = select(less(abs(x), 2 ** -29), sub(x, mul(mul(x, x), 0.5)), y);
  return onDomain(x, result, greater(x, -1), equal(x, -1));
}

/** x = 2ᵏ (1 + f), for normal x > 0; 1 + f < √2 where this high word added to that of x carries into the exponent. */
function splitOff(x: Real, toCarry: number): { k: Real; f: Real } {
  const bits = bitsOf(x);
  const carried = addBits(bits, ofHighWord(toCarry));
  const exponent = realOf(orBits(shiftRight(carried, 52), 2 ** 52));
  const power = subBits(andBits(carried, Number.POSITIVE_INFINITY), 1);
  return { k: sub(exponent, 2 ** 52 + 1023), f: sub(realOf(subBits(bits, power)), 1) };
}

/** y where x is in the domain, at its end −∞, at ∞ and NaN x, elsewhere NaN. */
function onDomain(x: Real, y: Real, isInside: Mask, isEnd: Mask): Real {
  const outside = select(isEnd, Number.NEGATIVE_INFINITY, Number.NaN);
  return select(less(x, Number.POSITIVE_INFINITY), select(isInside, y, outside), x);
}
