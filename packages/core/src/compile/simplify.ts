import type { Op } from "../op.ts";
import { add, neg, sub } from "../ops/arithmetic.ts";
import { abs } from "../ops/piecewise.ts";
import { select } from "../ops/select.ts";
import { equal } from "../ops/selection.ts";
import type { Builder } from "./builder.ts";
import { isComparison } from "./comparisons.ts";
import { type Id, operationOf } from "./program.ts";

/** An earlier result that an operation on others would repeat, if there is one. */
type Rule = (builder: Builder, a: Id, b: Id, c: Id) => Id | undefined;

/**
 * Rules that hold for every number: NaN, ±∞ and both zeros. (`x + 0` is not one: −0 + 0 is 0. Nor is `x · 1`, which
 * keeps terms alike whose factors happen to be 1.)
 */
const rules: ReadonlyMap<Op, Rule> = new Map<Op, Rule>([
  [add.op, (builder, a, b) => (isNumber(builder, a, -0) ? b : isNumber(builder, b, -0) ? a : undefined)],
  [sub.op, (builder, a, b) => (isNumber(builder, b, 0) ? a : undefined)],
  [neg.op, (builder, a) => operandOfNeg(builder, a)],
  [
    abs.op,
    (builder, a) => {
      const inner = operandOfNeg(builder, a);
      return inner === undefined ? undefined : builder.apply(abs.op, [inner]);
    },
  ],
  [equal.op, (builder, a, b) => (a === b && isZeroOrOne(builder, a) ? builder.constant(1) : undefined)],
  [
    select.op,
    (builder, condition, a, b) => {
      const known = builder.constantAt(condition);
      if (known !== undefined) return known !== 0 ? a : b;
      return a === b ? a : undefined;
    },
  ],
]);

/** What an operation would only repeat. */
export function simplified(builder: Builder, op: Op, operands: readonly Id[]): Id | undefined {
  return rules.get(op)?.(builder, operands[0]!, operands[1]!, operands[2]!);
}

function isNumber(builder: Builder, id: Id, x: number): boolean {
  return Object.is(builder.constantAt(id), x);
}

function operandOfNeg(builder: Builder, id: Id): Id | undefined {
  return builder.codes[id] === neg.op ? builder.operands[builder.starts[id]!] : undefined;
}

/** Whether a result is 0 or 1 for certain. */
function isZeroOrOne(builder: Builder, id: Id): boolean {
  const op = operationOf(builder, id);
  return op !== undefined && isComparison(op);
}
