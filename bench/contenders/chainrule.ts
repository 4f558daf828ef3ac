import { type Value, value } from "@chainrule/core";
import { scalarStep } from "../problem.ts";

export const setup = () =>
  scalarStep<Value>({
    leaf: (x) => value(x),
    input: (x) => x,
    add: (a, b) => a.add(b),
    addNumber: (a, b) => a.add(b),
    mul: (a, b) => a.mul(b),
    relu: (a) => a.relu(),
    backward: (loss) => loss.backward(),
    data: (x) => x.data,
    update(parameter, rate) {
      parameter.data -= rate * parameter.grad;
      parameter.grad = 0;
    },
  });
