import { type Value, value } from "@chainrule/core";

/** A chain of this many nodes, swept; returns its end. */
export function setup(nodes: number): Value {
  const x = value(1.5);
  let y: Value = x;
  for (let i = 0; i < nodes; i++) y = i % 2 === 0 ? y.mul(0.999) : y.add(0.001);
  y.backward();
  if (!(x.grad >= 0)) throw new Error("wrong gradient");
  return y;
}
