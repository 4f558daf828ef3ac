import type { Scalar, Value } from "@chainrule/core";

/** What becomes of the losses of several examples: their mean, their sum, or an array of them. */
export type Reduction = "mean" | "sum" | "none";

/** What a loss of these gives: a number from numbers, a Value where one of them is sure to be one. */
export type LossOf<P extends Scalar, T extends Scalar = P> = [P] extends [Value]
  ? Value
  : [T] extends [Value]
    ? Value
    : [P | T] extends [number]
      ? number
      : Scalar;

/** For one example the reduction makes no difference. */
type One<Options> = Options & { readonly reduction?: Reduction };
type Reduced<Options> = Options & { readonly reduction?: "mean" | "sum" };
type Each<Options> = Options & { readonly reduction: "none" };

/**
 * A loss of one scalar and its target; or of as many of both, reduced to their mean unless told. A plain target counts as
 * an array of one, so that a model with one output can be trained on it.
 *
 * Targets may be Values, as those of a compiled function are. Plain ones are checked; Values of which no loss is defined
 * make it NaN.
 */
export interface ScalarLoss<Options = unknown> {
  <P extends Scalar, T extends Scalar>(prediction: P, target: T, options?: One<Options>): LossOf<P, T>;
  <P extends Scalar, T extends Scalar>(
    predictions: readonly P[],
    targets: T | readonly T[],
    options: Each<Options>,
  ): LossOf<P, T>[];
  <P extends Scalar, T extends Scalar>(
    predictions: readonly P[],
    targets: T | readonly T[],
    options?: Reduced<Options>,
  ): LossOf<P, T>;
}

/** A loss of a row of scalars, one for each class, and the class from 0; or of several rows, as {@link ScalarLoss}. */
export interface ClassLoss<Options = unknown> {
  <P extends Scalar, T extends Scalar>(row: readonly P[], label: T, options?: One<Options>): LossOf<P, T>;
  <P extends Scalar, T extends Scalar>(
    rows: readonly (readonly P[])[],
    labels: readonly T[],
    options: Each<Options>,
  ): LossOf<P, T>[];
  <P extends Scalar, T extends Scalar>(
    rows: readonly (readonly P[])[],
    labels: readonly T[],
    options?: Reduced<Options>,
  ): LossOf<P, T>;
}

/** As {@link ClassLoss}, with a class or the probabilities of all classes as the target. */
export interface DistributionLoss<Options = unknown> {
  <P extends Scalar, T extends Scalar>(
    row: readonly P[],
    target: T | readonly T[],
    options?: One<Options>,
  ): LossOf<P, T>;
  <P extends Scalar, T extends Scalar>(
    rows: readonly (readonly P[])[],
    targets: readonly T[] | readonly (readonly T[])[],
    options: Each<Options>,
  ): LossOf<P, T>[];
  <P extends Scalar, T extends Scalar>(
    rows: readonly (readonly P[])[],
    targets: readonly T[] | readonly (readonly T[])[],
    options?: Reduced<Options>,
  ): LossOf<P, T>;
}

/** A measure of two distributions; or of as many of both, as {@link ScalarLoss}. */
export interface DivergenceLoss<Options = unknown> {
  <P extends Scalar, Q extends Scalar>(
    p: readonly P[],
    q: readonly Q[],
    options?: One<Options>,
  ): LossOf<P, Q>;
  <P extends Scalar, Q extends Scalar>(
    ps: readonly (readonly P[])[],
    qs: readonly (readonly Q[])[],
    options: Each<Options>,
  ): LossOf<P, Q>[];
  <P extends Scalar, Q extends Scalar>(
    ps: readonly (readonly P[])[],
    qs: readonly (readonly Q[])[],
    options?: Reduced<Options>,
  ): LossOf<P, Q>;
}

/** A measure of one distribution; or of several, as {@link ScalarLoss}. */
export interface DistributionMeasure<Options = unknown> {
  <P extends Scalar>(p: readonly P[], options?: One<Options>): LossOf<P>;
  <P extends Scalar>(ps: readonly (readonly P[])[], options: Each<Options>): LossOf<P>[];
  <P extends Scalar>(ps: readonly (readonly P[])[], options?: Reduced<Options>): LossOf<P>;
}

/** A measure of one scalar; or of several, as {@link ScalarLoss}. */
export interface ScalarMeasure<Options = unknown> {
  <P extends Scalar>(p: P, options?: One<Options>): LossOf<P>;
  <P extends Scalar>(ps: readonly P[], options: Each<Options>): LossOf<P>[];
  <P extends Scalar>(ps: readonly P[], options?: Reduced<Options>): LossOf<P>;
}
