import { Value } from "@chainrule/core";
import { describe } from "../check.ts";

/** Whether both lists hold the same Values in the same order. */
export function isSameList(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * Checks a list of parameters, once for each list.
 *
 * @throws TypeError if an entry is not a leaf, RangeError if one appears twice, and would be moved twice
 */
export function checkParameters(caller: string, parameters: readonly Value[]): void {
  if (!Array.isArray(parameters)) {
    throw new TypeError(`${caller}: parameters must be an array of Values, got ${describe(parameters)}.`);
  }
  const seen = new Map<Value, number>();
  parameters.forEach((parameter: unknown, i) => {
    if (!(parameter instanceof Value)) {
      throw new TypeError(`${caller}: parameters[${i}] must be a Value, got ${describe(parameter)}.`);
    }
    if (parameter.op !== undefined) {
      throw new TypeError(
        `${caller}: parameters[${i}] is the result of ${parameter.op.name}, which cannot be moved. ` +
          "Give the Values that it was computed from.",
      );
    }
    const before = seen.get(parameter);
    if (before !== undefined) {
      throw new RangeError(
        `${caller}: parameters[${i}] is parameters[${before}] again. ` +
          "Give each parameter once: [...new Set(parameters)].",
      );
    }
    seen.set(parameter, i);
  });
}
