import {
  add,
  compile,
  dot,
  logsumexp,
  mean,
  mul,
  relu,
  type Scalar,
  square,
  sub,
  tanh,
  valueAndGrad,
} from "@chainrule/core";
import { flatten, type Running } from "../../contender.ts";
import { type NetworkProblem, networks } from "../../problems/networks.ts";
import { descend } from "./descend.ts";

type Layer = { readonly weights: readonly (readonly Scalar[])[]; readonly biases: readonly Scalar[] };
type Row = { readonly input: readonly Scalar[]; readonly target: readonly Scalar[] };

const losses = {
  hinge: ([logit]: readonly Scalar[], [target]: readonly Scalar[]) => relu(sub(1, mul(target!, logit!))),
  "squared error": ([y]: readonly Scalar[], [target]: readonly Scalar[]) => square(sub(y!, target!)),
  "cross-entropy": (logits: readonly Scalar[], target: readonly Scalar[]) =>
    sub(logsumexp(logits), dot(target, logits)),
};

/** The loss over all rows, of any problem. */
export function lossOf(problem: NetworkProblem): (layers: readonly Layer[], rows: readonly Row[]) => Scalar {
  const activate = problem.hidden === "relu" ? relu : tanh;
  const loss = losses[problem.loss];
  const network = (layers: readonly Layer[], input: readonly Scalar[]) =>
    layers.reduce((xs: readonly Scalar[], { weights, biases }, l) => {
      const sums = weights.map((row, o) => add(dot(row, xs), biases[o]!));
      return l < layers.length - 1 ? sums.map((x) => activate(x)) : sums;
    }, input);
  return (layers, rows) => {
    const fit = mean(rows, ({ input, target }) => loss(network(layers, input), target));
    if (problem.decay === 0) return fit;
    const parameters = layers.flatMap(({ weights, biases }) => [...weights.flat(), ...biases]);
    return add(fit, mul(problem.decay, dot(parameters, parameters)));
  };
}

/** Nested arrays in and out. */
export function setup(work: string): Running {
  const problem = networks[work]!;
  const { layers, rows, rate } = problem;
  const kernel = compile(valueAndGrad(lossOf(problem)));
  return {
    step() {
      const [loss, gradient] = kernel(layers, rows);
      if (rate > 0) descend(layers, gradient, rate);
      return loss;
    },
    results: () => flatten(kernel(layers, rows)),
  };
}
