import { type Binary, defineOp, type Unary } from "../op.ts";
import { first, second } from "../partialSources.ts";
import { select } from "./select.ts";
import { equal } from "./selection.ts";

/** `a + b`. Partials 1 and 1. @example add(2, 3) // 5 */
export const add: Binary = defineOp({
  name: "add",
  symbol: "+",
  value: (a, b) => a + b,
  instruction: "add",
  partials: [1, 1],
});

/** `a − b`. Partials 1 and −1. @example sub(2, 3) // -1 */
export const sub: Binary = defineOp({
  name: "sub",
  symbol: "−",
  value: (a, b) => a - b,
  instruction: "sub",
  partials: [1, -1],
});

/** `a × b`. Partials b and a. @example mul(2, 3) // 6 */
export const mul: Binary = defineOp({
  name: "mul",
  symbol: "×",
  value: (a, b) => a * b,
  instruction: "mul",
  partials: [second, first],
});

/** `a / b`, by IEEE 754: 1/0 is ∞. Partials 1/b and −(a/b)/b, which stay in range where a/b² would not. @example div(6, 3) // 2 */
export const div: Binary = defineOp({
  name: "div",
  symbol: "÷",
  value: (a, b) => a / b,
  instruction: "div",
  partials: [(_, b) => reciprocal(b), (_, b, y) => neg(div(y, b))],
  domain: [
    [-3, 3],
    [0.3, 3],
  ],
});

/** `−a`. d/da = −1. @example neg(2) // -2 */
export const neg: Unary = defineOp({ name: "neg", value: (a) => -a, instruction: "neg", partials: [-1] });

/** `1 / a`. d/da = −1/a². @example reciprocal(4) // 0.25 */
export const reciprocal: Unary = defineOp({
  name: "reciprocal",
  symbol: "1/(·)",
  value: (a) => 1 / a,
  lowered: (a) => div(1, a),
  partials: [(_, y) => neg(square(y))],
  domain: [[0.3, 3]],
});

/** `a²`. d/da = 2a. @example square(3) // 9 */
export const square: Unary = defineOp({
  name: "square",
  symbol: "(·)²",
  value: (a) => a * a,
  lowered: (a) => mul(a, a),
  partials: [(a) => mul(2, a)],
});

/**
 * A product in which a first factor of 0 wins: 0 wherever `a` is 0, even against ∞ or NaN; else `a × b`.
 * Partials b and a. Where limits such as x·e^(−x²) at ∞, and adjoints, need 0 · ∞ = 0.
 *
 * @example scale(0, Infinity) // 0
 */
export const scale: Binary = defineOp({
  name: "scale",
  symbol: "×",
  value: (a, b) => (a === 0 ? 0 : a * b),
  lowered: (a, b) => select(equal(a, 0), 0, mul(a, b)),
  partials: [second, first],
  selects: true,
});

/** As `scale`, with either factor of 0 winning: what a derivative of `scale` is made of. @example scaleEither(Infinity, 0) // 0 */
export const scaleEither: Binary = defineOp({
  name: "scaleEither",
  symbol: "×",
  value: (a, b) => (a === 0 || b === 0 ? 0 : a * b),
  lowered: (a, b) => select(equal(b, 0), 0, scale(a, b)),
  partials: [second, first],
  selects: true,
});
