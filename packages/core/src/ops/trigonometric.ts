import { checkOperand } from "../apply.ts";
import { type Binary, defineOp, type Unary } from "../op.ts";
import type { Scalar, Value } from "../value.ts";
import { div, mul, neg, reciprocal, square } from "./arithmetic.ts";
import { norm } from "./norm.ts";
import { abs, atLeast, oneMinusSquare, sign } from "./piecewise.ts";
import { sqrt } from "./powers.ts";
import { select } from "./select.ts";
import { equal, greater, where } from "./selection.ts";

/** `sin a`, a in radians. d/da = cos a. @example sin(0) // 0 */
export const sin: Unary = defineOp({ name: "sin", value: Math.sin, partials: [(a) => cos(a)] });

/** `cos a`, a in radians. d/da = −sin a. @example cos(0) // 1 */
export const cos: Unary = defineOp({ name: "cos", value: Math.cos, partials: [(a) => neg(sin(a))] });

/** `tan a`, a in radians. d/da = 1/cos² a. @example tan(0) // 0 */
export const tan: Unary = defineOp({
  name: "tan",
  value: Math.tan,
  partials: [(a) => square(reciprocal(cos(a)))],
  domain: [[-1.2, 1.2]],
});

/** The angle in [−π/2, π/2] whose sine is a; NaN beyond ±1. d/da = 1/√(1 − a²), ∞ at ±1. @example asin(0) // 0 */
export const asin: Unary = defineOp({
  name: "asin",
  value: Math.asin,
  partials: [(a) => reciprocal(sqrt(oneMinusSquare(a)))],
  domain: [[-0.8, 0.8]],
});

/** The angle in [0, π] whose cosine is a; NaN beyond ±1. d/da = −1/√(1 − a²), −∞ at ±1. @example acos(1) // 0 */
export const acos: Unary = defineOp({
  name: "acos",
  value: Math.acos,
  partials: [(a) => neg(reciprocal(sqrt(oneMinusSquare(a))))],
  domain: [[-0.8, 0.8]],
});

/** The angle in (−π/2, π/2) whose tangent is a. d/da = 1/(1 + a²). @example atan(0) // 0 */
export const atan: Unary = defineOp({
  name: "atan",
  value: Math.atan,
  partials: [(a) => square(reciprocal(hypotOfTwo(1, a)))],
});

const hypotOfTwo: Binary = defineOp({
  name: "hypot",
  value: (a, b) => Math.hypot(a, b),
  partials: [(a, b) => direction(a, b), (a, b) => direction(b, a)],
  domain: [
    [0.3, 3],
    [-3, 3],
  ],
});

/** The length of a vector given by its entries. */
export interface Hypot {
  (a: number, b: number, ...rest: readonly number[]): number;
  (a: Value, b: Scalar, ...rest: readonly Scalar[]): Value;
  (a: Scalar, b: Value, ...rest: readonly Scalar[]): Value;
  (...xs: readonly Scalar[]): Scalar;
  readonly op: Binary["op"];
}

/**
 * `√(a² + b²)`, without overflow or underflow on the way; of more scalars than two, their `norm`. Partials
 * a/√(a² + b²) and b/√(a² + b²); 0 at the origin, the minimum-norm element of the subdifferential.
 *
 * @example hypot(3, 4) // 5
 */
export const hypot: Hypot = Object.assign(
  (...xs: readonly Scalar[]) => {
    if (xs.length === 2) return hypotOfTwo(xs[0]!, xs[1]!);
    if (xs.length === 0) throw new RangeError("hypot: needs at least one scalar, got none.");
    for (let i = 0; i < xs.length; i++) checkOperand(xs[i], hypotOfTwo.op, i + 1);
    return norm(xs);
  },
  { op: hypotOfTwo.op },
) as Hypot;

/**
 * `a / √(a² + b²)`: the cosine of the angle between (a, b) and the first axis; 0 at the origin. It closes hypot and
 * atan2 under differentiation without a difference of nearly equal terms.
 *
 * @example direction(3, 4) // 0.6
 */
export const direction: Binary = defineOp({
  name: "direction",
  value: (a, b) => {
    if (a === 0) return 0;
    return Math.abs(a) === Number.POSITIVE_INFINITY && Number.isFinite(b)
      ? Math.sign(a)
      : a / Math.hypot(a, b);
  },
  lowered: (a, b) => {
    const isAlongAxis = greater(abs(a), atLeast(abs(b), Number.MAX_VALUE));
    return select(equal(a, 0), 0, select(isAlongAxis, sign(a), div(a, hypotOfTwo(a, b))));
  },
  partials: [
    (a, b) => atOrigin(a, b, div(square(direction(b, a)), hypotOfTwo(a, b))),
    (a, b, y) => atOrigin(a, b, neg(div(mul(y, direction(b, a)), hypotOfTwo(a, b)))),
  ],
  domain: [
    [0.3, 3],
    [0.3, 3],
  ],
});

/** The angle of the point (run, rise) from the first axis, in (−π, π]. Partials run/(run² + rise²) and −rise/(run² + rise²); 0 at the origin. @example atan2(0, 1) // 0 */
export const atan2: Binary = defineOp({
  name: "atan2",
  value: (rise, run) => Math.atan2(rise, run),
  partials: [
    (rise, run) => atOrigin(rise, run, div(direction(run, rise), hypotOfTwo(rise, run))),
    (rise, run) => atOrigin(rise, run, neg(div(direction(rise, run), hypotOfTwo(rise, run)))),
  ],
  domain: [
    [0.3, 3],
    [-3, 3],
  ],
});

/** 0 at the origin of the plane, else the slope given. */
function atOrigin(a: Scalar, b: Scalar, slope: Scalar): Scalar {
  return where(equal(hypotOfTwo(a, b), 0), 0, slope);
}
