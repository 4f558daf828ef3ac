import { describe } from "./check.ts";

/** A way to write the weights of a layer as a matrix: see {@link conventions}. */
export type Convention = "A" | "B" | "C";

/** What a convention says. */
export interface ConventionRow {
  /** How it writes the weighted inputs of a layer. */
  readonly formula: string;
  /** Rows × columns of W, with n_in inputs and n_out neurons. */
  readonly shape: "n_in × n_out" | "n_out × n_in";
  /** What the two indices of a weight are, in order. */
  readonly indices: readonly ["from", "to"] | readonly ["to", "from"];
}

/**
 * The three ways in which lecture notes and books write the weights of a layer:
 *
 * - A: `z = Wᵀa + b`, a and z being columns; w_ij goes from i to j
 * - B: `z = Wa + b`, a and z being columns; w_jk goes to j from k. With examples as columns `Z = WX + b1ᵀ`
 * - C: `Z = XW + 1b`, one example per row; W is that of A, and b a row. What PyTorch's `x @ W + b` computes
 *
 * In B a row of W is a neuron, in A and C a column is. What goes backward through a layer is, with δ = ∂loss/∂z:
 * `∇W = a δᵀ`, `Wδ` in A; `∇W = δ aᵀ`, `Wᵀδ` in B; `∇W = XᵀΔ`, `ΔWᵀ` in C.
 *
 * @example conventions.B.shape // "n_out × n_in"
 */
export const conventions: { readonly [Name in Convention]: ConventionRow } = {
  A: { formula: "z = Wᵀa + b", shape: "n_in × n_out", indices: ["from", "to"] },
  B: { formula: "z = Wa + b", shape: "n_out × n_in", indices: ["to", "from"] },
  C: { formula: "Z = XW + 1b", shape: "n_in × n_out", indices: ["from", "to"] },
};

/** The convention of this name. @throws RangeError that lists the names there are, TypeError if none is given */
export function conventionNamed(caller: string, name: Convention): ConventionRow {
  if (typeof name === "string" && Object.hasOwn(conventions, name)) return conventions[name];
  const all = Object.entries(conventions).map(([key, { formula }]) => `"${key}" (${formula})`);
  const wanted = `one of ${all.join(", ")}`;
  // Weights in the place of the name, or nothing at all.
  if (typeof name === "object" || name === undefined) {
    throw new TypeError(`${caller}: the convention is missing. First comes ${wanted}.`);
  }
  throw new RangeError(`${caller}: the convention must be ${wanted}, got ${describe(name)}.`);
}

/**
 * From rows that are neurons to W of a convention, and as well from W to rows that are neurons.
 *
 * @param rows - at least one, of the same length
 */
export function oriented<T>({ indices }: ConventionRow, rows: readonly (readonly T[])[]): T[][] {
  if (indices[0] === "to") return rows.map((row) => [...row]);
  return rows[0]!.map((_, column) => rows.map((row) => row[column]!));
}
