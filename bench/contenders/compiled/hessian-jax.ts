import { hessian, jit } from "@jax-js/jax";
import type { Running } from "../../contender.ts";
import { rosenbrockAt } from "../../problems/vectors.ts";
import { float64 } from "./jax.ts";
import { rosenbrock } from "./rosenbrock-jax.ts";

export function setup(): Running {
  const kernel = jit(hessian(rosenbrock));
  const call = () => kernel(float64(rosenbrockAt)).dataSync() as Float64Array;
  return {
    step: () => call()[0]!,
    results() {
      const numbers = call();
      return [numbers[0]!, ...numbers];
    },
  };
}
