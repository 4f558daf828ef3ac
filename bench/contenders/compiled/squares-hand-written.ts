import type { Running } from "../../contender.ts";
import { squaresAt } from "../../problems/vectors.ts";

export function setup(): Running {
  const gradient = new Float64Array(squaresAt.length);
  function step(): number {
    let sum = 0;
    for (let i = 0; i < squaresAt.length; i++) {
      const x = squaresAt[i]!;
      sum += x * x;
      gradient[i] = 2 * x;
    }
    return sum;
  }
  return { step, results: () => [step(), ...gradient] };
}
