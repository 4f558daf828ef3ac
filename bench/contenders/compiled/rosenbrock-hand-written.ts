import type { Running } from "../../contender.ts";
import { rosenbrockAt } from "../../problems/vectors.ts";

export function setup(): Running {
  const x = rosenbrockAt;
  const gradient = new Float64Array(x.length);
  function step(): number {
    let sum = 0;
    gradient[0] = 0;
    for (let i = 0; i < x.length - 1; i++) {
      const a = x[i + 1]! - x[i]! * x[i]!;
      const b = 1 - x[i]!;
      sum += 100 * a * a + b * b;
      gradient[i]! += -400 * a * x[i]! - 2 * b;
      gradient[i + 1] = 200 * a;
    }
    return sum;
  }
  return { step, results: () => [step(), ...gradient] };
}
