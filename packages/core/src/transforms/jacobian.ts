import { type Scalar, Value } from "../value.ts";
import { differentiate } from "./grad.ts";
import { pullback } from "./pullback.ts";
import { pushforwardAll } from "./pushforward.ts";
import { checkConnected, checkTransform, settle, trace, type UnconnectedOptions } from "./trace.ts";
import { mapTree, type Numbers, type NumbersIn, type Tree, type Values } from "./tree.ts";

/** A tree like Y with a tree like X in place of each scalar. */
export type JacobianOf<Y, X> = Tree extends Y
  ? unknown
  : Y extends Scalar
    ? X
    : { [Key in keyof Y]: JacobianOf<Y[Key], X> };

/** `x => J(x)`: for each scalar of f(x), its gradient in the structure of x. */
export interface Jacobian<X, Y, Rest extends unknown[] = []> {
  (x: NumbersIn<X>, ...rest: Rest): JacobianOf<Y, Numbers<X>>;
  (x: Values<X>, ...rest: Rest): JacobianOf<Y, Values<X>>;
}

/** Which way to go through the graph, and what to do about inputs without influence. */
export interface JacobianOptions extends UnconnectedOptions {
  /** `forward` costs one sweep per input, `reverse` one per output; by default the fewer. */
  readonly mode?: "forward" | "reverse";
}

/**
 * The Jacobian `∂f/∂x`: for each scalar that f returns, its gradient in the structure of x. For arrays in and out, the
 * matrix with one row per output and one column per input.
 *
 * @param f - takes Values in the structure of x, returns scalars in any structure; further arguments stay as they are
 * @returns a function of x and the further arguments
 * @throws TypeError if anything but scalars is given or returned; RangeError if no result depends on some input
 * @example jacobian(([x, y]: [Value, Value]) => [x.mul(y), y.square()])([2, 3]) // [[3, 2], [0, 6]]
 */
export function jacobian<X, Y, Rest extends unknown[]>(
  f: (x: X, ...rest: Rest) => Y,
  options?: JacobianOptions,
): Jacobian<X, Y, Rest>;
export function jacobian(f: unknown, options: JacobianOptions = {}): unknown {
  checkTransform("jacobian", f, options, ["mode", "unconnected"]);
  return jacobianBy("jacobian", f, options);
}

function jacobianBy(caller: string, f: unknown, options: JacobianOptions): (...args: unknown[]) => unknown {
  const { mode, unconnected = "error" } = options;
  return (...args) => {
    const traced = trace(caller, f, 0, args);
    checkConnected(caller, traced, unconnected);
    const { inputs, result, outputs, asGraph, likeInputs } = traced;
    const forward = mode === undefined ? inputs.length < outputs.length : mode === "forward";
    const rows = (forward ? byColumns : byRows)(inputs, outputs, asGraph);
    let next = 0;
    return mapTree(
      result,
      () => likeInputs(rows[next++]!.map((entry) => settle(entry, asGraph))),
      caller,
      "",
    );
  };
}

function byRows(inputs: readonly Value[], outputs: readonly Scalar[], asGraph: boolean): Scalar[][] {
  return outputs.map((output) => {
    if (!(output instanceof Value)) return inputs.map(() => 0);
    return pullback([output], [1], inputs, asGraph).map((entry) => entry ?? 0);
  });
}

function byColumns(inputs: readonly Value[], outputs: readonly Scalar[], asGraph: boolean): Scalar[][] {
  const axes = inputs.map((_, j) => inputs.map((__, i) => (i === j ? 1 : 0)));
  const columns = pushforwardAll(outputs, inputs, axes, asGraph);
  return outputs.map((_, i) => columns.map((column) => column[i]!));
}

/** `x => H(x)`: a tree like x of trees like x. */
export interface Hessian<X, Rest extends unknown[] = []> {
  (x: NumbersIn<X>, ...rest: Rest): JacobianOf<X, Numbers<X>>;
  (x: Values<X>, ...rest: Rest): JacobianOf<X, Values<X>>;
}

/**
 * The Hessian `∂²f/∂x²` of a scalar function: the Jacobian of its gradient, forward over reverse.
 *
 * @param f - takes Values in the structure of x and returns one scalar; further arguments stay as they are
 * @returns a function of x and the further arguments; for an array of n, the n × n matrix
 * @throws as {@link grad}
 * @example hessian(([x, y]: [Value, Value]) => x.square().mul(y))([2, 3]) // [[6, 4], [4, 0]]
 */
export function hessian<X, Rest extends unknown[]>(
  f: (x: X, ...rest: Rest) => Scalar,
  options?: UnconnectedOptions,
): Hessian<X, Rest>;
export function hessian(f: (x: Value) => Scalar, options: UnconnectedOptions = {}): unknown {
  checkTransform("hessian", f, options, ["unconnected"]);
  const both = differentiate("hessian", f, options);
  // An input in which f is linear has no part in the gradient, and second derivatives of 0.
  return jacobianBy("hessian", (...args: unknown[]) => both(...args)[1], {
    mode: "forward",
    unconnected: "zero",
  });
}
