import ad from "adnn/ad/index.js";
import { scalarStep } from "../problem.ts";

interface Lifted {
  x: number;
  dx: number;
  backprop(): void;
}

const { add, mul } = ad.scalar as Record<"add" | "mul", (a: unknown, b: unknown) => Lifted>;

export const setup = () =>
  scalarStep<Lifted>({
    leaf: (x) => ad.lift(x) as Lifted,
    input: (x) => x,
    add,
    addNumber: add,
    mul,
    relu: (a) => (a.x > 0 ? a : mul(a, 0)),
    backward: (loss) => loss.backprop(),
    data: (x) => x.x,
    update(parameter, rate) {
      parameter.x -= rate * parameter.dx;
      parameter.dx = 0;
    },
  });
