import { compile, type Scalar, square, sum, valueAndGrad } from "@chainrule/core";
import type { Running } from "../../contender.ts";
import { squaresAt } from "../../problems/vectors.ts";

const f = (xs: readonly Scalar[]) => sum(xs, (x) => square(x));

export function setup(): Running {
  const kernel = compile(valueAndGrad(f));
  const out = new Float64Array(1 + squaresAt.length);
  return {
    step: () => kernel.into(out, squaresAt)[0]!,
    results: () => kernel.into(out, squaresAt),
  };
}
