/*!
 * The rational approximations of erf and erfc use the coefficients of FreeBSD's msun (s_erf.c):
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

// erf(x) = x + x·P(x²)/Q(x²) for |x| < 0.84375
const NEAR_P = [
  0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442,
  -2.3763016656650163e-5,
];
const NEAR_Q = [
  1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164,
  -3.960228278775368e-6,
];
// erf(x) = MIDDLE + P(|x| − 1)/Q(|x| − 1) for 0.84375 ≤ |x| < 1.25
const MIDDLE = 0.8450629115104675;
const MIDDLE_P = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
  0.035478304325618236, -0.002166375594868791,
];
const MIDDLE_Q = [
  1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
  0.011984499846799107,
];
// erfc(x) = e^(−x² − 0.5625 + P(1/x²)/Q(1/x²))/x for x ≥ 1.25, in two ranges
const TAIL_P = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
  -184.60509290671104, -81.2874355063066, -9.814329344169145,
];
const TAIL_Q = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
  108.63500554177944, 6.570249770319282, -0.0604244152148581,
];
const FAR_P = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
  -1025.0951316110772, -483.5191916086514,
];
const FAR_Q = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
  474.52854120695537, -22.44095244658582,
];

/** The error function. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 0.84375) return x + x * near(x);
  if (size < 1.25) return Math.sign(x) * (MIDDLE + middle(size));
  return size < 6 ? Math.sign(x) * (1 - erfc(size)) : Math.sign(x);
}

/** The complementary error function, accurate in its tail. */
export function erfc(x: number): number {
  if (x < -1.25) return 2 - erfc(-x);
  if (x < 0.25) return 1 - erf(x);
  if (x < 0.84375) return 0.5 - (x - 0.5 + x * near(x));
  if (x < 1.25) return 1 - MIDDLE - middle(x);
  return Number.isNaN(x) ? x : gaussianDecay(x, 1) * scaledTail(x);
}

/** ½ erfc(x/√2), the normal probability above x. The decay is taken of x itself, not of a rounded x/√2. */
export function normalTail(x: number): number {
  const z = x * Math.SQRT1_2;
  return z < 1.25 ? 0.5 * erfc(z) : 0.5 * gaussianDecay(x, 0.5) * scaledTail(z);
}

/** e^(−k x²), with x² as an exact square plus a small rest, since exp magnifies the rounding of its argument. */
export function gaussianDecay(x: number, k: number): number {
  if (!(k * x * x < 800)) return Number.isNaN(x) ? x : 0;
  const head = Math.fround(x);
  return Math.exp(-k * head * head) * Math.exp(-k * (x - head) * (x + head));
}

function near(x: number): number {
  const square = x * x;
  return polynomial(square, NEAR_P) / polynomial(square, NEAR_Q);
}

function middle(size: number): number {
  return polynomial(size - 1, MIDDLE_P) / polynomial(size - 1, MIDDLE_Q);
}

/** e^(x²) erfc(x) for x ≥ 1.25. */
function scaledTail(x: number): number {
  const t = 1 / (x * x);
  const ratio =
    x < 1 / 0.35
      ? polynomial(t, TAIL_P) / polynomial(t, TAIL_Q)
      : polynomial(t, FAR_P) / polynomial(t, FAR_Q);
  return Math.exp(-0.5625 + ratio) / x;
}
