import { compile, type Value, valueAndGrad } from "@chainrule/core";
import type { Running } from "../../contender.ts";
import { TINY_STEP, tinyAt } from "../../problems/vectors.ts";

const f = ([x, y]: readonly [Value, Value]) => x.mul(y).add(x.sin());

export function setup(): Running {
  const kernel = compile(valueAndGrad(f));
  let [x] = tinyAt;
  const [, y] = tinyAt;
  return {
    step() {
      x += TINY_STEP;
      return kernel([x, y])[0];
    },
    results() {
      const [value, [dx, dy]] = kernel([x, y]);
      return [value, dx, dy];
    },
  };
}
