import { add, mul, square, sub, type Value, zeroGrad } from "@chainrule/core";
import type { Optimiser } from "../../src/index.ts";

/** Rosenbrock's valley, `Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²`; lowest, 0, where all are 1. */
export function rosenbrock(xs: readonly Value[]): Value {
  const terms = xs
    .slice(1)
    .map((next, i) => add(mul(100, square(sub(next, square(xs[i]!)))), square(sub(1, xs[i]!))));
  return terms.reduce((a, b) => add(a, b));
}

/** `(4x² + 3y² + z²)/2 + xy − yz/2 − x + 2z`. */
export function quadratic([x, y, z]: readonly Value[]): Value {
  const squares = add(add(mul(2, square(x!)), mul(1.5, square(y!))), mul(0.5, square(z!)));
  return add(squares, add(sub(mul(x!, y!), mul(0.5, mul(y!, z!))), sub(mul(2, z!), x!)));
}

/** What an optimiser asks for: the gradients at the present parameters, and the loss. */
export function evaluation(f: (xs: readonly Value[]) => Value, xs: readonly Value[]): () => number {
  return () => {
    zeroGrad(xs);
    const loss = f(xs);
    loss.backward();
    return loss.data;
  };
}

/** The points after each of n steps. */
export function descend(
  optimiser: Optimiser,
  f: (xs: readonly Value[]) => Value,
  xs: readonly Value[],
  n: number,
): number[][] {
  const evaluate = evaluation(f, xs);
  return Array.from({ length: n }, () => {
    evaluate();
    optimiser.step(xs, evaluate);
    return xs.map((x) => x.data);
  });
}
