import { mean, type Scalar, topologicalOrder, type Value, zeroGrad } from "@chainrule/core";
import { checkScalar } from "./check.ts";
import type { Dataset } from "./data/dataset.ts";
import { type Model, type Outputs, outputsOf, parametersOf } from "./model.ts";
import type { Optimiser } from "./sgd.ts";

/** The loss of one example: what the model answered, and what was wanted. */
export type Loss = (outputs: Outputs, target: number) => Scalar;

/**
 * A function that does one step of training, on the examples in these rows, and returns their mean loss before it.
 *
 * Where the loss or a parameter stops being finite, the step throws; the parameters are then the last that gave a finite
 * loss, or those at the start.
 */
export function trainingStep(
  model: Model,
  { inputs, targets }: Dataset,
  loss: Loss,
  optimiser: Optimiser,
): (rows: readonly number[], when: string) => number {
  const parameters = parametersOf("fit", model);
  let isFirst = true;
  let good = parameters.map((parameter) => parameter.data);

  function diverged(what: string, when: string): Error {
    parameters.forEach((parameter, i) => {
      parameter.data = good[i]!;
    });
    return new Error(
      `fit: ${what} in ${when}. The weights are back at the last good ones. ` +
        "Try a lower learning rate with a new optimiser, or standardise the inputs.",
    );
  }

  return (rows, when) => {
    const batchLoss = mean(
      rows.map((row) => {
        const exampleLoss = loss(outputsOf("fit", model, inputs[row]!), targets[row]!);
        checkScalar("fit: the loss of an example", exampleLoss);
        return exampleLoss;
      }),
    );
    if (typeof batchLoss === "number") {
      throw new TypeError(
        "fit: the loss must be a Value computed from the outputs, got a plain number. " +
          "Use the outputs themselves, not their data.",
      );
    }
    if (isFirst) checkDependence(batchLoss, parameters);
    isFirst = false;
    if (!Number.isFinite(batchLoss.data)) throw diverged(`the loss is ${batchLoss.data}`, when);
    good = parameters.map((parameter) => parameter.data);
    zeroGrad(parameters);
    batchLoss.backward();
    optimiser.step(parameters);
    const broken = parameters.find((parameter) => !Number.isFinite(parameter.data));
    if (broken !== undefined) {
      throw diverged(`the update makes ${broken.label ?? "a parameter"} ${broken.data}`, when);
    }
    return batchLoss.data;
  };
}

/** Checks that there is something to learn. @throws TypeError */
function checkDependence(loss: Value, parameters: readonly Value[]): void {
  const nodes = new Set(topologicalOrder(loss));
  if (parameters.some((parameter) => nodes.has(parameter))) return;
  throw new TypeError(
    "fit: the loss depends on none of the parameters, so nothing would be learnt. Compute the loss from the outputs, " +
      "not from their data or under noGrad, and let model.parameters() return the Values that the model computes with.",
  );
}
