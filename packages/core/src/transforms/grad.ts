import { type Scalar, Value } from "../value.ts";
import { pullback } from "./pullback.ts";
import {
  checkTransform,
  connected,
  oneScalar,
  type Positions,
  settle,
  trace,
  traceCaptured,
} from "./trace.ts";
import type { Numbers, NumbersIn, Values } from "./tree.ts";

/** The gradient function: numbers in, numbers out; Values in, Values out, so that it can be differentiated again. */
export interface Gradient<X, Rest extends unknown[]> {
  (x: NumbersIn<X>, ...rest: Rest): Numbers<X>;
  (x: Values<X>, ...rest: Rest): Values<X>;
}

/** As {@link Gradient}, with the function's value before it. */
export interface ValueAndGradient<X, Rest extends unknown[]> {
  (x: NumbersIn<X>, ...rest: Rest): [value: number, gradient: Numbers<X>];
  (x: Values<X>, ...rest: Rest): [value: Value, gradient: Values<X>];
}

/** The arguments of a function, at the given positions as numbers too; the others are passed on as they are. */
export type NumbersAt<Args extends unknown[], P extends Positions> = {
  [I in keyof Args]: I extends `${P extends readonly number[] ? P[number] : P & number}`
    ? Args[I] | NumbersIn<Args[I]>
    : Args[I];
};

/** The gradient at argument positions: one gradient for one position, an array for an array. */
export type GradientAt<Args extends unknown[], P extends Positions> = P extends number
  ? Numbers<Args[P]>
  : { -readonly [I in keyof P]: P[I] extends number ? Numbers<Args[P[I]]> : never };

/** A Value that the function captured, or several. */
export type Captured = Value | readonly Value[];

/** The gradient at captured Values: a number for one, an array for several. */
export type GradientOf<P extends Captured> = P extends readonly Value[]
  ? { -readonly [I in keyof P]: number }
  : number;

/** What to differentiate and how. */
export interface GradOptions<P extends Positions | Captured = 0> {
  /**
   * With respect to what: the position of an argument (0 unless told), an array of positions for an array of gradients,
   * or Values that the function captured. One of these that depends on another passes the gradient on to it, as
   * `backward()` does.
   */
  readonly wrt?: P;
  /** What an input that the result does not depend on gets: an error (the default), or 0. */
  readonly unconnected?: "error" | "zero";
}

/**
 * The gradient of f with respect to its first argument: `∇f(x)`, in the structure of x.
 *
 * Mutates nothing: no `grad` field changes, of captured Values neither. Composes: `grad(grad(f))` for scalar x.
 *
 * Numbers in, numbers out: the result has no graph, and what f captured gets no gradient through it. Pass `value(2)`
 * instead of 2 where the gradient is part of a larger expression to be differentiated. Each call walks the whole graph
 * below the result, with that of captured Values.
 *
 * @param f - takes Values in the structure of x and returns one scalar; further arguments are passed on as they are
 * @param options - `wrt` for other arguments or captured Values, `unconnected: "zero"` for inputs without influence
 * @returns a function of x. Numbers give numbers. Values give Values, which can be differentiated again; so do
 * numbers where f captured the input of a derivative being taken outside
 * @throws TypeError if f does not return one scalar, or x holds anything but scalars
 * @throws RangeError if the result does not depend on some input (unless `unconnected: "zero"`)
 * @example grad(([x, y]: [Value, Value]) => x.mul(y))([2, 3]) // [3, 2]
 */
export function grad<X, Rest extends unknown[]>(
  f: (x: X, ...rest: Rest) => Scalar,
  options?: GradOptions,
): Gradient<X, Rest>;
export function grad<Args extends unknown[], const P extends Positions>(
  f: (...args: Args) => Scalar,
  options: GradOptions<P>,
): (...args: NumbersAt<Args, P>) => GradientAt<Args, P>;
export function grad<Args extends unknown[], const P extends Captured>(
  f: (...args: Args) => Scalar,
  options: GradOptions<P>,
): (...args: Args) => GradientOf<P>;
export function grad(f: unknown, options: GradOptions<Positions | Captured> = {}): unknown {
  const both = differentiate("grad", f, options);
  return (...args: unknown[]) => both(...args)[1];
}

/**
 * The value and the gradient of f at once: `[f(x), ∇f(x)]`. Otherwise as {@link grad}.
 *
 * @example valueAndGrad((x: Value) => x.mul(x))(3) // [9, 6]
 */
export function valueAndGrad<X, Rest extends unknown[]>(
  f: (x: X, ...rest: Rest) => Scalar,
  options?: GradOptions,
): ValueAndGradient<X, Rest>;
export function valueAndGrad<Args extends unknown[], const P extends Positions>(
  f: (...args: Args) => Scalar,
  options: GradOptions<P>,
): (...args: NumbersAt<Args, P>) => [value: number, gradient: GradientAt<Args, P>];
export function valueAndGrad<Args extends unknown[], const P extends Captured>(
  f: (...args: Args) => Scalar,
  options: GradOptions<P>,
): (...args: Args) => [value: number, gradient: GradientOf<P>];
export function valueAndGrad(f: unknown, options: GradOptions<Positions | Captured> = {}): unknown {
  return differentiate("valueAndGrad", f, options);
}

/** The value and the gradient of f in one function; errors name the caller. */
export function differentiate(
  caller: string,
  f: unknown,
  options: GradOptions<Positions | Captured>,
): (...args: unknown[]) => [Scalar, unknown] {
  checkTransform(caller, f, options, ["wrt", "unconnected"]);
  const { wrt = 0, unconnected = "error" } = options;
  return (...args) => {
    const traced = isCaptured(wrt) ? traceCaptured(caller, f, wrt, args) : trace(caller, f, wrt, args);
    const { inputs, asGraph, likeInputs } = traced;
    const result = oneScalar(caller, traced);
    const found =
      result instanceof Value ? pullback([result], [1], inputs, asGraph) : inputs.map(() => undefined);
    const gradient = connected(caller, found, traced, unconnected).map((entry) => settle(entry, asGraph));
    return [settle(result, asGraph), likeInputs(gradient)];
  };
}

function isCaptured(wrt: Positions | Captured): wrt is Captured {
  return typeof wrt === "object" && (wrt instanceof Value || wrt[0] instanceof Value);
}
