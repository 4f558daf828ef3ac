import type { Running } from "../../contender.ts";
import { TINY_STEP, tinyAt } from "../../problems/vectors.ts";

export function setup(): Running {
  let [x] = tinyAt;
  const [, y] = tinyAt;
  const out = new Float64Array(3);
  function differentiate(): Float64Array {
    out[0] = x * y + Math.sin(x);
    out[1] = y + Math.cos(x);
    out[2] = x;
    return out;
  }
  return {
    step() {
      x += TINY_STEP;
      return differentiate()[0]!;
    },
    results: differentiate,
  };
}
