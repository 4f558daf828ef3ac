import type { Value } from "@chainrule/core";
import type { ParameterArrays } from "./parameterArrays.ts";

/** Moves parameters by their gradients. What it remembers of them, it keeps itself. */
export interface Optimiser {
  /**
   * Changes `data` of each parameter by what its `grad` says.
   *
   * @param evaluate - computes the loss, and the gradients anew, where the parameters are now: for methods that try
   *   several points in one step
   */
  step(parameters: readonly Value[], evaluate?: () => number): void;
  /** As `step`, in arrays; the Values themselves are neither read nor changed. `fit` prefers it. */
  stepArrays?(arrays: ParameterArrays, evaluate?: () => number): void;
  /** Whether `step` must be given `evaluate`, and looks at no other gradients than those that it finds so. */
  readonly needsEvaluate?: boolean;
  /** η of the next step, if it has one. */
  readonly learningRate?: number;
  /** All that it remembers, as JSON keeps it; what can be saved and handed to `restore`. A copy. */
  readonly state?: OptimiserState;
  /** Goes on where another one was when its state was read. */
  restore?(state: OptimiserState): void;
  /**
   * Remembers where it is, faster than `state` does; the function that it returns goes back there, until the next
   * snapshot is taken. For undoing a step.
   */
  snapshot?(): () => void;
}

/** What an optimiser remembers: its method's name, counts, and a number for each parameter in order. */
export interface OptimiserState {
  readonly [name: string]: string | number | readonly number[] | readonly (readonly number[])[];
}
