import { type Binary, defineOp, type Ternary, type Unary } from "../op.ts";
import { add, div, mul, neg, sub } from "./arithmetic.ts";
import { select } from "./select.ts";
import { equal, greater, greaterEqual, less, lessEqual, notEqual, step, where } from "./selection.ts";

/** The sign of a: −1, 0 or 1. d/da = 0. @example sign(-3) // -1 */
export const sign: Unary = defineOp({
  name: "sign",
  value: Math.sign,
  lowered: (a) => select(greater(a, 0), 1, select(less(a, 0), -1, a)),
  partials: [0],
  domain: [[0.2, 3]],
});

/** `|a|`. d/da = sign a, 0 at the kink. @example abs(-3) // 3 */
export const abs: Unary = defineOp({
  name: "abs",
  symbol: "|·|",
  value: Math.abs,
  instruction: "abs",
  partials: [(a) => sign(a)],
  domain: [[0.2, 3]],
});

/** The largest integer ≤ a. d/da = 0, jumps included. @example floor(1.5) // 1 */
export const floor: Unary = defineOp({
  name: "floor",
  value: Math.floor,
  instruction: "floor",
  partials: [0],
  domain: [[0.1, 0.9]],
});

/** The smallest integer ≥ a. d/da = 0, jumps included. @example ceil(1.5) // 2 */
export const ceil: Unary = defineOp({
  name: "ceil",
  value: Math.ceil,
  instruction: "ceil",
  partials: [0],
  domain: [[0.1, 0.9]],
});

/** The nearest integer, halves up, as `Math.round`. d/da = 0. @example round(2.5) // 3 */
export const round: Unary = defineOp({
  name: "round",
  value: Math.round,
  // a + ½ rounds, and loses the sign of −0; a − ⌊a⌋ is on the right side of ½ even where it rounds
  lowered: (a) => select(greaterEqual(sub(a, floor(a)), 0.5), ceil(a), floor(a)),
  partials: [0],
  domain: [[0.6, 1.4]],
});

/** The remainder with the sign of b: `a − b⌊a/b⌋`. Partials 1 and −⌊a/b⌋. @example mod(-1, 3) // 2 */
export const mod: Binary = defineOp({
  name: "mod",
  value: (a, b) => {
    const remainder = a % b;
    return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
  },
  lowered: (a, b) => {
    const remainder = fmod(a, b);
    const isOtherSign = notEqual(less(remainder, 0), less(b, 0));
    return select(equal(remainder, 0), remainder, select(isOtherSign, add(remainder, b), remainder));
  },
  partials: [1, (a, b, y) => neg(round(div(sub(a, y), b)))],
  domain: [
    [2.3, 2.5],
    [0.91, 0.99],
  ],
});

/** The remainder with the sign of a, JavaScript's `%`: `a − b·trunc(a/b)`. Partials 1 and −trunc(a/b). @example fmod(-1, 3) // -1 */
export const fmod: Binary = defineOp({
  name: "fmod",
  value: (a, b) => a % b,
  partials: [1, (a, b, y) => neg(round(div(sub(a, y), b)))],
  domain: [
    [2.3, 2.5],
    [0.91, 0.99],
  ],
});

/**
 * `x` held in [low, high]. The slope is 1 on the closed interval and 0 outside, so a parameter that starts on a
 * bound can leave it. Where the bounds are crossed, the result is `high`.
 *
 * @example clamp(5, 0, 1) // 1
 */
export const clamp: Ternary = defineOp({
  name: "clamp",
  value: (x, low, high) => Math.min(Math.max(x, low), high),
  lowered: (x, low, high) => atMost(atLeast(x, low), high),
  partials: [
    (x, low, high, y) => where(equal(y, y), mul(greaterEqual(x, low), lessEqual(x, high)), Number.NaN),
    (x, low, high, y) => where(equal(y, y), mul(less(x, low), lessEqual(low, high)), Number.NaN),
    (x, low, high, y) => where(equal(y, y), greater(atLeast(x, low), high), Number.NaN),
  ],
  selects: true,
  domain: [
    [-0.9, 0.9],
    [-2, -1],
    [1, 2],
  ],
});

/** The larger of a Value and a constant: slope 1 above the constant, 0 at it and below. @example atLeast(2, 3) // 3 */
export const atLeast: Binary = defineOp({
  name: "max",
  value: (a, b) => Math.max(a, b),
  instruction: "max",
  partials: [(a, b, y) => where(notEqual(y, y), y, greater(a, b)), null],
  selects: true,
  domain: [
    [1, 3],
    [-3, 0],
  ],
});

/** The smaller of a Value and a constant: slope 1 below the constant, 0 at it and above. @example atMost(2, 3) // 2 */
export const atMost: Binary = defineOp({
  name: "min",
  value: (a, b) => Math.min(a, b),
  instruction: "min",
  partials: [(a, b, y) => where(notEqual(y, y), y, less(a, b)), null],
  selects: true,
  domain: [
    [-3, 0],
    [1, 3],
  ],
});

/** `max(a, 0)`. d/da = 1 for a > 0, 0 at the kink and below. @example relu(-2) // 0 */
export const relu: Unary = defineOp({
  name: "relu",
  value: (a) => Math.max(a, 0),
  lowered: (a) => atLeast(a, 0),
  partials: [(a) => step(a)],
  selects: true,
  domain: [[0.2, 3]],
});

/**
 * `a` for a > 0, else `slope × a`. At the kink the slope is the number nearest 0 between `slope` and 1.
 *
 * @example leakyRelu(-2, 0.5) // -1
 */
export const leakyRelu: Binary = defineOp({
  name: "leakyRelu",
  value: (a, slope) => (a > 0 ? a : slope * a),
  lowered: (a, slope) => select(greater(a, 0), a, mul(slope, a)),
  partials: [
    (a, slope) => where(step(a), 1, where(equal(a, 0), clamp(slope, 0, 1), slope)),
    (a) => where(step(a), 0, a),
  ],
  domain: [
    [0.2, 3],
    [0.01, 0.5],
  ],
});

/**
 * Huber's loss of a residual: `½a²` within ±width, `width (|a| − ½ width)` beyond. d/da = a held in ±width.
 *
 * @example huber(3, 1) // 2.5
 * @see Huber (1964), Annals of Mathematical Statistics 35(1), eq. 2
 */
export const huber: Binary = defineOp({
  name: "huber",
  value: (a, width) => (Math.abs(a) <= width ? 0.5 * a * a : width * (Math.abs(a) - 0.5 * width)),
  lowered: (a, width) => {
    const beyond = mul(width, sub(abs(a), mul(0.5, width)));
    return select(lessEqual(abs(a), width), mul(mul(0.5, a), a), beyond);
  },
  partials: [(a, width) => clamp(a, neg(width), width), (a, width) => relu(sub(abs(a), width))],
  domain: [
    [1.5, 3],
    [0.5, 1],
  ],
});

/** `(1 − a)(1 + a)`, which keeps the digits that `1 − a²` loses near ±1. d/da = −2a. @example oneMinusSquare(0) // 1 */
export const oneMinusSquare: Unary = defineOp({
  name: "oneMinusSquare",
  symbol: "1 − (·)²",
  value: (a) => (1 - a) * (1 + a),
  lowered: (a) => mul(sub(1, a), add(1, a)),
  partials: [(a) => mul(-2, a)],
});
