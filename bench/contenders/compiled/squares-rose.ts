import { fn, mul, Real, sum, Vec } from "rose";
import type { Running } from "../../contender.ts";
import { squaresAt } from "../../problems/vectors.ts";
import { valueAndGradient, valuesOf } from "./rose-functions.ts";

const X = Vec(squaresAt.length, Real);

export async function setup(): Promise<Running> {
  const kernel = await valueAndGradient(
    fn([X], Real, (x) => sum(squaresAt.length, (i) => mul(x[i]!, x[i]!))),
    squaresAt.length,
  );
  const x = [...squaresAt];
  return { step: () => kernel(x).value, results: () => valuesOf(kernel(x)) };
}
