import { describe } from "../check.ts";
import { checkKept } from "./checks.ts";
import { FirstOrder, type FirstOrderOptions, type Rule } from "./firstOrder.ts";

export interface SGDOptions extends FirstOrderOptions {
  /** μ, from 0 to less than 1; 0 unless told. */
  readonly momentum?: number;
  /** Whether momentum looks ahead, as Nesterov's does; false unless told. */
  readonly nesterov?: boolean;
}

const method = {
  name: "SGD",
  options: ["learningRate", "momentum", "nesterov", "weightDecay"],
  slots: ["velocity"],
} as const;

/**
 * Gradient descent with momentum: `v ← μv + g; p ← p − ηv`, v = 0 at first; Nesterov's: `p ← p − η(g + μv)`.
 *
 * η multiplies v, as in PyTorch, so a changed rate acts on all of the velocity at once. With μ = 0 it is plain gradient
 * descent; it is stochastic when g comes from a batch of the examples. Weight decay λ makes g the gradient of
 * `loss + ½λ Σ p²`.
 *
 * @throws TypeError or RangeError for an option outside its range, an unknown one, or Nesterov's without momentum
 * @example new SGD({ learningRate: 0.1 }).learningRate // 0.1
 * @see Polyak (1964), "Some methods of speeding up the convergence of iteration methods", §2
 * @see Nesterov (1983), "A method for solving the convex programming problem with convergence rate O(1/k²)"
 * @see Sutskever et al. (2013), "On the importance of initialization and momentum in deep learning", §2, eq. 1–4
 */
export class SGD extends FirstOrder {
  readonly momentum: number;
  readonly nesterov: boolean;

  constructor(options: SGDOptions) {
    super(method, options);
    const { momentum = 0, nesterov = false } = options;
    checkKept("SGD: momentum", momentum);
    if (typeof nesterov !== "boolean") {
      throw new TypeError(`SGD: nesterov must be true or false, got ${describe(nesterov)}.`);
    }
    if (nesterov && momentum === 0) {
      throw new RangeError("SGD: nesterov needs a momentum above 0, got 0. Give one, 0.9 say.");
    }
    this.momentum = momentum;
    this.nesterov = nesterov;
  }

  protected override rule(slots: readonly Float64Array[]): Rule {
    const v = slots[0]!;
    const { momentum, nesterov } = this;
    return (g, i) => {
      const velocity = momentum * v[i]! + g;
      v[i] = velocity;
      return nesterov ? g + momentum * velocity : velocity;
    };
  }
}
