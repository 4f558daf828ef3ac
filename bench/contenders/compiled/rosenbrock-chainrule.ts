import { add, compile, mul, type Scalar, square, sub, sum, valueAndGrad } from "@chainrule/core";
import type { Running } from "../../contender.ts";
import { rosenbrockAt } from "../../problems/vectors.ts";

/** Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², by a plain loop of JavaScript. */
export const rosenbrock = (xs: readonly Scalar[]): Scalar =>
  sum(xs.slice(1).map((next, i) => add(mul(100, square(sub(next, square(xs[i]!)))), square(sub(1, xs[i]!)))));

export function setup(): Running {
  const kernel = compile(valueAndGrad(rosenbrock));
  return {
    step: () => kernel.view(rosenbrockAt)[0]!,
    results: () => kernel.view(rosenbrockAt),
  };
}
