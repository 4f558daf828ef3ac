import { compile, fn, ieq, Real, select, Vec, vec, vjp } from "rose";
import { flatten, type Running } from "../../contender.ts";
import { rosenbrockAt } from "../../problems/vectors.ts";
import { rosenbrock, X } from "./rosenbrock-rose.ts";

/** As its documentation has it: a row for each direction, backward through the gradient. */
export async function setup(): Promise<Running> {
  const n = rosenbrockAt.length;
  const gradient = fn([X], X, (x) => vjp(rosenbrock)(x).grad(1));
  const hessian = fn([X], Vec(n, X), (x) => {
    const { grad } = vjp(gradient)(x);
    return vec(n, X, (i) => grad(vec(n, Real, (j) => select(ieq(n, i, j), Real, 1, 0))));
  });
  const kernel = (await compile(hessian)) as unknown as (x: number[]) => number[][];
  const x = [...rosenbrockAt];
  return {
    step: () => kernel(x)[0]![0]!,
    results() {
      const numbers = flatten(kernel(x));
      return [numbers[0]!, ...numbers];
    },
  };
}
