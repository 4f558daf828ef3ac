import { Value, value } from "@chainrule/core";

/** Inputs of a function as new leaves, labelled by their place. */
export interface LabelledInputs {
  /** In the structure that the function takes. */
  readonly tree: unknown;
  /** In order: arrays by index, objects by key as written. */
  readonly leaves: readonly Value[];
}

/** Leaves for the numbers in a tree of arrays and objects, labelled as gradCheck names them: `x[0].w`. */
export function labelledInputs(tree: unknown, path = "x"): LabelledInputs {
  const leaves: Value[] = [];
  const map = (part: unknown, at: string): unknown => {
    if (typeof part === "number" || part instanceof Value) {
      const leaf = value(typeof part === "number" ? part : part.data, at);
      leaves.push(leaf);
      return leaf;
    }
    if (Array.isArray(part) || ArrayBuffer.isView(part)) {
      return Array.from(part as readonly unknown[], (item, i) => map(item, `${at}[${i}]`));
    }
    const entries = Object.entries(part as object);
    return Object.fromEntries(entries.map(([key, item]) => [key, map(item, `${at}.${key}`)]));
  };
  return { tree: map(tree, path), leaves };
}
