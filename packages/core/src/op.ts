import { applyBy } from "./apply.ts";
import type { Sweep } from "./backward.ts";
import { checkDeclaration } from "./checkDeclaration.ts";
import type { TracedLoop } from "./compile/tracedLoop.ts";
import { type PartialSources, sourcesOf } from "./partialSources.ts";
import type { Scalar, Value } from "./value.ts";

/** An interval of the real line, closed: `[from, to]`. */
export type Interval = readonly [number, number];

/**
 * ∂result/∂operand: a constant, a function of the operands and the result written in operations, or `null` where no
 * gradient flows.
 */
export type Partial1 = number | ((a: Scalar, y: Scalar) => Scalar) | null;
export type Partial2 = number | ((a: Scalar, b: Scalar, y: Scalar) => Scalar) | null;
export type Partial3 = number | ((a: Scalar, b: Scalar, c: Scalar, y: Scalar) => Scalar) | null;
/** All partials of an operation on an array, in operand order. */
export type PartialN = (operands: readonly Scalar[], y: Scalar) => readonly (Scalar | null)[];

/** A WebAssembly instruction on numbers of 64 bits, without the `f64.`; the comparisons give 1 or 0. */
export type Instruction =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "sqrt"
  | "neg"
  | "abs"
  | "floor"
  | "ceil"
  | "min"
  | "max"
  | "gt"
  | "ge"
  | "lt"
  | "le"
  | "eq"
  | "ne"
  | "select";

interface Declaration {
  /** The name it is called by. */
  readonly name: string;
  /** The sign drawn in pictures; the name where there is none. */
  readonly symbol?: string;
  /**
   * Whether a zero partial means "no path" (a branch not taken), so that not even an infinite adjoint
   * passes; elsewhere ∞ · 0 is NaN.
   */
  readonly selects?: boolean;
  /** Where tests sample each operand; [−3, 3] unless told. */
  readonly domain?: readonly Interval[];
  /**
   * The same value written in simpler operations, for compiled code, which calls `value` where there is none. It must
   * give the same number to the last bit. It is called while the numbers are not known yet: in place of `a > 0 ? x : y`
   * write `where(greater(a, 0), x, y)`.
   */
  readonly lowered?: (...operands: never[]) => Scalar;
  /** @internal the one instruction that this operation is, of all operands in order */
  readonly instruction?: Instruction;
}

/** Declares an operation on one scalar. */
export interface UnaryDeclaration extends Declaration {
  readonly value: (a: number) => number;
  readonly lowered?: (a: Scalar) => Scalar;
  readonly partials: readonly [Partial1];
}
/** Declares an operation on two scalars. */
export interface BinaryDeclaration extends Declaration {
  readonly value: (a: number, b: number) => number;
  readonly lowered?: (a: Scalar, b: Scalar) => Scalar;
  readonly partials: readonly [Partial2, Partial2];
}
/** Declares an operation on three scalars. */
export interface TernaryDeclaration extends Declaration {
  readonly value: (a: number, b: number, c: number) => number;
  readonly lowered?: (a: Scalar, b: Scalar, c: Scalar) => Scalar;
  readonly partials: readonly [Partial3, Partial3, Partial3];
}
/** Declares an operation on an array of scalars. */
export interface NaryDeclaration extends Declaration {
  readonly value: (operands: readonly number[]) => number;
  readonly lowered?: (operands: readonly Scalar[]) => Scalar;
  readonly partials: PartialN;
  /** Whether an empty array is an error. */
  readonly nonEmpty?: boolean;
  /** @internal the same partials, sent without an array of them: a speed path */
  readonly sendAll?: SendAll;
}

/** @internal sends a node's contributions to all its operands */
export type SendAll = (operands: readonly Scalar[], node: Value, sweep: Sweep) => void;

/**
 * @internal which loop, and what of it: all; or a result, whose node has the loop and a number for operands, that of a
 * sum, of a carry, or of a row
 */
export interface LoopPart {
  readonly kind: "loop" | "sum" | "final" | "element";
  readonly loop: TracedLoop;
  /** Of an element: which of the stacks. */
  readonly stack?: number;
}

