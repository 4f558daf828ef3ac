import { Random } from "@chainrule/nn";

const random = new Random(4);

function uniform(count: number, from: number, to: number): Float64Array {
  return Float64Array.from({ length: count }, () => random.uniform(from, to));
}

/** Where the gradient of the sum of squares is taken. */
export const squaresAt: Float64Array = uniform(1000, -1, 1);
/** Where Rosenbrock's function is differentiated. */
export const rosenbrockAt: Float64Array = uniform(100, -1, 1);
/** Where xy + sin x is. */
export const tinyAt: readonly [x: number, y: number] = [0.7, -1.3];
/** Added to x in each step, so that no engine can keep the answer. */
export const TINY_STEP = 1e-12;
