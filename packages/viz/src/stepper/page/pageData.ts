/** A number as JSON can hold it: NaN, ±∞ and −0 as text. */
export type Encoded = number | string;

/** Whole numbers as text, see `pack`. */
export type Packed = string;

/** All that a page knows of its graph, in few bytes: columns, nodes in topological order, the root last. */
export interface PageData {
  /** Name, symbol, and 1 where a derivative of 0 means that a branch was not taken. */
  readonly ops: readonly (readonly [name: string, symbol: string, selects: 0 | 1])[];
  /** For each node 0 for a constant, 1 for an input, 2 for a parameter, or 3 + its index in `ops`. */
  readonly op: Packed;
  /** 0 for none. */
  readonly names: readonly (string | 0)[];
  readonly values: readonly Encoded[];
  /** The middle of the box, each after the first as the distance from the one before. */
  readonly x: Packed;
  readonly y: Packed;
  /** How wide each box is. */
  readonly wide: Packed;
  /** How many of the edges gradients are sent along; they come first, in the order of `backward()`. */
  readonly sends: number;
  /** For each edge the result, as the distance from that of the edge before. */
  readonly results: Packed;
  /** The operand, as the distance to the result. */
  readonly distances: Packed;
  readonly slots: Packed;
  /** For each edge one digit: which of `likelyDerivatives` ∂result/∂operand is; 9 for none. */
  readonly rule: string;
  /** The derivatives that are none of them. */
  readonly local: readonly Encoded[];
  /** For each edge how many curves it has, its start from the middle of the operand's box, and six numbers a curve. */
  readonly path: Packed;
  /** For each edge how far below its middle a number is written; 0 for none. */
  readonly labels: Packed;
  /** Nodes whose sum of gradients starts from 0 though they are no leaves. */
  readonly zero?: readonly number[];
  readonly width: number;
  readonly height: number;
  /** What a wrong order, or = in place of +=, does to this graph, where it does anything. */
  readonly mistakes: { readonly order?: string | undefined; readonly sum?: string | undefined };
}
