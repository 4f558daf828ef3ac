import { checked, type Scalar } from "@chainrule/core";
import type { ParameterArrays } from "../optimisers/parameterArrays.ts";
import type { ExampleLoss } from "./batchLoss.ts";
import type { Row } from "./examples.ts";

/**
 * Where the loss of a batch, or else its gradient, first stops being finite: the error that names operation and line, of
 * the first example at fault. `undefined` if each example by itself is fine.
 *
 * @throws what the loss throws on an example
 */
export function findFault(batch: readonly Row[], ofExample: ExampleLoss, arrays: ParameterArrays): unknown {
  arrays.writeData();
  const hasFiniteLoss = (row: Row) => Number.isFinite(numberOf(ofExample(row)));
  const hasFiniteGradient = (row: Row) => {
    for (const parameter of arrays.parameters) parameter.grad = 0;
    const loss = ofExample(row);
    if (typeof loss !== "number") loss.backward();
    return arrays.parameters.every(({ grad }) => Number.isFinite(grad));
  };
  // A loss that is not finite explains gradients that are not, but not the other way round.
  return faultIn(batch, hasFiniteLoss) ?? faultIn(batch, hasFiniteGradient);
}

function faultIn(batch: readonly Row[], isFine: (row: Row) => boolean): unknown {
  const row = batch.find((each) => !isFine(each));
  if (row === undefined) return undefined;
  try {
    checked(() => isFine(row));
  } catch (error) {
    return error;
  }
  return undefined;
}

function numberOf(loss: Scalar): number {
  return typeof loss === "number" ? loss : loss.data;
}
