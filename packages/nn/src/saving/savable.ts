import { Value } from "@chainrule/core";
import { describe } from "../check.ts";
import { quoted } from "./quoted.ts";

/** What can be saved: a model that names its parameters, or at least lists them. */
export type Savable = { namedParameters(): ReadonlyMap<string, Value> } | { parameters(): readonly Value[] };

/**
 * The parameters of a model by name: `parameters.0`, … where it has no names for them.
 *
 * @throws TypeError if there are none, one is not a leaf, or some of them have no name
 */
export function namedParametersOf(caller: string, model: Savable): ReadonlyMap<string, Value> {
  const { namedParameters, parameters } = (model ?? {}) as {
    readonly namedParameters?: () => unknown;
    readonly parameters?: () => unknown;
  };
  const all = typeof parameters === "function" ? parameters.call(model) : undefined;
  const named =
    typeof namedParameters === "function"
      ? namedParameters.call(model)
      : Array.isArray(all) && new Map(all.map((parameter, i) => [`parameters.${i}`, parameter]));
  if (!(named instanceof Map) || named.size === 0) {
    throw new TypeError(
      `${caller}: the model must have namedParameters() that returns a Map, or parameters() that returns an array, ` +
        "of Values, at least one.",
    );
  }
  for (const [name, parameter] of named as ReadonlyMap<unknown, unknown>) checkLeaf(caller, name, parameter);
  checkComplete(caller, named as ReadonlyMap<string, Value>, all);
  return named as ReadonlyMap<string, Value>;
}

function checkLeaf(caller: string, name: unknown, parameter: unknown): void {
  if (typeof name !== "string") {
    throw new TypeError(`${caller}: the names of parameters must be strings, got ${describe(name)}.`);
  }
  if (!(parameter instanceof Value)) {
    throw new TypeError(`${caller}: parameter ${quoted(name)} must be a Value, got ${describe(parameter)}.`);
  }
  if (parameter.op !== undefined) {
    throw new TypeError(
      `${caller}: parameter ${quoted(name)} is the result of ${parameter.op.name}, and so cannot be set. ` +
        "Save the leaves that it is computed from.",
    );
  }
}

/** A model that names only some of its parameters would lose the others. */
function checkComplete(caller: string, named: ReadonlyMap<string, Value>, all: unknown): void {
  if (!Array.isArray(all)) return;
  const withName = new Set<unknown>(named.values());
  const without = all.findIndex((parameter) => !withName.has(parameter));
  if (without === -1) return;
  throw new TypeError(
    `${caller}: namedParameters() must hold all of parameters(), but lacks that at index ${without}.`,
  );
}
