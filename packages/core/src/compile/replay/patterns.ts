import type { Op } from "../../op.ts";

/** Number of a pattern among {@link Patterns}. */
export type PatternId = number;

/** In a pattern: a number read from memory. */
export const LEAF = 0;

/** `a · b`, or 0 where a is 0: most of what makes an adjoint. Reads a once. */
export const SCALE = "scale";
/** `a + b + c + …`, from left to right, of any number of operands. */
export const SUM = "sum";

/** What a pattern does with its operands. */
export type Operator = Op | typeof SCALE | typeof SUM;

/** An expression of a few operations, that a run computes again and again for different numbers. */
export interface Pattern {
  readonly kind: "leaf" | "constant" | "operation";
  /** Of a constant. */
  readonly value: number;
  readonly op: Operator | undefined;
  /** None where there can be any number of them: they are never part of the pattern. */
  readonly operands: readonly PatternId[];
  /** How many operations it is made of. */
  readonly size: number;
  /** How many numbers it reads from memory. */
  readonly leaves: number;
}

/** How many patterns there are at most, but for those of a single operation. */
const MOST = 2048;

/** All patterns met in a program, each once. */
export class Patterns {
  readonly all: Pattern[] = [{ kind: "leaf", value: 0, op: undefined, operands: [], size: 0, leaves: 1 }];
  readonly #operators = new Map<Operator, number>();
  readonly #known = new Map<number, PatternId>();

  constant(value: number): PatternId {
    if (this.all.length >= MOST) return LEAF;
    return this.all.push({ kind: "constant", value, op: undefined, operands: [], size: 0, leaves: 0 }) - 1;
  }

  /** An operation on these patterns, those past the arity being LEAF; on leaves alone if there are too many already. */
  operation(op: Operator, arity: number, a: PatternId, b: PatternId, c: PatternId): PatternId {
    let operator = this.#operators.get(op);
    if (operator === undefined) {
      operator = this.#operators.size;
      this.#operators.set(op, operator);
    }
    const key = ((operator * MOST + a) * MOST + b) * MOST + c;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.all.length >= MOST && a + b + c > 0) return this.operation(op, arity, LEAF, LEAF, LEAF);
    const operands = [a, b, c].slice(0, arity);
    const parts = operands.map((operand) => this.all[operand]!);
    const size = parts.reduce((sum, part) => sum + part.size, 1);
    const leaves = parts.reduce((sum, part) => sum + part.leaves, 0);
    const id = this.all.push({ kind: "operation", value: 0, op, operands, size, leaves }) - 1;
    this.#known.set(key, id);
    return id;
  }
}

/** Whether it takes any number of operands. */
export function isOnArray(op: Operator | undefined): boolean {
  return op === SUM || (typeof op === "object" && op.arity === undefined);
}
