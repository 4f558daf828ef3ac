import { jit, type Array as NumpyArray, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import type { Running } from "../../contender.ts";
import { networks } from "../../problems/networks.ts";
import { float64 } from "./jax.ts";

type Layer = { weights: NumpyArray; biases: NumpyArray };

const losses = {
  hinge: (logits: NumpyArray, targets: NumpyArray) => nn.relu(logits.mul(targets).neg().add(1)),
  "squared error": (y: NumpyArray, targets: NumpyArray) => np.square(y.sub(targets)),
  "cross-entropy": (logits: NumpyArray, targets: NumpyArray) =>
    nn.logSoftmax(logits).mul(targets).sum(1).neg(),
};

/** All rows at once: products of matrices. */
export function setup(work: string): Running {
  const problem = networks[work]!;
  const { hidden, loss, decay, rate } = problem;
  const activate = hidden === "relu" ? nn.relu : np.tanh;
  const parameters = problem.layers.map(({ weights, biases }) => ({
    weights: float64(weights),
    biases: float64(biases),
  }));
  const inputs = float64(problem.rows.map(({ input }) => input));
  const targets = float64(problem.rows.map(({ target }) => target));

  const total = (layers: Layer[], xs: NumpyArray, ys: NumpyArray) => {
    const outputs = layers.reduce((x, { weights, biases }, l) => {
      const sums = np.matmul(x, weights.ref.transpose()).add(biases.ref);
      return l < layers.length - 1 ? activate(sums) : sums;
    }, xs);
    const fit = losses[loss](outputs, ys).mean();
    if (decay === 0) {
      tree.dispose(layers);
      return fit;
    }
    const squares = layers
      .flatMap(({ weights, biases }) => [np.square(weights).sum(), np.square(biases).sum()])
      .reduce((a, b) => a.add(b));
    return fit.add(squares.mul(decay));
  };
  const both = jit(valueAndGrad(total));
  const step = jit((layers: Layer[], xs: NumpyArray, ys: NumpyArray) => {
    const [value, gradient] = valueAndGrad(total)(tree.ref(layers), xs, ys);
    const updated = layers.map(({ weights, biases }, l) => ({
      weights: weights.sub(gradient[l]!.weights.mul(rate)),
      biases: biases.sub(gradient[l]!.biases.mul(rate)),
    }));
    return [value, updated] as [NumpyArray, Layer[]];
  });

  let layers: Layer[] = parameters;
  return {
    step() {
      if (rate > 0) {
        const [value, updated] = step(layers, inputs.ref, targets.ref);
        layers = updated;
        return value.dataSync()[0]!;
      }
      const [value, gradient] = both(tree.ref(layers), inputs.ref, targets.ref);
      for (const { weights, biases } of gradient) {
        weights.dataSync();
        biases.dataSync();
      }
      return value.dataSync()[0]!;
    },
    results() {
      const [value, gradient] = both(tree.ref(layers), inputs.ref, targets.ref);
      const numbers = gradient.flatMap(({ weights, biases }) => [
        ...weights.dataSync(),
        ...biases.dataSync(),
      ]);
      return [value.dataSync()[0]!, ...numbers];
    },
  };
}
