import type { Value } from "@chainrule/core";
import type { ParameterTensor } from "./parameterTensors.ts";
import { listed, quoted } from "./quoted.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Gives parameters the numbers of tensors. All is checked first, so that a model is changed wholly or not at all.
 *
 * @param what - where the tensors come from, for the message
 * @throws RangeError if names or shapes differ, or two names of one parameter give it different numbers
 */
export function assignTensors(
  what: string,
  expected: readonly ParameterTensor[],
  tensors: ReadonlyMap<string, Tensor>,
): void {
  checkNames(what, expected, tensors);
  const numbers = new Map<Value, number>();
  for (const { name, shape, parameters } of expected) {
    const tensor = tensors.get(name)!;
    if (tensor.shape.length !== shape.length || tensor.shape.some((size, axis) => size !== shape[axis])) {
      throw new RangeError(
        `${what}: tensor ${quoted(name)} has shape ${shown(tensor.shape)}, that of the model ${shown(shape)}.`,
      );
    }
    parameters.forEach((parameter, i) => {
      const number = tensor.data[i]!;
      if (numbers.has(parameter) && !Object.is(numbers.get(parameter), number)) {
        throw new RangeError(
          `${what}: tensor ${quoted(name)} gives a parameter another number than a tensor before it. ` +
            "In the model the two share that parameter.",
        );
      }
      numbers.set(parameter, number);
    });
  }
  // Where a parameter cannot be set, in the trace of `compile`, it cannot be read either, and this throws.
  for (const parameter of numbers.keys()) parameter.data;
  for (const [parameter, number] of numbers) parameter.data = number;
}

function checkNames(
  what: string,
  expected: readonly ParameterTensor[],
  tensors: ReadonlyMap<string, Tensor>,
): void {
  const wanted = new Set(expected.map(({ name }) => name));
  const missing = [...wanted].filter((name) => !tensors.has(name));
  const unexpected = [...tensors.keys()].filter((name) => !wanted.has(name));
  if (missing.length + unexpected.length === 0) return;
  const faults = [
    ...(missing.length > 0 ? [`lacks ${listed(missing)}`] : []),
    ...(unexpected.length > 0 ? [`has ${listed(unexpected)}, which the model has not`] : []),
  ];
  throw new RangeError(
    `${what}: the tensors are not those of the model: the file ${faults.join(", and ")}. ` +
      "If only the names differ, say how in options.names.",
  );
}

function shown(shape: readonly number[]): string {
  return shape.length > 8 ? `of ${shape.length} axes` : `[${shape.join(", ")}]`;
}
