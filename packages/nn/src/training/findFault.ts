import { checked } from "@chainrule/core";
import type { ParameterArrays } from "../optimisers/parameterArrays.ts";
import type { ExampleLoss } from "./batchLoss.ts";
import type { Row } from "./examples.ts";

/**
 * Where the loss of a batch, or its gradient, first stops being finite: the error that names operation and line, of the
 * first example at fault. `undefined` if each example by itself is fine.
 */
export function findFault(batch: readonly Row[], ofExample: ExampleLoss, arrays: ParameterArrays): unknown {
  const { parameters } = arrays;
  arrays.writeData();
  const run = (row: Row): boolean => {
    for (const parameter of parameters) parameter.grad = 0;
    const loss = ofExample(row);
    if (typeof loss === "number") return Number.isFinite(loss);
    loss.backward();
    return Number.isFinite(loss.data) && parameters.every(({ grad }) => Number.isFinite(grad));
  };
  const row = batch.find((each) => !run(each));
  if (row === undefined) return undefined;
  try {
    checked(() => run(row));
  } catch (error) {
    return error;
  }
  return undefined;
}
