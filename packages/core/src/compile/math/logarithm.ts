/*!
 * The algorithms and coefficients are those of fdlibm (e_log.c, s_log1p.c):
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
  shiftRight,
  sub,
  subBits,
} from "./arithmetic.ts";
import type { Mask, Real } from "./term.ts";

/** ln 2 in two parts: multiples of the first, by integers of 11 bits, are exact. */
const LN2_HIGH = 6.93147180369123816490e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** ln(1 + f) = f − f²/2 + s (f²/2 + R), R ≈ L₁ s² + L₂ s⁴ + …, s = f/(2 + f) */
const L = [
  6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
  1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
] as const;

/** `ln x = k ln 2 + ln(1 + f)`, √½ < 1 + f < √2. */
export function log(x: Real): Real {
  const isSubnormal = less(x, 2 ** -1022);
  const scaled = splitOff(select(isSubnormal, mul(x, 2 ** 54), x), 0x00095f64);
  const k = sub(scaled.k, select(isSubnormal, 54, 0));
  const { f } = scaled;
  const s = div(f, add(2, f));
  const z = mul(s, s);
  const w = mul(z, z);
  const even = mul(w, polynomial(w, [L[1], L[3], L[5]]));
  const R = add(mul(z, polynomial(w, [L[0], L[2], L[4], L[6]])), even);
  const halfSquare = mul(mul(0.5, f), f);
  const low = mul(k, LN2_LOW);
  const isMiddle = either(greaterEqual(f, MIDDLE_FROM), less(f, MIDDLE_TO));
  const tail = mul(s, select(isMiddle, add(halfSquare, R), sub(f, R)));
  const isNear = both(greaterEqual(f, -(2 ** -20)), less(f, 2 ** -20));
  const near = mul(mul(f, f), sub(0.5, mul(0.33333333333333333, f)));
  const rest = select(isMiddle, sub(halfSquare, add(tail, low)), sub(select(isNear, near, tail), low));
  const y = sub(mul(k, LN2_HIGH), sub(rest, f));
  return onDomain(x, y, greater(x, 0), equal(x, 0));
}

/** Where fdlibm takes f²/2 by itself: 1 + f from one, or below the other. */
const MIDDLE_FROM = ofHighWord(0x3ff6147a) - 1;
const MIDDLE_TO = ofHighWord(0x3fe6b852) - 1;

/** `ln(1 + x) = k ln 2 + ln(1 + f) + c`, where f = x if that is small, else of 1 + x, which was rounded by about c. */
export function log1p(x: Real): Real {
  const isSmall = both(greater(x, -ofHighWord(0x3fd2bec5)), less(x, ofHighWord(0x3fda827a)));
  const isHuge = greaterEqual(x, 2 ** 53);
  const u = select(isHuge, x, add(1, x));
  const reduced = splitOff(u, 0x00095f62);
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
  const near = sub(mul(halfSquare, sub(1, mul(0.66666666666666666, f))), low);
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
