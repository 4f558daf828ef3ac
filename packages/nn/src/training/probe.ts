import { type Scalar, topologicalOrder, Value } from "@chainrule/core";
import type { ParameterArrays } from "../optimisers/parameterArrays.ts";
import type { ExampleLoss } from "./batchLoss.ts";
import type { Row } from "./examples.ts";

/** What the functions give themselves for a batch. */
export interface Probe {
  /** The mean loss, and of each example the one that a Value or number holds. */
  readonly loss: number;
  readonly ofExamples: ReadonlyMap<Row, number>;
  readonly gradient: Float64Array;
  /** The mean of |loss|, and the largest mean of |∂loss/∂p|: rounding is relative to these where terms cancel. */
  readonly lossScale: number;
  readonly gradientScale: number;
  /** Whether there was a loss that is a Value, and whether one depends on a parameter. */
  readonly hasValue: boolean;
  readonly dependsOnParameter: boolean;
}

/** A function that runs the functions themselves on a batch in which rows may be repeated; each runs once. */
export function prober(ofExample: ExampleLoss, arrays: ParameterArrays): (batch: readonly Row[]) => Probe {
  const { parameters } = arrays;
  return (batch) => {
    const counts = new Map<Row, number>();
    for (const row of batch) counts.set(row, (counts.get(row) ?? 0) + 1);
    const ofExamples = new Map<Row, number>();
    const gradient = new Float64Array(parameters.length);
    const magnitude = new Float64Array(parameters.length);
    let [loss, lossScale, hasValue, dependsOnParameter] = [0, 0, false, false];
    arrays.writeData();
    for (const [row, count] of counts) {
      const weight = count / batch.length;
      const result = ofExample(row);
      const data = result instanceof Value ? result.data : result;
      ofExamples.set(row, data);
      loss += weight * data;
      lossScale += weight * Math.abs(data);
      if (!(result instanceof Value)) continue;
      hasValue = true;
      dependsOnParameter ||= isReached(result, parameters);
      for (const parameter of parameters) parameter.grad = 0;
      result.backward();
      for (let i = 0; i < gradient.length; i++) {
        const partial = weight * parameters[i]!.grad;
        gradient[i]! += partial;
        magnitude[i]! += Math.abs(partial);
      }
    }
    const gradientScale = magnitude.reduce((most, x) => Math.max(most, x), 0);
    return { loss, ofExamples, gradient, lossScale, gradientScale, hasValue, dependsOnParameter };
  };
}

function isReached(loss: Value, parameters: readonly Value[]): boolean {
  const nodes = new Set(topologicalOrder(loss));
  return parameters.some((parameter) => nodes.has(parameter));
}

/** @throws TypeError if no loss is a Value, or none depends on a parameter */
export function checkProbe({ hasValue, dependsOnParameter, loss }: Probe): void {
  if (!hasValue) checkIsValue(loss);
  if (dependsOnParameter) return;
  throw new TypeError(
    "fit: the loss depends on none of the parameters, so nothing would be learnt. Compute the loss from the outputs, " +
      "not from their data or under noGrad, and let model.parameters() return the Values that the model computes with.",
  );
}

/** @throws TypeError */
export function checkIsValue(loss: Scalar): asserts loss is Value {
  if (typeof loss !== "number") return;
  throw new TypeError(
    "fit: the loss must be a Value computed from the outputs, got a plain number. " +
      "Use the outputs themselves, not their data.",
  );
}
