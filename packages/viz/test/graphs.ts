import { add, dot, greater, mul, tanh, type Value, value, where } from "@chainrule/core";
import type { NetworkLike } from "../src/index.ts";

/** tanh(x1·w1 + x2·w2 + b) with the numbers of micrograd's lecture: tanh' is exactly 1/2. */
export function neuron(): Value {
  const product1 = labelled(mul(value(2, "x1"), value(-3, "w1")), "x1·w1");
  const product2 = labelled(mul(value(0, "x2"), value(1, "w2")), "x2·w2");
  const n = labelled(add(add(product1, product2), value(6.881373587019543, "b")), "n");
  return labelled(tanh(n), "o");
}

/** x·x: one operand in both slots. */
export function square(): Value {
  const x = value(3, "x");
  return mul(x, x);
}

/** (x + 1)·(x − 2): two ways from x to the result. */
export function diamond(): Value {
  const x = value(3, "x");
  return mul(x.add(1), x.sub(2));
}

/** A condition, which gets no gradient, and a branch not taken, which gets 0. */
export function branch(): Value {
  const a = value(2, "a");
  const b = value(-1, "b");
  return mul(where(greater(a, b), a.square(), b.exp()), value(0.5));
}

function labelled(node: Value, label: string): Value {
  node.label = label;
  return node;
}

/** Makes it seem that a `backward()` reached a leaf with this gradient. */
export function giveGrad(leaf: Value, grad: number): void {
  leaf.backward();
  leaf.grad = grad;
}

/** tanh(w · x + b) with a dot of three pairs. */
export function dotNeuron(): Value {
  const [weights, inputs] = ["w", "x"].map((name) => [1, 2, 3].map((x, i) => value(x / 10, `${name}${i}`)));
  return tanh(add(dot(weights!, inputs!), value(0.5, "b")));
}

/** A network with numbers that look random and are the same every time; each grad between 1e-4 and 1. */
export function network(sizes: readonly number[], activation = "tanh", hasGradients = true): NetworkLike {
  let state = 1;
  const random = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const parameter = () => {
    const leaf = value(Number((random() * 2 - 1).toFixed(3)));
    if (hasGradients) giveGrad(leaf, Number(((random() - 0.5) * 10 ** (-4 * random())).toPrecision(6)));
    return leaf;
  };
  const neuronOf = (inputs: number, name: string) => ({
    weights: Array.from({ length: inputs }, parameter),
    bias: parameter(),
    activation: { name },
  });
  return {
    layers: sizes.slice(1).map((size, l) => ({
      neurons: Array.from({ length: size }, () =>
        neuronOf(sizes[l]!, l < sizes.length - 2 ? activation : "linear"),
      ),
    })),
  };
}
