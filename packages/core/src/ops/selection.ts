import { type Binary, defineOp, type Ternary, type Unary } from "../op.ts";
import { select } from "./select.ts";

/** 1 where a > b, else 0. No gradient. @example greater(2, 1) // 1 */
export const greater: Binary = defineOp({
  name: "greater",
  symbol: ">",
  value: (a, b) => (a > b ? 1 : 0),
  instruction: "gt",
  partials: [null, null],
});

/** 1 where a ≥ b, else 0. No gradient. @example greaterEqual(2, 2) // 1 */
export const greaterEqual: Binary = defineOp({
  name: "greaterEqual",
  symbol: "≥",
  value: (a, b) => (a >= b ? 1 : 0),
  instruction: "ge",
  partials: [null, null],
});

/** 1 where a < b, else 0. No gradient. @example less(2, 1) // 0 */
export const less: Binary = defineOp({
  name: "less",
  symbol: "<",
  value: (a, b) => (a < b ? 1 : 0),
  instruction: "lt",
  partials: [null, null],
});

/** 1 where a ≤ b, else 0. No gradient. @example lessEqual(2, 2) // 1 */
export const lessEqual: Binary = defineOp({
  name: "lessEqual",
  symbol: "≤",
  value: (a, b) => (a <= b ? 1 : 0),
  instruction: "le",
  partials: [null, null],
});

/** 1 where a = b as numbers, else 0; NaN equals nothing. No gradient. @example equal(2, 2) // 1 */
export const equal: Binary = defineOp({
  name: "equal",
  symbol: "=",
  value: (a, b) => (a === b ? 1 : 0),
  instruction: "eq",
  partials: [null, null],
});

/** 1 where a ≠ b as numbers, else 0; NaN differs from everything. No gradient. @example notEqual(2, 2) // 0 */
export const notEqual: Binary = defineOp({
  name: "notEqual",
  symbol: "≠",
  value: (a, b) => (a !== b ? 1 : 0),
  instruction: "ne",
  partials: [null, null],
});

/**
 * `a` where the condition is not 0, `b` where it is 0, NaN where it is NaN. The branch not taken gets exactly 0,
 * even where its own derivative is infinite or NaN; the condition gets no gradient.
 *
 * @example where(greater(3, 2), 10, 20) // 10
 */
export const where: Ternary = defineOp({
  name: "where",
  value: (condition, a, b) => (Number.isNaN(condition) ? Number.NaN : condition !== 0 ? a : b),
  lowered: (condition, a, b) => select(equal(condition, condition), select(condition, a, b), Number.NaN),
  partials: [null, (condition) => where(condition, 1, 0), (condition) => where(condition, 0, 1)],
  selects: true,
});

/** The Heaviside step: 1 for a > 0, 0 for a ≤ 0. d/da = 0. @example step(0) // 0 */
export const step: Unary = defineOp({
  name: "step",
  value: (a) => (a > 0 ? 1 : a <= 0 ? 0 : Number.NaN),
  lowered: (a) => select(equal(a, a), greater(a, 0), Number.NaN),
  partials: [0],
  domain: [[0.2, 3]],
});

/** Passes the number on and stops the gradient. @example stopGradient(2) // 2 */
export const stopGradient: Unary = defineOp({
  name: "stopGradient",
  symbol: "stop",
  value: (a) => a,
  lowered: (a) => a,
  partials: [null],
});

/** The number itself, as a node of its own. d/da = 1. @example identity(2) // 2 */
export const identity: Unary = defineOp({
  name: "identity",
  symbol: "id",
  value: (a) => a,
  lowered: (a) => a,
  partials: [1],
});
