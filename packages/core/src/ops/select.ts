import { defineOp, type Ternary } from "../op.ts";

/**
 * `a` where the condition is not 0, else `b`: `where` for a condition that is never NaN, in one instruction.
 *
 * @example select(1, 10, 20) // 10
 */
export const select: Ternary = defineOp({
  name: "select",
  value: (condition, a, b) => (condition !== 0 ? a : b),
  instruction: "select",
  partials: [null, (condition) => select(condition, 1, 0), (condition) => select(condition, 0, 1)],
  selects: true,
});
