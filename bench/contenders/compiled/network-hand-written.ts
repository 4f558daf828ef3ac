import { flatten, type Running } from "../../contender.ts";
import { type NetworkProblem, networks } from "../../problems/networks.ts";

/** One layer over Float64Arrays, with what it keeps between forward and backward. */
class Dense {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly weightGradients: Float64Array;
  readonly biasGradients: Float64Array;
  readonly activations: Float64Array;
  /** ∂loss/∂z, z the sums before activation. */
  readonly deltas: Float64Array;

  constructor(weights: readonly (readonly number[])[], biases: readonly number[]) {
    this.inputs = weights[0]!.length;
    this.outputs = weights.length;
    this.weights = Float64Array.from(weights.flat());
    this.biases = Float64Array.from(biases);
    this.weightGradients = new Float64Array(this.weights.length);
    this.biasGradients = new Float64Array(this.outputs);
    this.activations = new Float64Array(this.outputs);
    this.deltas = new Float64Array(this.outputs);
  }

  forward(x: Float64Array): void {
    const { inputs, outputs, weights, biases, activations } = this;
    for (let o = 0; o < outputs; o++) {
      let sum = biases[o]!;
      for (let i = 0; i < inputs; i++) sum += weights[o * inputs + i]! * x[i]!;
      activations[o] = sum;
    }
  }

  backward(x: Float64Array, below: Float64Array | undefined): void {
    const { inputs, outputs, weights, weightGradients, biasGradients, deltas } = this;
    below?.fill(0);
    for (let o = 0; o < outputs; o++) {
      const d = deltas[o]!;
      biasGradients[o]! += d;
      for (let i = 0; i < inputs; i++) weightGradients[o * inputs + i]! += d * x[i]!;
      if (below) for (let i = 0; i < inputs; i++) below[i]! += d * weights[o * inputs + i]!;
    }
  }
}

const losses = {
  hinge(logits: Float64Array, target: Float64Array, deltas: Float64Array): number {
    const margin = 1 - target[0]! * logits[0]!;
    deltas[0] = margin > 0 ? -target[0]! : 0;
    return margin > 0 ? margin : 0;
  },
  "squared error"(y: Float64Array, target: Float64Array, deltas: Float64Array): number {
    const error = y[0]! - target[0]!;
    deltas[0] = 2 * error;
    return error * error;
  },
  "cross-entropy"(logits: Float64Array, target: Float64Array, deltas: Float64Array): number {
    const largest = logits.reduce((a, b) => (a > b ? a : b));
    let sum = 0;
    for (let k = 0; k < logits.length; k++) sum += deltas[k] = Math.exp(logits[k]! - largest);
    let loss = 0;
    for (let k = 0; k < logits.length; k++) {
      loss += target[k]! * (largest + Math.log(sum) - logits[k]!);
      deltas[k] = deltas[k]! / sum - target[k]!;
    }
    return loss;
  },
};

/** The work as a programmer writes it by hand in JavaScript. */
export function setup(work: string): Running {
  const problem: NetworkProblem = networks[work]!;
  const { decay, rate } = problem;
  const isRelu = problem.hidden === "relu";
  const lossOf = losses[problem.loss];
  const layers = problem.layers.map(({ weights, biases }) => new Dense(weights, biases));
  const inputs = problem.rows.map(({ input }) => Float64Array.from(input));
  const targets = problem.rows.map(({ target }) => Float64Array.from(target));
  const top = layers.length - 1;
  const blocks = layers.flatMap((layer) => [
    [layer.weights, layer.weightGradients] as const,
    [layer.biases, layer.biasGradients] as const,
  ]);

  function differentiate(): number {
    let total = 0;
    for (const [, gradients] of blocks) gradients.fill(0);
    for (let e = 0; e < inputs.length; e++) {
      let x: Float64Array = inputs[e]!;
      for (let l = 0; l <= top; l++) {
        layers[l]!.forward(x);
        x = layers[l]!.activations;
        if (l < top) activate(x);
      }
      total += lossOf(x, targets[e]!, layers[top]!.deltas);
      for (let k = 0; k < x.length; k++) layers[top]!.deltas[k]! /= inputs.length;
      for (let l = top; l > 0; l--) {
        const { activations, deltas } = layers[l - 1]!;
        layers[l]!.backward(activations, deltas);
        activateBack(activations, deltas);
      }
      layers[0]!.backward(inputs[e]!, undefined);
    }
    let squares = 0;
    if (decay === 0) return total / inputs.length;
    for (const [parameters, gradients] of blocks) {
      for (let i = 0; i < parameters.length; i++) {
        squares += parameters[i]! * parameters[i]!;
        gradients[i]! += 2 * decay * parameters[i]!;
      }
    }
    return total / inputs.length + decay * squares;
  }

  function activate(xs: Float64Array): void {
    if (isRelu) for (let i = 0; i < xs.length; i++) xs[i] = xs[i]! > 0 ? xs[i]! : 0;
    else for (let i = 0; i < xs.length; i++) xs[i] = Math.tanh(xs[i]!);
  }

  function activateBack(ys: Float64Array, deltas: Float64Array): void {
    if (isRelu) for (let i = 0; i < ys.length; i++) deltas[i] = ys[i]! > 0 ? deltas[i]! : 0;
    else for (let i = 0; i < ys.length; i++) deltas[i]! *= 1 - ys[i]! * ys[i]!;
  }

  return {
    step() {
      const loss = differentiate();
      if (rate > 0) {
        for (const [parameters, gradients] of blocks) {
          for (let i = 0; i < parameters.length; i++) parameters[i]! -= rate * gradients[i]!;
        }
      }
      return loss;
    },
    results: () => [differentiate(), ...blocks.flatMap(([, gradients]) => flatten(gradients))],
  };
}
