import { add, fn, mul, Real, sub, Vec } from "rose";
import type { Running } from "../../contender.ts";
import { rosenbrockAt } from "../../problems/vectors.ts";
import { valueAndGradient, valuesOf } from "./rose-functions.ts";

export const X = Vec(rosenbrockAt.length, Real);

/** Unrolled: rose has no i + 1 from one index to another in its loops. */
export const rosenbrock = fn([X], Real, (x) => {
  let total: Real = 0;
  for (let i = 0; i < rosenbrockAt.length - 1; i++) {
    const a = sub(x[i + 1]!, mul(x[i]!, x[i]!));
    const b = sub(1, x[i]!);
    total = add(total, add(mul(100, mul(a, a)), mul(b, b)));
  }
  return total;
});

export async function setup(): Promise<Running> {
  const kernel = await valueAndGradient(rosenbrock, rosenbrockAt.length);
  const x = [...rosenbrockAt];
  return { step: () => kernel(x).value, results: () => valuesOf(kernel(x)) };
}
