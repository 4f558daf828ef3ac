import type { Op } from "@chainrule/core";
import { formatNumber } from "../formatNumber.ts";
import { expressionOf } from "./calculation.ts";
import type { Sent } from "./recording.ts";

/**
 * Why a number is not finite. `given`: nothing computed it. `domain`: the function is not defined there. `pole`: it
 * grows without bound there. `overflow`: the number is too large for a double. `indeterminate`: such as 0 ÷ 0, ∞ − ∞ or
 * 0 × ∞. `slope`: a local derivative is not finite.
 */
export type ReasonKind = "given" | "domain" | "pole" | "overflow" | "indeterminate" | "slope";

/** Why a number is not finite, by kind and in words. */
export interface Reason {
  readonly kind: ReasonKind;
  readonly words: string;
}

/** An operation, its operands, and the result, which is NaN or ±∞. */
export interface Calculation {
  readonly op: Op;
  readonly operands: readonly number[];
  readonly result: number;
}

const LARGEST = "larger than 1.8e308, the largest number";

interface Rule<Case> {
  readonly kind: ReasonKind;
  readonly holds: (of: Case) => boolean;
  readonly words: (of: Case) => string;
}

/** The first that holds is the reason. They look at the numbers around, so that they serve any operation. */
const forwardRules: readonly Rule<Calculation>[] = [
  {
    kind: "indeterminate",
    holds: (of) => Number.isNaN(of.result) && (!of.operands.every(Number.isFinite) || isAlone(of)),
    words: (of) => `${expressionOf(of.op, of.operands)} has no value`,
  },
  {
    kind: "overflow",
    holds: (of) => Number.isNaN(of.result) && isFiniteScaledDown(of),
    words: (of) => `on the way to ${expressionOf(of.op, of.operands)} a number is ${LARGEST}`,
  },
  {
    kind: "domain",
    holds: ({ result }) => Number.isNaN(result),
    words: (of) => `${expressionOf(of.op, of.operands)} is not defined`,
  },
  {
    kind: "pole",
    holds: (of) => neighbours(of).some((result) => Math.abs(result) < 1e300),
    words: (of) =>
      `${expressionOf(of.op, of.operands)} is ${formatNumber(of.result)}: the function grows without bound there`,
  },
  {
    kind: "overflow",
    holds: () => true,
    words: (of) => `${expressionOf(of.op, of.operands)} is ${LARGEST}`,
  },
];

/** A contribution, or the sum of those so far, which is NaN or ±∞; and the calculation that it goes back through. */
export interface SentThrough extends Sent {
  readonly op: Op;
  readonly operands: readonly number[];
  readonly derivative: number;
}

const backwardRules: readonly Rule<SentThrough>[] = [
  {
    kind: "indeterminate",
    holds: ({ contribution, adjoint, derivative }) =>
      Number.isNaN(contribution) && !Number.isNaN(adjoint) && !Number.isNaN(derivative),
    words: ({ adjoint, derivative }) => `${formatNumber(adjoint)} × ${formatNumber(derivative)} has no value`,
  },
  {
    kind: "indeterminate",
    holds: ({ total, contribution }) => Number.isNaN(total) && !Number.isNaN(contribution),
    words: ({ before, contribution }) =>
      `${formatNumber(before)} from other uses + ${formatNumber(contribution)} has no value`,
  },
  {
    kind: "slope",
    holds: ({ derivative }) => !Number.isFinite(derivative),
    words: ({ op, operands, edge, derivative }) =>
      `the local derivative of ${expressionOf(op, operands)} for operand ${edge.slot + 1} is ${formatNumber(derivative)}`,
  },
  {
    kind: "overflow",
    holds: ({ contribution }) => !Number.isFinite(contribution),
    words: ({ adjoint, derivative }) =>
      `${formatNumber(adjoint)} × ${formatNumber(derivative)} is ${LARGEST}`,
  },
  {
    kind: "overflow",
    holds: () => true,
    words: ({ before, contribution }) =>
      `${formatNumber(before)} from other uses + ${formatNumber(contribution)} is ${LARGEST}`,
  },
];

/** Why an operation gave a number that is not finite. */
export function reasonForward(of: Calculation): Reason {
  return firstOf(forwardRules, of);
}

/** Why a gradient stopped being finite at an edge. */
export function reasonBackward(of: SentThrough): Reason {
  return firstOf(backwardRules, of);
}

function firstOf<Case>(rules: readonly Rule<Case>[], of: Case): Reason {
  const { kind, words } = rules.find(({ holds }) => holds(of))!;
  return { kind, words: words(of) };
}

/** Whether the result is NaN at this point alone, as of 0 ÷ 0. */
function isAlone(of: Calculation): boolean {
  return !neighbours(of).some(Number.isNaN);
}

/** Whether operands so large that their products overflow are to blame, as in 1e200 · 1e200 − 1e200 · 1e200. */
function isFiniteScaledDown({ op, operands }: Calculation): boolean {
  if (!operands.some((x) => Math.abs(x) > 1e100)) return false;
  return Number.isFinite(
    evaluate(
      op,
      operands.map((x) => x * 2 ** -600),
    ),
  );
}

/** Results with one operand a thousandth larger or smaller: for the first operands, there may be thousands. */
function neighbours({ op, operands }: Calculation): number[] {
  return operands.slice(0, 16).flatMap((x, slot) => {
    const step = x === 0 ? 1e-3 : x / 1000;
    return [x + step, x - step].map((moved) => evaluate(op, operands.with(slot, moved)));
  });
}

/** NaN too where the operation refuses the operands. */
function evaluate(op: Op, operands: readonly number[]): number {
  try {
    if (op.arity === undefined) return (op.value as (operands: readonly number[]) => number)(operands);
    return (op.value as (...operands: readonly number[]) => number)(...operands);
  } catch {
    return Number.NaN;
  }
}
