import { type Array as NumpyArray, numpy as np } from "@jax-js/jax";
import type { Running } from "../../contender.ts";
import { squaresAt } from "../../problems/vectors.ts";
import { gradientOf } from "./jax.ts";

export const setup = (): Running => gradientOf((x: NumpyArray) => np.square(x).sum(), squaresAt);
