import { checkEpsilon, checkKept } from "./checks.ts";
import { FirstOrder, type FirstOrderOptions, type Rule } from "./firstOrder.ts";

export interface RMSpropOptions extends Partial<FirstOrderOptions> {
  /** ρ, the part of the mean square that each step keeps, from 0 to less than 1; 0.9 unless told. */
  readonly smoothing?: number;
  /** ε, a finite number above 0; 1e-8 unless told. */
  readonly epsilon?: number;
  /** μ, from 0 to less than 1; 0 unless told. */
  readonly momentum?: number;
}

const method = {
  name: "RMSprop",
  options: ["learningRate", "smoothing", "epsilon", "momentum", "weightDecay"],
  slots: ["meanSquare", "velocity"],
  learningRate: 0.001,
} as const;

/**
 * Divides each gradient by the root of a running mean of its square: `s ← ρs + (1 − ρ)g²; d = g/(√s + ε);
 * v ← μv + d; p ← p − ηv`, s = v = 0 at first.
 *
 * η is 0.001 unless told. Weight decay λ adds λp to g. `g²` overflows for |g| > 1.3e154, and then s stays Infinity and
 * the parameter stays where it is: clip such gradients.
 *
 * @throws TypeError or RangeError for an option outside its range, or an unknown one
 * @example new RMSprop({ smoothing: 0.99 }).smoothing // 0.99
 * @see Tieleman and Hinton (2012), "Neural networks for machine learning", lecture 6.5
 */
export class RMSprop extends FirstOrder {
  readonly smoothing: number;
  readonly epsilon: number;
  readonly momentum: number;

  constructor(options: RMSpropOptions = {}) {
    super(method, options);
    const { smoothing = 0.9, epsilon = 1e-8, momentum = 0 } = options;
    checkKept("RMSprop: smoothing", smoothing);
    checkKept("RMSprop: momentum", momentum);
    checkEpsilon("RMSprop: epsilon", epsilon);
    this.smoothing = smoothing;
    this.epsilon = epsilon;
    this.momentum = momentum;
  }

  protected override rule(slots: readonly Float64Array[]): Rule {
    const [s, v] = slots as [Float64Array, Float64Array];
    const { smoothing, epsilon, momentum } = this;
    return (g, i) => {
      s[i] = smoothing * s[i]! + (1 - smoothing) * g * g;
      v[i] = momentum * v[i]! + g / (Math.sqrt(s[i]!) + epsilon);
      return v[i]!;
    };
  }
}
