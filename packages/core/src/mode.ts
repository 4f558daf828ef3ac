import type { Op } from "./op.ts";
import type { Scalar, Value } from "./value.ts";

/** What {@link checked} wants to see. */
export interface Checks {
  /** After a node was made. */
  recorded(node: Value): void;
  /** Before gradients flow from a root. */
  beforeBackward(root: Value): void;
  /** While a transform finds derivatives: `adjoint × partial` brought the gradient at an operand of node to `total`. */
  sent(node: Value, slot: number, adjoint: Scalar, partial: Scalar, total: Scalar): void;
  /** The same in forward mode: `partial × tangent` of an operand brought the tangent of node to `total`. */
  pushed(node: Value, slot: number, tangent: Scalar, partial: Scalar, total: Scalar): void;
  /** The tangent of an output. */
  arrived(output: Value, tangent: Scalar): void;
  /** Runs f, which finds derivatives: what they come to is looked at, not each step of the rules. */
  deriving<R>(f: () => R): R;
}

/** What takes operations down while `compile` traces a function: see compile/tracer.ts. */
export interface Tracer {
  /** A node without a number. */
  apply(op: Op, operands: readonly Scalar[]): Value;
  /** Told of each leaf made: it is a constant of the traced function. */
  made(leaf: Value): void;
  /** Whether a scalar would be a plain number if the function were not compiled: arguments, and what is made of them. */
  isNumber(x: Scalar): boolean;
  /** f of each row, traced once. */
  map(rows: readonly unknown[], f: (row: never) => unknown): unknown[];
  /** The sum of f over rows, traced once. */
  sum(rows: readonly unknown[], f: (row: never) => Scalar): Scalar;
  /** f applied from row to row, traced once. */
  scan(rows: readonly unknown[], init: unknown, f: (carry: never, row: never) => unknown): unknown;
}

/** How operations behave at the moment; changed by {@link withMode} only. */
export const mode: {
  recording: boolean;
  checks: Checks | undefined;
  tracer: Tracer | undefined;
  /**
   * Whether it records and nothing else. One test for both keeps the functions that record small enough for V8 to
   * inline them into the operations: with two the scalar moons step took 12 % longer.
   */
  isPlain: boolean;
} = { recording: true, checks: undefined, tracer: undefined, isPlain: true };

/** Runs f with some of the mode changed, and changes it back however f ends. */
export function withMode<R>(caller: string, change: Partial<Omit<typeof mode, "isPlain">>, f: () => R): R {
  if (typeof f !== "function")
    throw new TypeError(`${caller}: needs a function to run, as in ${caller}(() => …).`);
  const before = { ...mode };
  Object.assign(mode, change);
  mode.isPlain = mode.recording && mode.checks === undefined;
  try {
    const result = f();
    if (result instanceof Promise) {
      throw new TypeError(
        `${caller}: the function must not be asynchronous; use ${caller} around each part of it.`,
      );
    }
    return result;
  } finally {
    Object.assign(mode, before);
  }
}
