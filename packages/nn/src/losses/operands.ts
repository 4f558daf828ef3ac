import { type Scalar, Value } from "@chainrule/core";
import { checkNumber, checkScalar, checkScalars, describe } from "../check.ts";

/** One of the things that a loss is computed from: what messages call it, and its check. */
export interface Operand {
  readonly one: string;
  readonly many: string;
  /** Whether this is an array of examples. */
  readonly isBatch: (given: unknown) => boolean;
  /** Throws if x, of this example, is plainly no operand: what a Value holds is not known when code is compiled. */
  readonly check: (what: string, x: unknown, example: readonly unknown[]) => void;
}

/** How far above 1 a probability may be, and their sum from 1: rounding, but no mistake. */
export const TOLERANCE = 1e-6;

/** A number or Value; with `accepts`, a number must be as `wanted` says. */
export function scalar(
  one: string,
  many: string,
  wanted?: string,
  accepts: (x: number) => boolean = () => true,
): Operand {
  const check = (what: string, x: unknown) => {
    if (x instanceof Value) return;
    if (wanted === undefined) checkScalar(what, x);
    else checkNumber(what, x, wanted, accepts);
  };
  return { one, many, isBatch: Array.isArray, check };
}

/** A number to predict. */
export const target: Operand = scalar("target", "targets", "a finite number", Number.isFinite);

/** A probability. */
export function probabilityOperand(one: string, many: string): Operand {
  return scalar(one, many, "from 0 to 1", isProbability);
}

/** A row of scalars, one for each class; `checkEntries` says what else they must be. */
export function row(
  one: string,
  many: string,
  checkEntries: (what: string, xs: readonly Scalar[]) => void = () => undefined,
): Operand {
  const check = (what: string, xs: unknown) => {
    checkScalars(what, xs);
    if (xs.length === 0) throw new RangeError(`${what} must hold at least one scalar, got an empty array.`);
    checkEntries(what, xs);
  };
  return { one, many, isBatch: (given) => Array.isArray(given) && Array.isArray(given[0]), check };
}

/** Logarithms of probabilities. */
export const logProbabilities: Operand = row("logProbabilities", "logProbabilities", (what, xs) => {
  for (const [k, x] of xs.entries()) {
    if (typeof x === "number") checkNumber(`${what}[${k}]`, x, "a logarithm ≤ 0", (l) => l <= TOLERANCE);
  }
});

/** Probabilities that add up to 1. */
export function distribution(one: string, many: string): Operand {
  return row(one, many, checkDistribution);
}

/** Probabilities of as many outcomes as those of the first operand. */
export function distributionAsLong(one: string, many: string): Operand {
  const operand = distribution(one, many);
  const check: Operand["check"] = (what, xs, example) => {
    operand.check(what, xs, example);
    checkLength(what, xs as readonly Scalar[], example);
  };
  return { ...operand, check };
}

/** The number of a class: of one entry of the first operand. */
export const label: Operand = {
  ...scalar("label", "labels"),
  check: (what, k, example) => checkClass(what, k, example, ""),
};

/** The number of a class, or the probabilities of all. */
export const classOrDistribution: Operand = {
  ...scalar("target", "targets"),
  check: (what, given, example) => {
    if (!Array.isArray(given)) {
      checkClass(what, given, example, ", or an array of probabilities");
      return;
    }
    checkScalars(what, given);
    checkLength(what, given, example);
    checkDistribution(what, given);
  },
};

function checkClass(what: string, k: unknown, [row]: readonly unknown[], alternative: string): void {
  if (k instanceof Value) return;
  const classes = (row as readonly Scalar[]).length;
  const wanted = `an integer from 0 to ${classes - 1}${alternative}`;
  checkNumber(what, k, wanted, (x) => Number.isInteger(x) && x >= 0 && x < classes);
}

function checkLength(what: string, xs: readonly Scalar[], [row]: readonly unknown[]): void {
  const classes = (row as readonly Scalar[]).length;
  if (xs.length === classes) return;
  throw new RangeError(
    `${what} must hold a probability for each of ${classes} classes, got ${describe(xs)}.`,
  );
}

function checkDistribution(what: string, xs: readonly Scalar[]): void {
  let total = 0;
  for (const [k, p] of xs.entries()) {
    if (typeof p === "number") checkNumber(`${what}[${k}]`, p, "from 0 to 1", isProbability);
    total += typeof p === "number" ? p : Number.NaN;
  }
  if (!(Math.abs(total - 1) > TOLERANCE)) return;
  throw new RangeError(`${what} must add up to 1, got ${total}. Divide by the sum, or use softmax.`);
}

function isProbability(p: number): boolean {
  return p >= 0 && p <= 1 + TOLERANCE;
}
