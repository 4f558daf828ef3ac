import { jit, type Array as NumpyArray, numpy as np, valueAndGrad } from "@jax-js/jax";
import type { Running } from "../../contender.ts";
import { TINY_STEP, tinyAt } from "../../problems/vectors.ts";
import { float64 } from "./jax.ts";

const f = (x: NumpyArray, y: NumpyArray) => x.ref.mul(y).add(np.sin(x));

export function setup(): Running {
  const kernel = jit(valueAndGrad(f, { argnums: [0, 1] }));
  let [x] = tinyAt;
  const [, y] = tinyAt;
  function call(): number[] {
    const [value, gradient] = kernel(float64(x), float64(y));
    return [value, ...gradient].map((result) => result.dataSync()[0]!);
  }
  return {
    step() {
      x += TINY_STEP;
      return call()[0]!;
    },
    results: call,
  };
}
