import type { Scalar } from "./value.ts";

/** The rule whose partial is the first operand, as of mul in its second. */
export const first = (a: Scalar): Scalar => a;
/** The rule whose partial is the second operand, as of mul in its first. */
export const second = (_a: Scalar, b: Scalar): Scalar => b;
/** The rule whose partial is the result, as of exp. */
export const result = (...operandsAndResult: Scalar[]): Scalar => operandsAndResult.at(-1)!;

/**
 * Where the backward sweep reads the partials of an operation on one or two operands. Most rules are a constant or one
 * of {@link first}, {@link second} and {@link result}; then the sweep need not call a function, which takes a third off
 * its time on the moons step.
 */
export interface PartialSources {
  /** Per slot, one of the codes below. */
  readonly from: Int8Array;
  /** Per slot: the partial where `from` says CONSTANT. */
  readonly constants: Float64Array;
}

/** No gradient flows to the operand. */
export const NONE = 0;
/** The partial is a constant. */
export const CONSTANT = 1;
/** The partial is an operand or the result. */
export const FIRST = 2;
export const SECOND = 3;
export const RESULT = 4;
/** The rule must be called. */
export const RULE = 5;

/** Finds the sources in the rules. */
export function sourcesOf(rules: readonly unknown[]): PartialSources {
  const codes = new Map<unknown, number>([
    [null, NONE],
    [first, FIRST],
    [second, SECOND],
    [result, RESULT],
  ]);
  return {
    from: Int8Array.from(rules, (rule) => (typeof rule === "number" ? CONSTANT : (codes.get(rule) ?? RULE))),
    constants: Float64Array.from(rules, (rule) => (typeof rule === "number" ? rule : Number.NaN)),
  };
}
