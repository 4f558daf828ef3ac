/** A number as JSON can hold it: NaN, ±∞ and −0 as text. */
export type Encoded = number | string;

/** All that a page knows of its graph, in few bytes: columns, nodes in topological order, the root last. */
export interface PageData {
  /** Name, symbol, and 1 where a derivative of 0 means that a branch was not taken. */
  readonly ops: readonly (readonly [name: string, symbol: string, selects: 0 | 1])[];
  /** For each node 0 for a constant, 1 for an input, 2 for a parameter, or 3 + its index in `ops`. */
  readonly op: readonly number[];
  /** 0 for none. */
  readonly names: readonly (string | 0)[];
  readonly data: readonly Encoded[];
  /** The middle of the box, each after the first as the distance from the one before. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** How wide each box is. */
  readonly wide: readonly number[];
  /** How many of the edges gradients are sent along; they come first, in the order of `backward()`. */
  readonly sends: number;
  /** For each edge the result, as the distance from that of the edge before. */
  readonly to: readonly number[];
  /** The operand, as the distance to the result. */
  readonly from: readonly number[];
  readonly slot: readonly number[];
  /** ∂result/∂operand; `null` where no gradient can flow. */
  readonly local: readonly (Encoded | null)[];
  /** SVG path data, one line each. */
  readonly path: string;
  /** Nodes whose sum of gradients starts from 0 though they are no leaves. */
  readonly zero: readonly number[];
  readonly width: number;
  readonly height: number;
}
