import { checkNumber, checkPositiveInteger, describe } from "../check.ts";
import { checkRate } from "./checks.ts";

/** The learning rate of each step, a finite number ≥ 0. Steps are counted from 0: how many were done before. */
export type Schedule = (step: number) => number;

/**
 * `η₀ γ^step`.
 *
 * @param factor - γ, from above 0 to 1
 * @throws TypeError or RangeError for a number out of range
 * @example exponentialDecay(0.5, 0.5)(2) // 0.125
 */
export function exponentialDecay(initial: number, factor: number): Schedule {
  checkRate("exponentialDecay: initial", initial);
  checkFactor("exponentialDecay: factor", factor);
  return (step) => initial * factor ** step;
}

/**
 * `η₀ γ^⌊step/every⌋`: falls by the factor γ after each so many steps.
 *
 * @param factor - γ, from above 0 to 1
 * @throws TypeError or RangeError for a number out of range
 * @example stepDecay(1, 0.5, 10)(19) // 0.5
 */
export function stepDecay(initial: number, factor: number, every: number): Schedule {
  checkRate("stepDecay: initial", initial);
  checkFactor("stepDecay: factor", factor);
  checkPositiveInteger("stepDecay: every", every);
  return (step) => initial * factor ** Math.floor(step / every);
}

/**
 * `η₀ / (1 + κ step)`. It fulfils the conditions `Σ η = ∞`, `Σ η² < ∞` under which stochastic gradient descent
 * converges.
 *
 * @param decay - κ, a finite number ≥ 0
 * @throws TypeError or RangeError for a number out of range
 * @example inverseTimeDecay(1, 0.5)(2) // 0.5
 * @see Robbins and Monro (1951), "A stochastic approximation method", §2
 */
export function inverseTimeDecay(initial: number, decay: number): Schedule {
  checkRate("inverseTimeDecay: initial", initial);
  checkRate("inverseTimeDecay: decay", decay);
  return (step) => initial / (1 + decay * step);
}

/**
 * From `initial` to `final` on a straight line in so many steps, and `final` from then on.
 *
 * @throws TypeError or RangeError for a number out of range
 * @example linearDecay(1, 0, 4)(1) // 0.75
 */
export function linearDecay(initial: number, final: number, steps: number): Schedule {
  checkRate("linearDecay: initial", initial);
  checkRate("linearDecay: final", final);
  checkPositiveInteger("linearDecay: steps", steps);
  return (step) => (step < steps ? initial + (final - initial) * (step / steps) : final);
}

/**
 * `final + ½ (initial − final)(1 + cos(π step/steps))`, and `final` from the step `steps` on.
 *
 * @throws TypeError or RangeError for a number out of range
 * @example cosineDecay(1, 0, 10)(10) // 0
 * @see Loshchilov and Hutter (2017), "SGDR: stochastic gradient descent with warm restarts", eq. 5
 */
export function cosineDecay(initial: number, final: number, steps: number): Schedule {
  checkRate("cosineDecay: initial", initial);
  checkRate("cosineDecay: final", final);
  checkPositiveInteger("cosineDecay: steps", steps);
  return (step) =>
    step < steps ? final + ((initial - final) * (1 + Math.cos((Math.PI * step) / steps))) / 2 : final;
}

/**
 * One rate after another, each from the step that stands with it on.
 *
 * @param pieces - `[step, rate]`, the first from step 0, the steps increasing
 * @throws TypeError or RangeError for another order or a number out of range
 * @example piecewise([[0, 0.1], [100, 0.01]])(100) // 0.01
 */
export function piecewise(pieces: readonly (readonly [from: number, rate: number])[]): Schedule {
  if (!Array.isArray(pieces)) {
    throw new TypeError(`piecewise: pieces must be an array of [step, rate], got ${describe(pieces)}.`);
  }
  if (pieces.length === 0) throw new RangeError("piecewise: pieces must not be empty. Start with [0, rate].");
  const copy = pieces.map((piece: unknown, i) => {
    if (!Array.isArray(piece)) {
      throw new TypeError(`piecewise: pieces[${i}] must be [step, rate], got ${describe(piece)}.`);
    }
    const [from, rate] = piece as [number, number];
    const before = pieces[i - 1]?.[0] ?? -1;
    const wanted = i === 0 ? "0, where the first piece starts" : `an integer above ${before}, the one before`;
    checkNumber(`piecewise: the step of pieces[${i}]`, from, wanted, (x) =>
      i === 0 ? x === 0 : Number.isSafeInteger(x) && x > before,
    );
    checkRate(`piecewise: the rate of pieces[${i}]`, rate);
    return { from, rate };
  });
  return (step) => copy.findLast(({ from }) => step >= from)!.rate;
}

/**
 * Rises on a straight line to where another schedule begins, then follows it: `(step + 1)/(steps + 1) · schedule(0)`
 * for the first `steps` steps, `schedule(step − steps)` after them.
 *
 * @param schedule - what comes after, or a constant rate
 * @throws TypeError or RangeError for a number out of range or a schedule that is none
 * @example warmup(3, exponentialDecay(1, 0.5))(1) // 0.5
 * @see Goyal et al. (2017), "Accurate, large minibatch SGD", §2.2
 */
export function warmup(steps: number, schedule: number | Schedule): Schedule {
  if (typeof steps === "function") {
    throw new TypeError(
      "warmup: steps must be a positive integer, got a function. Write warmup(steps, schedule).",
    );
  }
  checkPositiveInteger("warmup: steps", steps);
  const after = toSchedule("warmup: schedule", schedule);
  return (step) => (step < steps ? ((step + 1) / (steps + 1)) * after(0) : after(step - steps));
}

/** A schedule from what an option may be: a rate or a schedule. @throws TypeError or RangeError for neither */
export function toSchedule(what: string, rate: number | Schedule): Schedule {
  if (typeof rate === "function") return rate;
  checkRate(what, rate);
  return () => rate;
}

function checkFactor(what: string, x: unknown): void {
  checkNumber(what, x, "above 0 and at most 1", (factor) => factor > 0 && factor <= 1);
}
