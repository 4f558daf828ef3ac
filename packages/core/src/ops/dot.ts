import { applyToAll, operandAt, recordAll } from "../apply.ts";
import { receive, type Sweep } from "../backward.ts";
import { mode } from "../mode.ts";
import { defineOp, type Nary } from "../op.ts";
import { describe, numberIn, type Scalar, type Value } from "../value.ts";
import { mul } from "./arithmetic.ts";
import { sum } from "./reductions.ts";

/** The row of dot: its operands are x₁ … xₙ, y₁ … yₙ. */
const innerProduct: Nary = defineOp({
  name: "dot",
  value: (xys) => {
    const n = xys.length / 2;
    let result = 0;
    for (let i = 0; i < n; i++) result += xys[i]! * xys[n + i]!;
    return result;
  },
  lowered: (xys) => {
    const n = xys.length / 2;
    return sum(xys.slice(0, n).map((x, i) => mul(x, xys[n + i]!)));
  },
  partials: (xys) => {
    const n = xys.length / 2;
    return [...xys.slice(n), ...xys.slice(0, n)];
  },
  sendAll: sendToPairs,
});

/** The inner product, as a function of two arrays. */
export interface Dot {
  (xs: readonly number[], ys: readonly number[]): number;
  (xs: readonly Value[], ys: readonly Scalar[]): Value;
  (xs: readonly Scalar[], ys: readonly Value[]): Value;
  (xs: readonly Scalar[], ys: readonly Scalar[]): Scalar;
  readonly op: Nary["op"];
}

/**
 * `x₁y₁ + … + xₙyₙ` as one node. Partials yᵢ for xᵢ and xᵢ for yᵢ.
 *
 * @param xs - n scalars
 * @param ys - n scalars
 * @throws RangeError if the lengths differ
 * @example dot([1, 2], [3, 4]) // 11
 */
export const dot: Dot = Object.assign(applyToPairs, { op: innerProduct.op }) as Dot;

// What follows is a speed path for the innermost loop of every network: both arrays are read once, forward and
// backward. A dot of 16 pairs takes 16 ns a pair forward and 19 backward with it, 22 and 53 without.

function applyToPairs(xs: readonly Scalar[], ys: readonly Scalar[]): Scalar {
  if (!Array.isArray(xs) || !Array.isArray(ys)) {
    throw new TypeError(`dot: needs two arrays of scalars, got ${describe(xs)} and ${describe(ys)}.`);
  }
  const n = xs.length;
  if (n !== ys.length) {
    throw new RangeError(`dot: the arrays must have the same length, got ${n} and ${ys.length}.`);
  }
  if (mode.tracer !== undefined) return applyToAll(innerProduct.op, [...xs, ...ys]);
  const operands = new Array<Scalar>(2 * n);
  let result = 0;
  let isConstant = true;
  for (let i = 0; i < n; i++) {
    const x: Scalar = xs[i];
    const y: Scalar = ys[i];
    operands[i] = x;
    operands[n + i] = y;
    isConstant &&= typeof x === "number" && typeof y === "number";
    result += operandAt(x, innerProduct.op, i + 1) * operandAt(y, innerProduct.op, n + i + 1);
  }
  return isConstant ? result : recordAll(innerProduct.op, result, operands);
}

/** Each of a pair gets adjoint × the other; nothing more than word of it where the adjoint is 0. */
function sendToPairs(operands: readonly Scalar[], node: Value, sweep: Sweep): void {
  const n = operands.length / 2;
  const adjoint = node.grad;
  if (adjoint === 0) {
    for (let i = 0; i < operands.length; i++) {
      const operand = operands[i]!;
      if (typeof operand === "object" && receive(operand, 0, sweep)) sweep.ready.push(operand);
    }
    return;
  }
  for (let i = 0; i < n; i++) {
    const x = operands[i]!;
    const y = operands[n + i]!;
    if (typeof x === "object") {
      const partial = typeof y === "number" ? y : numberIn(y);
      if (receive(x, adjoint * partial, sweep)) sweep.ready.push(x);
    }
    if (typeof y === "object") {
      const partial = typeof x === "number" ? x : numberIn(x);
      if (receive(y, adjoint * partial, sweep)) sweep.ready.push(y);
    }
  }
}
