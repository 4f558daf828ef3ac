import {
  compile,
  mean,
  mul,
  type Scalar,
  sum,
  TraceError,
  topologicalOrder,
  type Value,
} from "@chainrule/core";
import { checkScalar } from "../check.ts";
import type { Target } from "../data/dataset.ts";
import type { Model } from "../model.ts";
import type { ParameterArrays } from "../optimisers/parameterArrays.ts";
import { exampleRunner } from "./exampleRunner.ts";
import type { Examples, Row } from "./examples.ts";
import { findFault } from "./findFault.ts";
import type { Loss } from "./loss.ts";

/** The loss of one example. */
export type ExampleLoss = (row: ArrayLike<Scalar>) => Scalar;

/** The mean loss of a batch for the parameters in arrays; writes its gradient to them. */
export type BatchLoss = (batch: readonly Row[]) => number;

/** How many examples tell whether compiled code gives what the functions give themselves. */
const PROBES = 16;

/** What code that compiles may still do otherwise, and what to do about it. */
const UNSEEN =
  "it depends on something that compile cannot see, such as target === 1 or a random number: " +
  "choose with where(equal(target, 1), a, b)";

/**
 * The mean loss of batches, compiled if that gives what the functions give themselves.
 *
 * @returns the loss; what finds where it stops being finite; and why it is not compiled
 * @throws TypeError if the loss of an example is no scalar, or depends on none of the parameters
 */
export function lossOfBatches<T extends Target>(
  model: Model,
  arrays: ParameterArrays,
  examples: Examples<T>,
  options: { readonly loss: Loss<T>; readonly batchSize: number; readonly compile?: boolean },
): {
  lossOf: BatchLoss;
  faultOf: (batch: readonly Row[]) => unknown;
  fallback: string | undefined;
} {
  const run = exampleRunner(model, options.loss, examples);
  const ofExample: ExampleLoss = (row) => {
    const { loss } = run(row);
    checkScalar("fit: the loss of an example", loss);
    return loss;
  };
  const faultOf = (batch: readonly Row[]) => findFault(batch, ofExample, arrays);
  const probes = examples.probes(PROBES, options.batchSize);
  const probe = probeLoss(ofExample, arrays);
  probe(probes[0]!);
  if (options.compile === false) {
    return { lossOf: eagerLoss(ofExample, arrays), faultOf, fallback: "compile is false" };
  }
  const compiled = compiledLoss(ofExample, arrays);
  const fallback = disagreement(probes, arrays.gradient, compiled, probe);
  return {
    lossOf: fallback === undefined ? compiled : eagerLoss(ofExample, arrays),
    faultOf,
    fallback,
  };
}

/** As the functions give it themselves. */
function eagerLoss(ofExample: ExampleLoss, arrays: ParameterArrays): BatchLoss {
  return (batch) => backPropagate(() => mean(batch, ofExample), arrays);
}

/** By compiled code. */
function compiledLoss(ofExample: ExampleLoss, { parameters, data, gradient }: ParameterArrays): BatchLoss {
  const kernel = compile((batch: readonly Value[][]) => mean(batch, ofExample));
  const gradientAt = kernel.gradientAt(parameters);
  return (batch) => gradientAt(data, gradient, batch as Row[]);
}

/**
 * As the functions give it themselves, of batches in which few rows are repeated.
 *
 * @throws TypeError if the loss is no Value, or depends on none of the parameters
 */
function probeLoss(ofExample: ExampleLoss, arrays: ParameterArrays): BatchLoss {
  return (batch) => {
    const counts = new Map<Row, number>();
    for (const row of batch) counts.set(row, (counts.get(row) ?? 0) + 1);
    return backPropagate(() => {
      const loss = sum([...counts].map(([row, count]) => mul(count / batch.length, ofExample(row))));
      checkDependence(loss, arrays.parameters);
      return loss;
    }, arrays);
  };
}

/** In what the loss that was got differs from the one that is wanted, or what it throws; `undefined` if they agree. */
function disagreement(
  batches: readonly (readonly Row[])[],
  gradient: Float64Array,
  got: BatchLoss,
  want: BatchLoss,
): string | undefined {
  for (const batch of batches) {
    const wantedLoss = want(batch);
    const wanted = gradient.slice();
    try {
      const loss = got(batch);
      if (!isNear(loss, wantedLoss, Math.abs(wantedLoss))) {
        return `compiled, the loss is ${loss}, not ${wantedLoss}: ${UNSEEN}`;
      }
      const largest = wanted.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      const at = gradient.findIndex((x, i) => !isNear(x, wanted[i]!, largest));
      if (at >= 0) return `compiled, a gradient is ${gradient[at]}, not ${wanted[at]}: ${UNSEEN}`;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return error instanceof TraceError ? message : `${message} Perhaps ${UNSEEN}.`;
    }
  }
  return undefined;
}

/** Whether two numbers differ by rounding only. */
function isNear(a: number, b: number, scale: number): boolean {
  return Object.is(a, b) || !Number.isFinite(b) || Math.abs(a - b) <= 1e-8 * scale;
}

function backPropagate(build: () => Scalar, arrays: ParameterArrays): number {
  arrays.writeData();
  for (const parameter of arrays.parameters) parameter.grad = 0;
  const loss = build();
  checkIsValue(loss);
  loss.backward();
  arrays.readGradient();
  return loss.data;
}

function checkDependence(loss: Scalar, parameters: readonly Value[]): void {
  checkIsValue(loss);
  const nodes = new Set(topologicalOrder(loss));
  if (parameters.some((parameter) => nodes.has(parameter))) return;
  throw new TypeError(
    "fit: the loss depends on none of the parameters, so nothing would be learnt. Compute the loss from the outputs, " +
      "not from their data or under noGrad, and let model.parameters() return the Values that the model computes with.",
  );
}

function checkIsValue(loss: Scalar): asserts loss is Value {
  if (typeof loss !== "number") return;
  throw new TypeError(
    "fit: the loss must be a Value computed from the outputs, got a plain number. " +
      "Use the outputs themselves, not their data.",
  );
}
