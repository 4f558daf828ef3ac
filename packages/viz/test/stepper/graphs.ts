import { add, div, dot, exp, log, mul, type Scalar, tanh, type Value, value, where } from "@chainrule/core";
import { binaryCrossEntropyWithLogits, MLP, meanSquaredError } from "@chainrule/nn";
import fc from "fast-check";
import { diamond, neuron, square } from "../graphs.ts";

/** The loss of an XOR network over its four rows, the weights as they fall. */
export function xor(): Value {
  const network = new MLP(2, [4, 1], { seed: 1 });
  const rows = [0, 1, 2, 3].map((row) => [row >> 1, row & 1] as const);
  const losses = rows.map(([p, q]) => binaryCrossEntropyWithLogits(network([p, q])[0]!, p ^ q));
  return div(losses.reduce(add), 4);
}

/** Nodes of many uses, so that sums of three and more gradients round as the engine rounds them. */
export function woven(size: number): Value {
  const nodes: Value[] = [0.3, -1.1, 0.7].map((x, i) => value(x, `x${i}`));
  for (let i = 3; i < size; i++) {
    const [a, b] = [nodes[i - 1]!, nodes[(i * 7919) % i]!];
    nodes.push(i % 3 === 0 ? tanh(add(a, b)) : i % 3 === 1 ? mul(a, b) : add(a, b));
  }
  return nodes.at(-1)!;
}

/** A network of three layers with its loss over some rows: 534 nodes for 12. */
export function network(rowCount = 12): Value {
  const predict = new MLP(3, [4, 4, 1], { seed: 1 });
  const rows = Array.from({ length: rowCount }, (_, i) => [i / 3, Math.sin(i), Math.cos(i)]);
  return meanSquaredError(
    rows.map((row) => predict(row)[0]!),
    rows.map(([target]) => target!),
  );
}

export const graphs: Readonly<Record<string, () => Value>> = {
  diamond,
  x·x: square,
  neuron,
  "an XOR network": xor,
  "500 nodes": network,
};

/** Where numbers stop being ordinary. */
export const strange: Readonly<Record<string, () => Value>> = {
  "a leaf": () => value(2, "x"),
  "log 0": () => mul(log(value(0, "x")), 2),
  "0 · log 0": () => mul(log(value(0, "x")), value(0, "w")),
  "NaN in": () => mul(value(Number.NaN, "x"), value(3, "y")),
  "∞ − ∞": () => value(1e308, "x").mul(10).sub(value(1e308, "y").mul(10)),
  "a gradient of −0 in an operation": () => mul(exp(mul(value(-1, "x"), 1)), value(-0, "w")),
  "a branch not taken that is infinite": () => {
    const x = value(0, "x");
    return where(value(0, "c"), log(x), mul(x, 3));
  },
  "an adjoint of 0 onto a derivative of ∞": () => mul(value(0, "x").sqrt(), value(0, "w")),
  "a dot whose adjoint is 0": () => {
    const [x, y] = [value(2, "x").exp(), value(3, "y").exp()];
    const inner = dot([x, y, x], [y, x, 2]);
    return add(mul(inner, 0), add(mul(x, 1e-17), add(mul(y, 3), mul(x, y))));
  },
  "uses outside the graph": () => {
    const x = value(0.1, "x");
    const h = x.exp();
    h.mul(5);
    const k = h.mul(0.3);
    const sum = add(mul(k, 0.1), add(mul(h, 0.7), add(mul(k, h), mul(tanh(h), 1e-9))));
    k.sin();
    return sum;
  },
};

/** A recipe of a graph: for each operation which one, and its operands among the nodes before it. */
export const recipe = fc.record({
  leaves: fc.array(
    fc.oneof(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    ),
    { minLength: 1, maxLength: 4 },
  ),
  steps: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.boolean()), { maxLength: 30 }),
});

/** Makes the graph; operations that the last one does not use stay as uses outside of its graph. */
export function fromRecipe({
  leaves,
  steps,
}: typeof recipe extends fc.Arbitrary<infer T> ? T : never): Value {
  const nodes = leaves.map((data, i) => value(data, `x${i}`));
  for (const [kind, first, second, isConstant] of steps) {
    const a = nodes[first % nodes.length]!;
    const b: Scalar = isConstant ? 2 : nodes[second % nodes.length]!;
    const made = [
      () => add(a, b),
      () => mul(a, b),
      () => tanh(a),
      () => div(a, b),
      () => where(a.greater(b), a, b),
      () => dot([a, a, a], [b, a, 0.5]),
      () => a.max(b),
      () => log(a),
    ][kind % 8]!();
    nodes.push(made);
  }
  return nodes.at(-1)!;
}
