import { compile, type Value, valueAndGrad } from "@chainrule/core";
import type { Running } from "../../contender.ts";
import { TINY_STEP, tinyAt } from "../../problems/vectors.ts";

const f = ([x, y]: readonly Value[]) => x!.mul(y!).add(x!.sin());

/** The same from Float64Array to Float64Array. */
export function setup(): Running {
  const kernel = compile(valueAndGrad(f));
  const at = Float64Array.from(tinyAt);
  const out = new Float64Array(3);
  return {
    step() {
      at[0]! += TINY_STEP;
      return kernel.into(out, at)[0]!;
    },
    results: () => kernel.into(out, at),
  };
}
