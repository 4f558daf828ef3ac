import { add, mul, sin } from "@penrose/core/dist/engine/AutodiffFunctions";
import type { Running } from "../../contender.ts";
import { TINY_STEP, tinyAt } from "../../problems/vectors.ts";
import { gradientOf } from "./penrose.ts";

export const setup = (): Promise<Running> =>
  gradientOf(
    ([x, y]) => [add(mul(x!, y!), sin(x!))],
    tinyAt,
    (at) => {
      at[0]! += TINY_STEP;
    },
  );