/** A declared operation: the row that evaluation, derivatives, labels and tests all read. */
export interface Op {
  readonly name: string;
  readonly symbol: string;
  /** How many operands it takes; `undefined` for any number, as an array. */
  readonly arity: 1 | 2 | 3 | undefined;
  readonly selects: boolean;
  readonly domain: readonly Interval[];
  readonly value: (...operands: never[]) => number;
  readonly partials: readonly (number | ((...operandsAndResult: never[]) => Scalar) | null)[] | PartialN;
  /** Whether an empty array of operands is an error. */
  readonly nonEmpty: boolean;
  /** The same value in simpler operations, if declared. */
  readonly lowered: ((...operands: never[]) => Scalar) | undefined;
  /** @internal the one WebAssembly instruction that it is, if it is one */
  readonly instruction: Instruction | undefined;
  /** @internal see {@link NaryDeclaration.sendAll} */
  readonly sendAll: SendAll | undefined;
  /** @internal of a node that stands for a loop of a traced function or a result of one; it has no rules */
  readonly loop?: LoopPart;
  /** @internal where the backward sweep reads each partial, of an operation on one or two operands */
  readonly sources: PartialSources;
}

/** A unary operation: numbers give a number, Values give a Value. */
export interface Unary {
  (a: number): number;
  (a: Value): Value;
  (a: Scalar): Scalar;
  readonly op: Op & { readonly arity: 1 };
}
/** A binary operation: numbers give a number; with a Value among the operands it gives a Value. */
export interface Binary {
  (a: number, b: number): number;
  (a: Value, b: Scalar): Value;
  (a: Scalar, b: Value): Value;
  (a: Scalar, b: Scalar): Scalar;
  readonly op: Op & { readonly arity: 2 };
}
/** A ternary operation: numbers give a number; with a Value among the operands it gives a Value. */
export interface Ternary {
  (a: number, b: number, c: number): number;
  (a: Value, b: Scalar, c: Scalar): Value;
  (a: Scalar, b: Value, c: Scalar): Value;
  (a: Scalar, b: Scalar, c: Value): Value;
  (a: Scalar, b: Scalar, c: Scalar): Scalar;
  readonly op: Op & { readonly arity: 3 };
}
/** An operation on an array: numbers give a number; with a Value in the array it gives a Value. */
export interface Nary {
  (operands: readonly number[]): number;
  (operands: readonly Value[]): Value;
  <const T extends readonly Scalar[]>(operands: T): Reduced<T>;
  readonly op: Op & { readonly arity: undefined };
}

/** What an operation on an array gives: a Value where some entry is one for certain, else as the entries are. */
export type Reduced<T extends readonly Scalar[]> = number extends T["length"]
  ? T[number]
  : { [I in keyof T]: T[I] extends Value ? true : never }[number] extends never
    ? T[number] extends number
      ? number
      : Scalar
    : Value;

/**
 * Declares an operation and returns it as a function of scalars. Values, all derivatives, the label in pictures
 * and the checks follow from the declaration.
 *
 * The partials are written in operations, so that the same rule serves numbers and graphs, and derivatives of any
 * order. `partials` is an array with one rule per operand (at most three operands), or one function for an
 * operation on an array.
 *
 * `value` must be a function of its operands alone: a graph is computed again to find whether it is up to date. What is
 * random, such as a dropout mask, goes in as an operand.
 *
 * @throws TypeError if the declaration is not of this form
 * @example
 * const cube = defineOp({ name: "cube", value: (a) => a * a * a, partials: [(a) => mul(3, square(a))] });
 * cube(2) // 8
 */
export function defineOp(declaration: UnaryDeclaration): Unary;
export function defineOp(declaration: BinaryDeclaration): Binary;
export function defineOp(declaration: TernaryDeclaration): Ternary;
export function defineOp(declaration: NaryDeclaration): Nary;
export function defineOp(
  declaration: UnaryDeclaration | BinaryDeclaration | TernaryDeclaration | NaryDeclaration,
): Unary | Binary | Ternary | Nary {
  checkDeclaration(declaration);
  const { name, symbol = name, selects = false, domain = [], partials } = declaration;
  const arity = typeof partials === "function" ? undefined : partials.length;
  const op: Op = {
    name,
    symbol,
    arity,
    selects,
    domain,
    value: declaration.value,
    partials,
    lowered: declaration.lowered,
    instruction: declaration.instruction,
    nonEmpty: "nonEmpty" in declaration && declaration.nonEmpty === true,
    sendAll: "sendAll" in declaration ? declaration.sendAll : undefined,
    sources: sourcesOf(typeof partials === "function" ? [] : partials),
  };
  return Object.assign(applyBy[arity ?? "any"](op as never), { op }) as Unary | Binary | Ternary | Nary;
}
