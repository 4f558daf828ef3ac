import type { Running } from "../../contender.ts";
import { rosenbrockAt } from "../../problems/vectors.ts";

export function setup(): Running {
  const x = rosenbrockAt;
  const n = x.length;
  const hessian = new Float64Array(n * n);
  function step(): number {
    hessian.fill(0);
    for (let i = 0; i < n - 1; i++) {
      hessian[i * n + i]! += 1200 * x[i]! * x[i]! - 400 * x[i + 1]! + 2;
      hessian[i * n + i + 1] = hessian[(i + 1) * n + i] = -400 * x[i]!;
      hessian[(i + 1) * n + i + 1] = 200;
    }
    return hessian[0]!;
  }
  return { step, results: () => [step(), ...hessian] };
}
