import { type Array as NumpyArray, numpy as np } from "@jax-js/jax";
import type { Running } from "../../contender.ts";
import { rosenbrockAt } from "../../problems/vectors.ts";
import { gradientOf } from "./jax.ts";

export function rosenbrock(x: NumpyArray): NumpyArray {
  const here = x.ref.slice([0, rosenbrockAt.length - 1]);
  const next = x.slice([1]);
  const a = next.sub(np.square(here.ref));
  const b = here.neg().add(1);
  return np.square(a).mul(100).add(np.square(b)).sum();
}

export const setup = (): Running => gradientOf(rosenbrock, rosenbrockAt);
