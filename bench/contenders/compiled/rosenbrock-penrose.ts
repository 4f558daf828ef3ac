import { add, addN, mul, squared, sub } from "@penrose/core/dist/engine/AutodiffFunctions";
import type { Running } from "../../contender.ts";
import { rosenbrockAt } from "../../problems/vectors.ts";
import { gradientOf, type Num } from "./penrose.ts";

const rosenbrock = (xs: readonly Num[]): Num =>
  addN(
    xs.slice(1).map((next, i) => {
      const a = sub(next, squared(xs[i]!));
      return add(mul(100, squared(a)), squared(sub(1, xs[i]!)));
    }),
  );

export const setup = (): Promise<Running> => gradientOf((xs) => [rosenbrock(xs)], rosenbrockAt);
