import { Value } from "@chainrule/core";
import { describe } from "../check.ts";

/** Of what `predict` may give for a row: a class; a score; or a score for each class. */
export type Prediction = number | Value | readonly (number | Value)[];

/** More classes than these have no looks of their own, and are a score by mistake most of the time. */
const MOST = 20;

/** A prediction as one number, or as one number per class. */
export function numbersOf(prediction: unknown): number | readonly number[] {
  const scalar = Array.isArray(prediction) && prediction.length === 1 ? prediction[0] : prediction;
  if (Array.isArray(scalar) && scalar.length > 0) return scalar.map(numberOf);
  return numberOf(scalar);
}

function numberOf(x: unknown): number {
  const number = x instanceof Value ? x.data : x;
  if (typeof number !== "number") {
    throw new TypeError(
      `decisionBoundary: predict must return a number, a Value or an array of them, got ${describe(x)}.`,
    );
  }
  if (!Number.isNaN(number)) return number;
  throw new RangeError("decisionBoundary: predict gave NaN. Look for where it comes from before drawing it.");
}

/** The class that a target says: a whole number, or the place of the one in a row of zeros. */
export function classOfTarget(target: unknown, i: number): number {
  if (Number.isInteger(target)) return target as number;
  if (Array.isArray(target)) {
    const rest = target.filter((entry) => entry !== 0);
    if (rest.length === 1 && rest[0] === 1) return target.indexOf(1);
  }
  const given = Array.isArray(target) ? `[${target.join(", ")}]` : describe(target);
  throw new TypeError(
    `decisionBoundary: targets[${i}] must be a class: a whole number, or a row of zeros with one 1; got ${given}.`,
  );
}

/** All classes, ascending. @throws RangeError if there are too many to tell apart */
export function distinct(classes: Iterable<number>): number[] {
  const all = [...new Set(classes)].sort((a, b) => a - b);
  if (all.length <= MOST) return all;
  throw new RangeError(
    `decisionBoundary: ${all.length} classes cannot be told apart, at most ${MOST} can. If predict gives a score, pass { threshold }.`,
  );
}
