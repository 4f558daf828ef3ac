import { add, fn, mul, Real, Vec } from "rose";
import type { Running } from "../../contender.ts";
import { TINY_STEP, tinyAt } from "../../problems/vectors.ts";
import { sin, valueAndGradient, valuesOf } from "./rose-functions.ts";

const X = Vec(2, Real);

export async function setup(): Promise<Running> {
  const kernel = await valueAndGradient(
    fn([X], Real, ([x, y]) => add(mul(x!, y!), sin(x!))),
    2,
  );
  const at = [...tinyAt];
  return {
    step() {
      at[0]! += TINY_STEP;
      return kernel(at).value;
    },
    results: () => valuesOf(kernel(at)),
  };
}
