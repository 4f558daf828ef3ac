/*!
 * The algorithms are those of fdlibm (s_tanh.c):
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */
import { abs, add, atMost, div, greaterEqual, less, neg, select, withSignOf } from "./arithmetic.ts";
import { expm1ForTanh } from "./exponential.ts";
import type { Real } from "./term.ts";

/** `1 − 2/(t + 2)`, t = e²ˣ − 1, for x ≥ 1; `−t/(t + 2)`, t = e⁻²ˣ − 1, for 0 ≤ x < 1. From 19.25 on it is 1. */
export function tanh(x: Real): Real {
  const size = atMost(abs(x), 19.25);
  const isFrom1 = greaterEqual(size, 1);
  const t = expm1ForTanh(size, isFrom1);
  const y = add(select(isFrom1, 1, 0), div(select(isFrom1, -2, neg(t)), add(t, 2)));
  return select(less(size, 2 ** -28), x, withSignOf(y, x));
}
