import { checkEpsilon, checkKept } from "./checks.ts";
import { FirstOrder, type FirstOrderOptions, type Method, type Rule } from "./firstOrder.ts";

/** The options of Adam and AdamW. */
export interface AdamOptions extends Partial<FirstOrderOptions> {
  /** β₁, the part of the mean gradient that each step keeps, from 0 to less than 1; 0.9 unless told. */
  readonly beta1?: number;
  /** β₂, the part of the mean square that each step keeps, from 0 to less than 1; 0.999 unless told. */
  readonly beta2?: number;
  /** ε, a finite number above 0; 1e-8 unless told. */
  readonly epsilon?: number;
}

const common = {
  options: ["learningRate", "beta1", "beta2", "epsilon", "weightDecay"],
  // Each parameter counts its own steps: the means of one that came later are as biased as those of the first were.
  slots: ["firstMoment", "secondMoment", "parameterSteps"],
  learningRate: 0.001,
} as const;

const adam: Method = { ...common, name: "Adam" };
const adamW: Method = { ...common, name: "AdamW", weightDecay: 0.01, isDecayDecoupled: true };

/** Adam's rule; the two differ in how weight decay comes in. */
abstract class AdaptiveMoments extends FirstOrder {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;

  constructor(method: Method, options: AdamOptions = {}) {
    super(method, options);
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
    checkKept(`${method.name}: beta1`, beta1);
    checkKept(`${method.name}: beta2`, beta2);
    checkEpsilon(`${method.name}: epsilon`, epsilon);
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  protected override rule(slots: readonly Float64Array[]): Rule {
    const [m, v, steps] = slots as [Float64Array, Float64Array, Float64Array];
    const { beta1, beta2, epsilon } = this;
    let [t, correction1, correction2] = [0, 0, 0];
    return (g, i) => {
      steps[i]!++;
      if (steps[i] !== t) {
        t = steps[i]!;
        correction1 = 1 / (1 - beta1 ** t);
        correction2 = 1 / (1 - beta2 ** t);
      }
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      return (m[i]! * correction1) / (Math.sqrt(v[i]! * correction2) + epsilon);
    };
  }
}

/**
 * Adam: `m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; p ← p − η m̂/(√v̂ + ε)` with the means freed of their start at 0,
 * `m̂ = m/(1 − β₁ᵗ)`, `v̂ = v/(1 − β₂ᵗ)`, in step t = 1, 2, ….
 *
 * η is 0.001 unless told. Weight decay λ adds λp to g; where it shall act on all parameters alike, take {@link AdamW}.
 * `g²` overflows for |g| > 1.3e154, and then v stays Infinity and the parameter stays where it is: clip such gradients.
 *
 * @throws TypeError or RangeError for an option outside its range, or an unknown one
 * @example new Adam({ learningRate: 0.01 }).beta2 // 0.999
 * @see Kingma and Ba (2015), "Adam: a method for stochastic optimization", algorithm 1
 */
export class Adam extends AdaptiveMoments {
  constructor(options: AdamOptions = {}) {
    super(adam, options);
  }
}

/**
 * Adam with decoupled weight decay: `p ← (1 − ηλ)p − η m̂/(√v̂ + ε)`, m̂ and v̂ as {@link Adam}'s, of the gradient alone.
 *
 * η is 0.001 unless told, λ 0.01. η multiplies λ, as in PyTorch.
 *
 * @throws TypeError or RangeError for an option outside its range, or an unknown one
 * @example new AdamW().weightDecay // 0.01
 * @see Loshchilov and Hutter (2019), "Decoupled weight decay regularization", algorithm 2
 */
export class AdamW extends AdaptiveMoments {
  constructor(options: AdamOptions = {}) {
    super(adamW, options);
  }
}
