/*!
 * The algorithms are those of fdlibm (s_tanh.c, e_sinh.c, e_cosh.c, e_atanh.c):
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */
import {
  abs,
  add,
  atMost,
  div,
  greaterEqual,
  less,
  lessEqual,
  mul,
  neg,
  select,
  sub,
  withSignOf,
} from "./arithmetic.ts";
import { exp, expm1, expm1ForTanh, expm1NearZero, HALF_LN2 } from "./exponential.ts";
import { log1p } from "./logarithm.ts";
import type { Real } from "./term.ts";

/** `1 − 2/(t + 2)`, t = e²ˣ − 1, for x ≥ 1; `−t/(t + 2)`, t = e⁻²ˣ − 1, for 0 ≤ x < 1. From 19.25 on it is 1. */
export function tanh(x: Real): Real {
  const size = atMost(abs(x), 19.25);
  const isFrom1 = greaterEqual(size, 1);
  const t = expm1ForTanh(size, isFrom1);
  const y = sub(select(isFrom1, 1, 0), div(select(isFrom1, 2, t), add(t, 2)));
  return select(less(size, 2 ** -28), x, withSignOf(y, x));
}

/** Beyond, eˣ is ∞. */
const MOST = 709.7822265625;
/** Beyond, eˣ/2 is ∞. */
const MOST_TWICE = 710.4758600739439;

/** `(t + t/(t + 1))/2`, t = eˣ − 1, for 0 ≤ x < 22, where 1 is lost beside eˣ. */
export function sinh(x: Real): Real {
  const size = abs(x);
  const isBelow1 = less(size, 1);
  const t = expm1(atMost(size, 22));
  const divided = div(select(isBelow1, neg(mul(t, t)), t), add(t, 1));
  const sum = add(select(isBelow1, add(t, t), t), divided);
  const factor = withSignOf(0.5, x);
  const y = select(less(size, 22), mul(factor, sum), exponential(size, factor).half);
  return select(less(size, 2 ** -28), x, select(lessEqual(size, MOST_TWICE), y, mul(x, 1e307)));
}

/** `(eˣ + 1/eˣ)/2` for 0 ≤ x < 22, near 0 `1 + t²/(2 t + 2)`, t = eˣ − 1. */
export function cosh(x: Real): Real {
  const size = abs(x);
  const t = expm1NearZero(size);
  const w = add(1, t);
  const near = add(1, div(mul(t, t), add(w, w)));
  const { growth, half } = exponential(size, 0.5);
  const y = select(less(size, 22), add(mul(0.5, growth), div(0.5, growth)), half);
  return select(less(size, HALF_LN2), near, select(lessEqual(size, MOST_TWICE), y, mul(size, 1e307)));
}

/** `eˣ`, where it would be ∞ its root, and `factor eˣ`. */
function exponential(x: Real, factor: Real | number): { growth: Real; half: Real } {
  const isMost = greaterEqual(x, MOST);
  const growth = exp(select(isMost, mul(0.5, x), x));
  const product = mul(factor, growth);
  return { growth, half: select(isMost, mul(product, growth), product) };
}

/** `½ ln(1 + 2x/(1 − x))`, for 0 ≤ x < ½ `½ ln(1 + (2x + 2x x/(1 − x)))`. */
export function atanh(x: Real): Real {
  const size = abs(x);
  const twice = add(size, size);
  const isBelowHalf = less(size, 0.5);
  const divided = div(select(isBelowHalf, mul(twice, size), twice), sub(1, size));
  const y = mul(0.5, log1p(select(isBelowHalf, add(twice, divided), divided)));
  return select(less(size, 2 ** -28), x, withSignOf(y, x));
}
