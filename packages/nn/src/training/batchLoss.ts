import { compile, mean, type Scalar, type Value } from "@chainrule/core";
import { checkScalar } from "../check.ts";
import type { Target } from "../data/dataset.ts";
import type { Model } from "../model.ts";
import type { ParameterArrays } from "../optimisers/parameterArrays.ts";
import { disagreement } from "./disagreement.ts";
import { exampleRunner } from "./exampleRunner.ts";
import type { Examples, Row } from "./examples.ts";
import { findFault } from "./findFault.ts";
import type { Loss } from "./loss.ts";
import { checkIsValue, checkProbe, prober } from "./probe.ts";

/** The loss of one example. */
export type ExampleLoss = (row: ArrayLike<Scalar>) => Scalar;

/** The mean loss of a batch for the parameters in arrays; writes its gradient to them. */
export type BatchLoss = (batch: readonly Row[]) => number;

/** How many examples tell at least whether compiled code gives what the functions give themselves. */
const PROBES = 16;
/** Up to so many different targets, each is tried: a loss may treat any of them in its own way. */
const MOST_TARGETS = 1000;

/** The mean loss of batches, compiled as long as that gives what the functions give themselves. */
export interface LossOfBatches {
  readonly lossOf: BatchLoss;
  /** Finds where the loss stops being finite. */
  readonly faultOf: (batch: readonly Row[]) => unknown;
  /** Why it is not compiled; `undefined` if it is. */
  readonly fallback: string | undefined;
  /** Looks whether compiled code still gives what the functions do, with the parameters as they are now. */
  checkAgain(when: string): void;
}

/** @throws TypeError if the loss of an example is no scalar, or depends on none of the parameters */
export function lossOfBatches<T extends Target>(
  model: Model,
  arrays: ParameterArrays,
  examples: Examples<T>,
  options: { readonly loss: Loss<T>; readonly batchSize: number; readonly compile?: boolean },
): LossOfBatches {
  const run = exampleRunner(model, options.loss, examples);
  const ofExample: ExampleLoss = (row) => {
    const { loss } = run(row);
    checkScalar("fit: the loss of an example", loss);
    return loss;
  };
  const faultOf = (batch: readonly Row[]) => findFault(batch, ofExample, arrays);
  const eager = eagerLoss(ofExample, arrays);
  const probe = prober(ofExample, arrays);
  const batches = examples.probes(options.batchSize, { least: PROBES, mostTargets: MOST_TARGETS });
  checkProbe(probe(batches[0]!));
  if (options.compile === false) {
    return { lossOf: eager, faultOf, fallback: "compile is false", checkAgain: () => undefined };
  }

  const compiled = compiledLoss(ofExample, arrays);
  const withInputsAsValues = prober((row) => ofExample(examples.withInputsAsValues(row)), arrays);
  const check = (rows: readonly Row[][]) =>
    disagreement(rows, arrays.gradient, { compiled, probe, withInputsAsValues, ofExample });
  let fallback = check(batches);
  // Numbers that functions capture are the same for all examples, so that a few of these will do.
  const few = examples.probes(options.batchSize, { least: PROBES, mostTargets: PROBES });
  return {
    lossOf: (batch) => (fallback === undefined ? compiled : eager)(batch),
    faultOf,
    get fallback() {
      return fallback;
    },
    checkAgain(when) {
      if (fallback !== undefined) return;
      const gradient = arrays.gradient.slice();
      const reason = check(few);
      arrays.gradient.set(gradient);
      if (reason !== undefined) fallback = `${when}: ${reason}`;
    },
  };
}

/** As the functions give it themselves. */
function eagerLoss(ofExample: ExampleLoss, arrays: ParameterArrays): BatchLoss {
  return (batch) => {
    arrays.writeData();
    for (const parameter of arrays.parameters) parameter.grad = 0;
    const loss = mean(batch, ofExample);
    checkIsValue(loss);
    loss.backward();
    arrays.readGradient();
    return loss.data;
  };
}

/** By compiled code. */
function compiledLoss(ofExample: ExampleLoss, { parameters, data, gradient }: ParameterArrays): BatchLoss {
  const kernel = compile((batch: readonly Value[][]) => mean(batch, ofExample));
  const gradientAt = kernel.gradientAt(parameters);
  return (batch) => gradientAt(data, gradient, batch as Row[]);
}
