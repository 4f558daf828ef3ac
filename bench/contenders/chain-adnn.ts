import ad from "adnn/ad/index.js";

interface Lifted {
  dx: number;
  backprop(): void;
}

const { add, mul } = ad.scalar as Record<"add" | "mul", (a: unknown, b: unknown) => Lifted>;

/** A chain of this many nodes, swept; returns its end. */
export function setup(nodes: number): Lifted {
  const x = ad.lift(1.5) as Lifted;
  let y = x;
  for (let i = 0; i < nodes; i++) y = i % 2 === 0 ? mul(y, 0.999) : add(y, 0.001);
  y.backprop();
  if (!(x.dx >= 0)) throw new Error("wrong gradient");
  return y;
}
