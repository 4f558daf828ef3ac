import type { Place } from "./places.ts";

/** Where the sums of a loop grow, and after it the results. */
export type Sums = SumsInLocals | SumsInMemory;

interface SumsInLocals {
  readonly kind: "locals";
  /** Per sum. */
  readonly locals: number[][];
  /** Per sum, while the loop runs: how many vectors it takes; 0 for a number. */
  readonly vectors: Uint8Array;
}

export interface SumsInMemory {
  readonly kind: "memory";
  /** Per sum; one after the other while the loop runs. */
  readonly addresses: Float64Array;
  readonly vectors: Uint8Array;
  /** How many bytes all take while the loop runs. */
  readonly bytes: number;
}

/** The place of sum number `index`. */
export function placeOfSum(sums: Sums, index: number): Place {
  if (sums.kind === "locals") return { kind: "locals", locals: sums.locals[index]! };
  return { kind: "memory", at: sums.addresses[index]! };
}

/** How many bytes a number, or so many vectors, take. */
export function bytesOf(vectors: number): number {
  return vectors === 0 ? 8 : 16 * vectors;
}
