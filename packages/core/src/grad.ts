import { topologicalOrder } from "./graph.ts";
import { identity } from "./ops/selection.ts";
import { pullback } from "./pullback.ts";
import { leavesOf, mapTree, type Numbers, type Tree, type Values } from "./tree.ts";
import { describe, isScalar, type Scalar, Value, value } from "./value.ts";

/** A function of scalars, nested in arrays and objects as the first argument, that returns one scalar. */
export type ScalarFunction<X extends Tree, Rest extends unknown[]> = (x: X, ...rest: Rest) => Scalar;

/** The gradient function: numbers in, numbers out; Values in, Values out, so that it can be differentiated again. */
export interface Gradient<X, Rest extends unknown[]> {
  (x: Numbers<X>, ...rest: Rest): Numbers<X>;
  (x: Values<X>, ...rest: Rest): Values<X>;
}

/** As {@link Gradient}, with the function's value before it. */
export interface ValueAndGradient<X, Rest extends unknown[]> {
  (x: Numbers<X>, ...rest: Rest): [value: number, gradient: Numbers<X>];
  (x: Values<X>, ...rest: Rest): [value: Value, gradient: Values<X>];
}

/** What to differentiate and how. */
export interface GradOptions {
  /** What an input that the result does not depend on gets: an error (the default), or 0. */
  readonly unconnected?: "error" | "zero";
}

/**
 * The gradient of f with respect to its first argument: `∇f(x)`, in the structure of x.
 *
 * Mutates nothing: no `grad` field changes, of captured Values neither. Composes: `grad(grad(f))` for scalar x.
 *
 * @param f - takes Values in the structure of x and returns one scalar; further arguments are passed on as they are
 * @returns a function of x. Numbers give numbers. Values give Values, which can be differentiated again; so do
 * numbers where f captured the input of a derivative being taken outside
 * @throws TypeError if f does not return one scalar, or x holds anything but scalars
 * @throws RangeError if the result does not depend on some input (unless `unconnected: "zero"`)
 * @example grad(([x, y]: [Value, Value]) => x.mul(y))([2, 3]) // [3, 2]
 */
export function grad<X extends Tree, Rest extends unknown[]>(
  f: ScalarFunction<X, Rest>,
  options: GradOptions = {},
): Gradient<X, Rest> {
  const both = differentiate("grad", f, options);
  return ((x: unknown, ...rest: Rest) => both(x, rest)[1]) as Gradient<X, Rest>;
}

/**
 * The value and the gradient of f at once: `[f(x), ∇f(x)]`. Otherwise as {@link grad}.
 *
 * @example valueAndGrad((x: Value) => x.mul(x))(3) // [9, 6]
 */
export function valueAndGrad<X extends Tree, Rest extends unknown[]>(
  f: ScalarFunction<X, Rest>,
  options: GradOptions = {},
): ValueAndGradient<X, Rest> {
  const both = differentiate("valueAndGrad", f, options);
  return ((x: unknown, ...rest: Rest) => both(x, rest)) as ValueAndGradient<X, Rest>;
}

/** The value and the gradient of f in one function; errors name the caller. */
export function differentiate<X extends Tree, Rest extends unknown[]>(
  caller: string,
  f: ScalarFunction<X, Rest>,
  { unconnected = "error" }: GradOptions,
): (x: unknown, rest: Rest) => [Scalar, unknown] {
  if (typeof f !== "function") throw new TypeError(`${caller}: needs a function, got ${describe(f)}.`);
  if (unconnected !== "error" && unconnected !== "zero") {
    throw new TypeError(`${caller}: unconnected must be "error" or "zero", got ${describe(unconnected)}.`);
  }
  return (x, rest) => {
    const inputs: Value[] = [];
    const paths: string[] = [];
    const wrapped = mapTree(
      x,
      (leaf, path) => {
        // A node of its own for each input keeps f's argument apart from the same Value captured by f.
        const input = leaf instanceof Value ? identity(leaf) : value(leaf);
        inputs.push(input);
        paths.push(path);
        return input;
      },
      caller,
      "the argument",
    );
    const result = enclosing(inputs, () => f(wrapped as X, ...rest));
    checkScalar(caller, result);
    const asGraph = leavesOf(x, caller).some((leaf) => leaf instanceof Value) || dependsOnEnclosing(result);
    const gradients =
      result instanceof Value ? pullback(result, inputs, asGraph) : inputs.map(() => undefined);
    const lost = gradients.indexOf(undefined);
    if (lost >= 0 && unconnected === "error") {
      throw new RangeError(
        `${caller}: the result does not depend on ${paths[lost]} (${inputs[lost]!.data}). ` +
          `Check the function, or pass { unconnected: "zero" } for a gradient of 0 there.`,
      );
    }
    let next = 0;
    const gradient = mapTree(x, () => gradients[next++] ?? 0, caller, "the argument");
    return [asGraph || typeof result === "number" ? result : result.data, gradient];
  };
}

/** The inputs of the derivatives being taken now, outermost first. */
const inputsInUse: (readonly Value[])[] = [];

function enclosing<R>(inputs: readonly Value[], f: () => R): R {
  inputsInUse.push(inputs);
  try {
    return f();
  } finally {
    inputsInUse.pop();
  }
}

/** Whether a derivative taken outside this one may differentiate the result again: it captured an outer input. */
function dependsOnEnclosing(result: Scalar): boolean {
  if (inputsInUse.length === 0 || typeof result === "number") return false;
  const outer = new Set(inputsInUse.flat());
  return topologicalOrder(result).some((node) => outer.has(node));
}

function checkScalar(caller: string, result: unknown): asserts result is Scalar {
  if (isScalar(result)) return;
  const advice =
    typeof result === "object" && result !== null ? " Reduce it to one scalar, as with sum(result)." : "";
  throw new TypeError(`${caller}: the function must return one scalar, got ${describe(result)}.${advice}`);
}
