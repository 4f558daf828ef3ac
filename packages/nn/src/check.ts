import { type Scalar, Value } from "@chainrule/core";

/** So many of something, as in `1 input` and `2 inputs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Says in a few words what x is, for error messages. */
export function describe(x: unknown): string {
  if (typeof x === "string") return `the string ${JSON.stringify(x)}`;
  if (Array.isArray(x)) return `an array of ${x.length}`;
  if (typeof x === "function") return "a function";
  if (ArrayBuffer.isView(x)) return `a ${x.constructor.name}: make it an array with Array.from(…)`;
  if (x instanceof Promise) return "a Promise: await it";
  return typeof x === "object" && x !== null && !(x instanceof Value) ? "an object" : String(x);
}

/**
 * Checks one number.
 *
 * @param what - what is checked, as in `SGD: learningRate`
 * @param wanted - what it must be, for the message
 * @throws TypeError if x is not a number, RangeError if `accepts` refuses it
 */
export function checkNumber(
  what: string,
  x: unknown,
  wanted: string,
  accepts: (x: number) => boolean,
): asserts x is number {
  if (typeof x === "number" && accepts(x)) return;
  const message = `${what} must be ${wanted}, got ${describe(x)}.`;
  throw typeof x === "number" ? new RangeError(message) : new TypeError(message);
}

/** Checks a count. @throws TypeError or RangeError as {@link checkNumber} */
export function checkPositiveInteger(what: string, x: unknown): asserts x is number {
  checkNumber(what, x, "a positive integer", (n) => Number.isSafeInteger(n) && n > 0);
}

/** Checks a number or Value. @throws TypeError */
export function checkScalar(what: string, x: unknown): asserts x is Scalar {
  if (typeof x === "number" || x instanceof Value) return;
  throw new TypeError(`${what} must be a number or a Value, got ${describe(x)}.`);
}

/** Checks an array of scalars. @throws TypeError naming the entry that is none */
export function checkScalars(what: string, xs: unknown): asserts xs is readonly Scalar[] {
  if (!Array.isArray(xs)) throw new TypeError(`${what} must be an array of scalars, got ${describe(xs)}.`);
  for (let i = 0; i < xs.length; i++) checkScalar(`${what}[${i}]`, xs[i]);
}

/** Checks the inputs of a neuron, layer or net. @throws RangeError for a wrong length, TypeError for a non-scalar */
export function checkInputs(caller: string, xs: unknown, expected: number): asserts xs is readonly Scalar[] {
  checkScalars(`${caller}: inputs`, xs);
  if (xs.length !== expected) {
    throw new RangeError(`${caller}: expected ${counted(expected, "input")}, got ${xs.length}.`);
  }
}

/**
 * Checks that options are an object without unknown keys, which a misspelt name would be.
 *
 * @throws TypeError that lists the options there are
 */
export function checkOptions<Options extends object>(
  caller: string,
  options: Options,
  allowed: readonly (keyof Options & string)[],
): void {
  if (
    typeof options !== "object" ||
    options === null ||
    Array.isArray(options) ||
    options instanceof Promise
  ) {
    throw new TypeError(`${caller}: options must be an object, got ${describe(options)}.`);
  }
  const unknown = Object.keys(options).find((key) => !(allowed as readonly string[]).includes(key));
  if (unknown === undefined) return;
  throw new TypeError(
    `${caller}: there is no option ${JSON.stringify(unknown)}. The options are ${allowed.join(", ")}.`,
  );
}
