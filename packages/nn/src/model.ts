import { type Scalar, Value } from "@chainrule/core";
import { describe } from "./check.ts";

/** One Value per output, at least one. */
export type Outputs = [Value, ...Value[]];

/** What training needs: a function of one example's inputs, and its parameters. An {@link MLP} or your own. */
export interface Model {
  /** One Value per output, at least one. */
  (inputs: readonly Scalar[]): readonly Value[];
  /** The Values that training changes, at least one. */
  parameters(): readonly Value[];
}

/** What a model answers to one row. @throws TypeError if that is not an array of Values, at least one */
export function outputsOf(
  caller: string,
  model: (inputs: readonly Scalar[]) => readonly Value[],
  row: readonly Scalar[],
): Outputs {
  const outputs = model(row);
  checkValues(`${caller}: the model`, outputs);
  return outputs;
}

/** The parameters of a model. @throws TypeError if they are not an array of Values, at least one */
export function parametersOf(caller: string, model: Model): readonly Value[] {
  const parameters = model.parameters();
  checkValues(`${caller}: model.parameters()`, parameters);
  return parameters;
}

function checkValues(what: string, values: unknown): asserts values is [Value, ...Value[]] {
  if (!Array.isArray(values) || values.length === 0) {
    throw new TypeError(`${what} must return an array of Values, at least one, got ${describe(values)}.`);
  }
  const wrong = values.findIndex((entry) => !(entry instanceof Value));
  if (wrong === -1) return;
  throw new TypeError(
    `${what} must return an array of Values, got ${describe(values[wrong])} at index ${wrong}.`,
  );
}

/** The named parameters of several parts as one map; names become `kind.index.name`. */
export function collectNamed(
  kind: string,
  parts: readonly { namedParameters(): ReadonlyMap<string, Value> }[],
): Map<string, Value> {
  const all = new Map<string, Value>();
  parts.forEach((part, i) => {
    for (const [name, parameter] of part.namedParameters()) all.set(`${kind}.${i}.${name}`, parameter);
  });
  return all;
}
