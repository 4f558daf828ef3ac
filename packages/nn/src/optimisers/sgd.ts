import type { Value } from "@chainrule/core";
import { checkNumber, checkOptions } from "./check.ts";

/** Moves parameters by their gradients. What it remembers of a parameter, it keeps itself. */
export interface Optimiser {
  /** Changes `data` of each parameter by what its `grad` says. */
  step(parameters: readonly Value[]): void;
}

export interface SGDOptions {
  /** η, a finite number ≥ 0. */
  readonly learningRate: number;
  /** μ, from 0 to less than 1; 0 unless told. */
  readonly momentum?: number;
}

/**
 * Gradient descent with momentum: `v ← μv + g; p ← p − ηv`, v = 0 at first.
 *
 * η multiplies v, as in PyTorch, so a changed rate acts on all of the velocity at once. With μ = 0 it is plain gradient
 * descent; it is stochastic when g comes from a batch of the examples.
 *
 * @throws TypeError or RangeError for a rate or momentum outside its range, or an unknown option
 * @example new SGD({ learningRate: 0.1 }).learningRate // 0.1
 * @see Sutskever et al. (2013), "On the importance of initialization and momentum in deep learning", §2, eq. 1–2
 */
export class SGD implements Optimiser {
  readonly momentum: number;
  #learningRate = 0;
  readonly #velocities = new WeakMap<Value, number>();

  constructor(options: SGDOptions) {
    checkOptions("SGD", options, ["learningRate", "momentum"]);
    const { learningRate, momentum = 0 } = options;
    checkNumber("SGD: momentum", momentum, "at least 0 and less than 1", (x) => x >= 0 && x < 1);
    this.momentum = momentum;
    this.learningRate = learningRate;
  }

  /** η. Set it between steps to follow a schedule. */
  get learningRate(): number {
    return this.#learningRate;
  }

  set learningRate(rate: number) {
    checkNumber("SGD: learningRate", rate, "a finite number ≥ 0", (x) => x >= 0 && Number.isFinite(x));
    this.#learningRate = rate;
  }

  step(parameters: readonly Value[]): void {
    for (const parameter of parameters) {
      const velocity = this.momentum * (this.#velocities.get(parameter) ?? 0) + parameter.grad;
      this.#velocities.set(parameter, velocity);
      parameter.data -= this.#learningRate * velocity;
    }
  }
}
