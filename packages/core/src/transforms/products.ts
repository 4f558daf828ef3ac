import { type Scalar, Value } from "../value.ts";
import { differentiate } from "./grad.ts";
import { pullback } from "./pullback.ts";
import { pushforward } from "./pushforward.ts";
import {
  checkConnected,
  checkTransform,
  connected,
  settle,
  trace,
  type Unconnected,
  type UnconnectedOptions,
} from "./trace.ts";
import { leavesLike, mapTree, type Numbers, type NumbersIn, type Values } from "./tree.ts";

/** `(x, v) => [f(x), J(x) v]`. */
export interface JacobianVectorProduct<X, Y, Rest extends unknown[] = []> {
  (x: NumbersIn<X>, tangent: NumbersIn<X>, ...rest: Rest): [value: Numbers<Y>, derivative: Numbers<Y>];
  (x: Values<X>, tangent: Values<X> | NumbersIn<X>, ...rest: Rest): [value: Values<Y>, derivative: Values<Y>];
}

/** `(x, u) => [f(x), J(x)ᵀ u]`. */
export interface VectorJacobianProduct<X, Y, Rest extends unknown[] = []> {
  (x: NumbersIn<X>, weights: NumbersIn<Y>, ...rest: Rest): [value: Numbers<Y>, gradient: Numbers<X>];
  (x: Values<X>, weights: Values<Y> | NumbersIn<Y>, ...rest: Rest): [value: Values<Y>, gradient: Values<X>];
}

/** `(x, v) => H(x) v`. */
export interface HessianVectorProduct<X, Rest extends unknown[] = []> {
  (x: NumbersIn<X>, tangent: NumbersIn<X>, ...rest: Rest): Numbers<X>;
  (x: Values<X>, tangent: Values<X> | NumbersIn<X>, ...rest: Rest): Values<X>;
}

/**
 * Forward mode: the Jacobian-vector product `J(x) v`, the derivative of f at x in direction v, with the value.
 *
 * @param f - takes Values in the structure of x, returns scalars in any structure; further arguments stay as they are
 * @returns a function of x, a tangent in the structure of x, and the further arguments
 * @throws TypeError if anything but scalars is given or returned; RangeError if the tangent is not like x, or no result
 * depends on some input (unless `unconnected: "zero"`)
 * @example jvp(([x, y]: [Value, Value]) => x.mul(y))([2, 3], [1, 0]) // [6, 3]
 * @see Griewank & Walther (2008), Evaluating Derivatives, §3.1
 */
export function jvp<X, Y, Rest extends unknown[]>(
  f: (x: X, ...rest: Rest) => Y,
  options?: UnconnectedOptions,
): JacobianVectorProduct<X, Y, Rest>;
export function jvp(f: unknown, options: UnconnectedOptions = {}): unknown {
  checkTransform("jvp", f, options, ["unconnected"]);
  return jvpBy("jvp", f, options.unconnected ?? "error");
}

function jvpBy(
  caller: string,
  f: unknown,
  unconnected: Unconnected,
): (x: unknown, tangent: unknown, ...rest: unknown[]) => [unknown, unknown] {
  return (x, tangent, ...rest) => {
    const traced = trace(caller, f, 0, [x, ...rest]);
    checkConnected(caller, traced, unconnected);
    const { inputs, result, outputs, asGraph } = traced;
    const directions = leavesLike(x, tangent, caller, "the tangent");
    const inGraph = asGraph || directions.some((direction) => direction instanceof Value);
    const derivatives = pushforward(outputs, inputs, directions, inGraph);
    return [like(result, outputs, inGraph), like(result, derivatives, inGraph)];
  };
}

/**
 * Reverse mode: the vector-Jacobian product `J(x)ᵀ u`, with the value. `u` = 1 gives the gradient of a scalar f.
 *
 * @param f - takes Values in the structure of x, returns scalars in any structure; further arguments stay as they are
 * @returns a function of x, weights u in the structure of f(x), and the further arguments
 * @throws TypeError if anything but scalars is given or returned; RangeError if the weights are not like f(x)
 * @example vjp(([x, y]: [Value, Value]) => [x.mul(y), x])([2, 3], [1, 10]) // [[6, 2], [13, 2]]
 * @see Griewank & Walther (2008), Evaluating Derivatives, §3.2
 */
export function vjp<X, Y, Rest extends unknown[]>(
  f: (x: X, ...rest: Rest) => Y,
  options?: UnconnectedOptions,
): VectorJacobianProduct<X, Y, Rest>;
export function vjp(f: unknown, options: UnconnectedOptions = {}): unknown {
  checkTransform("vjp", f, options, ["unconnected"]);
  return (x: unknown, weights: unknown, ...rest: unknown[]) => {
    const traced = trace("vjp", f, 0, [x, ...rest]);
    const { inputs, result, outputs, asGraph, likeInputs } = traced;
    const given = leavesLike(result, weights, "vjp", "the weights");
    const inGraph = asGraph || given.some((weight) => weight instanceof Value);
    const nodes: Value[] = [];
    const nodeWeights: Scalar[] = [];
    outputs.forEach((output, i) => {
      if (!(output instanceof Value)) return;
      nodes.push(output);
      nodeWeights.push(given[i]!);
    });
    const found = pullback(nodes, nodeWeights, inputs, inGraph);
    const gradient = connected("vjp", found, traced, options.unconnected ?? "error");
    return [like(result, outputs, inGraph), likeInputs(gradient.map((entry) => settle(entry, inGraph)))];
  };
}

/**
 * The Hessian-vector product `H(x) v` of a scalar function, forward over reverse: about the cost of two gradients.
 *
 * @param f - takes Values in the structure of x and returns one scalar; further arguments stay as they are
 * @returns a function of x, a direction in the structure of x, and the further arguments
 * @throws as {@link grad} and {@link jvp}
 * @example hvp(([x, y]: [Value, Value]) => x.square().mul(y))([2, 3], [1, 0]) // [6, 4]
 * @see Pearlmutter (1994), Neural Computation 6(1)
 */
export function hvp<X, Rest extends unknown[]>(
  f: (x: X, ...rest: Rest) => Scalar,
  options?: UnconnectedOptions,
): HessianVectorProduct<X, Rest>;
export function hvp(f: (x: Value) => Scalar, options: UnconnectedOptions = {}): unknown {
  checkTransform("hvp", f, options, ["unconnected"]);
  const both = differentiate("hvp", f, options);
  const product = jvpBy("hvp", (...args: unknown[]) => both(...args)[1], "zero");
  return (x: unknown, tangent: unknown, ...rest: unknown[]) => product(x, tangent, ...rest)[1];
}

/** A tree of the structure of `tree` with the entries given, in the graph or as numbers. */
function like(tree: unknown, entries: readonly Scalar[], asGraph: boolean): unknown {
  let next = 0;
  return mapTree(tree, () => settle(entries[next++]!, asGraph), "", "");
}
