import type { Op } from "../op.ts";
import { add, neg, sub } from "../ops/arithmetic.ts";
import { abs } from "../ops/piecewise.ts";
import { select } from "../ops/select.ts";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "../ops/selection.ts";
import type { Builder } from "./builder.ts";
import type { Id } from "./program.ts";

/**
 * An earlier result that an operation would repeat, by rules that hold for every number: NaN, ±∞ and both zeros.
 * (`x + 0` is not one: −0 + 0 is 0. Nor is `x · 1`, which keeps terms alike whose factors happen to be 1.)
 */
export function simplified(builder: Builder, op: Op, operands: readonly Id[]): Id | undefined {
  const [a, b, c] = operands as [Id, Id, Id];
  const isConstant = (id: Id, x: number) => Object.is(builder.constantAt(id), x);
  switch (op) {
    case add.op:
      if (isConstant(a, -0)) return b;
      return isConstant(b, -0) ? a : undefined;
    case sub.op:
      return isConstant(b, 0) ? a : undefined;
    case neg.op:
      return builder.codes[a] === neg.op ? builder.operands[builder.starts[a]!] : undefined;
    case abs.op:
      return builder.codes[a] === neg.op
        ? builder.apply(op, [builder.operands[builder.starts[a]!]!])
        : undefined;
    case equal.op:
      return a === b && isComparison(builder, a) ? builder.constant(1) : undefined;
    case select.op: {
      const condition = builder.constantAt(a);
      if (condition !== undefined) return condition !== 0 ? b : c;
      return b === c ? b : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a result is 0 or 1 for certain. */
function isComparison(builder: Builder, id: Id): boolean {
  const code = builder.codes[id];
  return typeof code === "object" && comparisons.has(code);
}

const comparisons: ReadonlySet<Op> = new Set(
  [equal, notEqual, greater, greaterEqual, less, lessEqual].map((comparison) => comparison.op),
);
