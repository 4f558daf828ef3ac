import adjs from "ad.js";
import { scalarStep } from "../problem.ts";

interface Tape {
  primal: number;
  sensitivity: number;
  fanout: number;
}

type Binary = (a: Tape | number, b: Tape | number) => Tape;

// The fastest mode it has: reverse only, first derivatives only.
const ad = adjs({ mode: "r", noHigher: true }) as {
  add: Binary;
  mul: Binary;
  tapify(x: number): Tape;
  yGradientR(y: Tape): void;
};

export const setup = () =>
  scalarStep<Tape>({
    leaf: (x) => ad.tapify(x),
    input: (x) => x,
    add: ad.add,
    addNumber: ad.add,
    mul: ad.mul,
    relu: (a) => (a.primal > 0 ? a : ad.mul(a, 0)),
    backward: (loss) => ad.yGradientR(loss),
    data: (x) => x.primal,
    update(parameter, rate) {
      parameter.primal -= rate * parameter.sensitivity;
      parameter.sensitivity = 0;
    },
  });
