import { checkNumber } from "../check.ts";

/** Checks what may be a learning rate or a weight decay. @throws TypeError or RangeError */
export function checkRate(what: string, x: unknown): asserts x is number {
  checkNumber(what, x, "a finite number ≥ 0", (rate) => rate >= 0 && Number.isFinite(rate));
}

/** Checks the part of a running mean that each step keeps. @throws TypeError or RangeError */
export function checkKept(what: string, x: unknown): asserts x is number {
  checkNumber(what, x, "at least 0 and less than 1", (part) => part >= 0 && part < 1);
}

/** Checks what keeps a denominator from 0. @throws TypeError or RangeError */
export function checkEpsilon(what: string, x: unknown): asserts x is number {
  checkNumber(what, x, "a finite number above 0", (epsilon) => epsilon > 0 && Number.isFinite(epsilon));
}
