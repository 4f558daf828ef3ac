import { Value } from "@chainrule/core";
import { describe } from "../check.ts";

/** Whether both lists hold the same Values in the same order. */
export function isSameList(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** @throws TypeError if parameters are anything but an array of Values, such as the model itself */
export function checkValues(caller: string, parameters: unknown): asserts parameters is readonly Value[] {
  if (!Array.isArray(parameters)) {
    throw new TypeError(
      `${caller}: needs an array of Values, got ${describe(parameters)}. Give model.parameters().`,
    );
  }
  for (let i = 0; i < parameters.length; i++) {
    if (parameters[i] instanceof Value) continue;
    throw new TypeError(`${caller}: parameters[${i}] must be a Value, got ${describe(parameters[i])}.`);
  }
}

/**
 * Checks a list of parameters, once for each list.
 *
 * @throws TypeError if an entry is not a leaf, RangeError if one appears twice, and would be moved twice
 */
export function checkParameters(caller: string, parameters: readonly Value[]): void {
  checkValues(caller, parameters);
  const seen = new Map<Value, number>();
  parameters.forEach((parameter, i) => {
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
