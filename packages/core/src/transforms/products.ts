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
export interface JacobianVectorProduct<X, Y> {
  (x: NumbersIn<X>, tangent: NumbersIn<X>): [value: Numbers<Y>, derivative: Numbers<Y>];
  (x: Values<X>, tangent: Values<X> | NumbersIn<X>): [value: Values<Y>, derivative: Values<Y>];
}

/** `(x, u) => [f(x), J(x)ᵀ u]`. */
export interface VectorJacobianProduct<X, Y> {
  (x: NumbersIn<X>, weights: NumbersIn<Y>): [value: Numbers<Y>, gradient: Numbers<X>];
  (x: Values<X>, weights: Values<Y> | NumbersIn<Y>): [value: Values<Y>, gradient: Values<X>];
}

/** `(x, v) => H(x) v`. */
export interface HessianVectorProduct<X> {
  (x: NumbersIn<X>, tangent: NumbersIn<X>): Numbers<X>;
  (x: Values<X>, tangent: Values<X> | NumbersIn<X>): Values<X>;
}

/**
 * Forward mode: the Jacobian-vector product `J(x) v`, the derivative of f at x in direction v, with the value.
 *
 * @param f - takes Values in the structure of x, returns scalars in any structure
 * @returns a function of x and a tangent in the structure of x
 * @throws TypeError if anything but scalars is given or returned; RangeError if the tangent is not like x, or no result
 * depends on some input (unless `unconnected: "zero"`)
 * @example jvp(([x, y]: [Value, Value]) => x.mul(y))([2, 3], [1, 0]) // [6, 3]
 * @see Griewank & Walther (2008), Evaluating Derivatives, §3.1
 */
export function jvp<X, Y>(f: (x: X) => Y, options?: UnconnectedOptions): JacobianVectorProduct<X, Y>;
export function jvp(f: unknown, options: UnconnectedOptions = {}): unknown {
  checkTransform("jvp", f, options, ["unconnected"]);
  return jvpBy("jvp", f, options.unconnected ?? "error");
}

function jvpBy(
  caller: string,
  f: unknown,
  unconnected: Unconnected,
): (x: unknown, tangent: unknown) => [unknown, unknown] {
  return (x, tangent) => {
    const traced = trace(caller, f, 0, [x]);
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
 * @param f - takes Values in the structure of x, returns scalars in any structure
 * @returns a function of x and weights u in the structure of f(x)
 * @throws TypeError if anything but scalars is given or returned; RangeError if the weights are not like f(x)
 * @example vjp(([x, y]: [Value, Value]) => [x.mul(y), x])([2, 3], [1, 10]) // [[6, 2], [13, 2]]
 * @see Griewank & Walther (2008), Evaluating Derivatives, §3.2
 */
export function vjp<X, Y>(f: (x: X) => Y, options?: UnconnectedOptions): VectorJacobianProduct<X, Y>;
export function vjp(f: unknown, options: UnconnectedOptions = {}): unknown {
  checkTransform("vjp", f, options, ["unconnected"]);
  return (x: unknown, weights: unknown) => {
    const traced = trace("vjp", f, 0, [x]);
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
 * @param f - takes Values in the structure of x and returns one scalar
 * @returns a function of x and a direction in the structure of x
 * @throws as {@link grad} and {@link jvp}
 * @example hvp(([x, y]: [Value, Value]) => x.square().mul(y))([2, 3], [1, 0]) // [6, 4]
 * @see Pearlmutter (1994), Neural Computation 6(1)
 */
export function hvp<X>(f: (x: X) => Scalar, options?: UnconnectedOptions): HessianVectorProduct<X>;
export function hvp(f: (x: Value) => Scalar, options: UnconnectedOptions = {}): unknown {
  checkTransform("hvp", f, options, ["unconnected"]);
  const both = differentiate("hvp", f, options);
  const product = jvpBy("hvp", (x: unknown) => both(x)[1], "zero");
  return (x: unknown, tangent: unknown) => product(x, tangent)[1];
}

/** A tree of the structure of `tree` with the entries given, in the graph or as numbers. */
function like(tree: unknown, entries: readonly Scalar[], asGraph: boolean): unknown {
  let next = 0;
  return mapTree(tree, () => settle(entries[next++]!, asGraph), "", "");
}
