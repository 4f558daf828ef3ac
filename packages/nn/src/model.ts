import type { Scalar, Value } from "@chainrule/core";

/** One Value per output, at least one. */
export type Outputs = [Value, ...Value[]];

/** What training needs: a function of one example's inputs, and its parameters. An {@link MLP} or your own. */
export interface Model {
  (inputs: readonly Scalar[]): Outputs;
  parameters(): Value[];
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
