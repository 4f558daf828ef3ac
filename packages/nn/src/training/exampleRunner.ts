import { CheckError, type Scalar } from "@chainrule/core";
import type { Target } from "../data/dataset.ts";
import { type Model, type Outputs, outputsOf } from "../model.ts";
import type { Examples } from "./examples.ts";
import type { Loss } from "./loss.ts";

/** What a model answers to an example, and the loss. */
interface Run {
  readonly outputs: Outputs;
  readonly loss: Scalar;
}

/**
 * A function that runs model and loss on a row of numbers, or of Values in their place.
 *
 * What they throw on numbers is thrown with the name of the example, and as its cause.
 */
export function exampleRunner<T extends Target>(
  model: Model,
  loss: Loss<T>,
  examples: Examples<T>,
): (row: ArrayLike<Scalar>) => Run {
  return (row) => {
    const naming = <R>(f: () => R): R => {
      try {
        return f();
      } catch (error) {
        throw named(error, examples.nameOf(row));
      }
    };
    const outputs = outputsOf("fit", (inputs) => naming(() => model(inputs)), examples.inputsOf(row));
    return { outputs, loss: naming(() => loss(outputs, examples.targetOf(row))) };
  };
}

function named(error: unknown, name: string | undefined): unknown {
  // A CheckError is no fault of the functions: it is how the operation is found at which a number is not finite.
  if (name === undefined || !(error instanceof Error) || error instanceof CheckError) return error;
  const Kind = [TypeError, RangeError].find((kind) => error instanceof kind) ?? Error;
  return new Kind(`fit: ${name}: ${error.message}`, { cause: error });
}
