import { compile, hessian } from "@chainrule/core";
import type { Running } from "../../contender.ts";
import { rosenbrockAt } from "../../problems/vectors.ts";
import { rosenbrock } from "./rosenbrock-chainrule.ts";

export function setup(): Running {
  const kernel = compile(hessian(rosenbrock));
  const step = () => kernel.view(rosenbrockAt)[0]!;
  return { step, results: () => [step(), ...kernel.view(rosenbrockAt)] };
}
