/** Where a result is. */
export type Place =
  | { readonly kind: "constant"; readonly value: number }
  /** One local of type f64, or as many of type v128 as the loop has vectors. */
  | { readonly kind: "locals"; readonly locals: readonly number[] }
  /** One local of type v128, with the same number in both lanes. */
  | { readonly kind: "splat"; readonly locals: readonly [number] }
  /** At an address: one number, or as many as there are lanes. */
  | { readonly kind: "memory"; readonly at: number };
