import type { Op } from "../op.ts";

/** Number of an instruction, and the name of its result. */
export type Id = number;

/** What an instruction is, if not an operation on the results of others. */
export type Source =
  /** A number of the arguments; `immediate` is its position in them. */
  | "input"
  /** A number; `immediate` is it. */
  | "constant"
  /** In the body of a loop: its column number `immediate` at this iteration. */
  | "column"
  /** In the body of a loop: its carry number `immediate` before this iteration. */
  | "carry"
  /** Runs loop number `immediate`. */
  | "loop"
  /** Of the loop that the one operand runs: its sum number `immediate`. */
  | "sum"
  /** Of the loop that the one operand runs: its carry number `immediate` after the last iteration. */
  | "final"
  /** Of the loop that the one operand runs: entry `immediate` of stack number `second`. */
  | "element";

/**
 * A traced function in single-assignment form: instructions whose operands are the results of earlier ones. The
 * instructions of all bodies are numbered together; each body lists its own, operands before results.
 */
export interface Program {
  /** How many numbers the arguments hold. */
  readonly inputCount: number;
  /** Per instruction: the operation, or where the number comes from. */
  readonly codes: readonly (Op | Source)[];
  /** Per instruction: where its operands begin in `operands`; they end where the next one's begin. */
  readonly starts: readonly number[];
  /** The operands of all instructions, one after the other. */
  readonly operands: readonly Id[];
  /** Per instruction: see {@link Source}; 0 for an operation. */
  readonly immediates: readonly number[];
  /** Per instruction: the stack number of an element; 0 for anything else. */
  readonly seconds: readonly number[];
  readonly loops: readonly Loop[];
  /** What runs, in order, outside of every loop. */
  readonly body: readonly Id[];
  /** The results, in order. */
  readonly outputs: readonly Id[];
}

/** The instructions of a program that is there, or is being written. */
export type Instructions = Pick<
  Program,
  "codes" | "starts" | "operands" | "immediates" | "seconds" | "loops"
>;

/**
 * A body that runs `count` times, once for each row. An iteration reads one number of each column, and each carry as
 * the iteration before left it; it may use results of enclosing bodies as they are.
 */
export interface Loop {
  readonly count: number;
  /** Whether rows are taken last to first. Matters only where there are carries. */
  readonly reversed: boolean;
  readonly columns: readonly Column[];
  /** Carries before the first iteration: results of an enclosing body. */
  readonly inits: readonly Id[];
  /** What runs in each iteration, in order. */
  readonly body: readonly Id[];
  /** For each carry, what it is for the next iteration. Results of the body, or of an enclosing one. */
  readonly nexts: readonly Id[];
  /** Results added up over the iterations, starting from 0. */
  readonly sums: readonly Id[];
  /** Results kept for each row. */
  readonly stacks: readonly Id[];
}

/** Where a loop reads one number for each row. */
export type Column =
  /** Inputs at positions first, first + stride, … */
  | { readonly kind: "inputs"; readonly first: number; readonly stride: number }
  /** What another loop, of the same count, kept for each row. */
  | { readonly kind: "stack"; readonly loop: number; readonly stack: number }
  /** Constants. */
  | { readonly kind: "constants"; readonly numbers: Float64Array }
  /** Results of an enclosing body, one for each row. */
  | { readonly kind: "list"; readonly ids: readonly Id[] };

/** The operands of an instruction. */
export function operandsOf({ starts, operands }: Instructions, id: Id): readonly Id[] {
  return operands.slice(starts[id]!, starts[id + 1]!);
}

/** How many operands an instruction has. */
export function operandCount({ starts }: Instructions, id: Id): number {
  return starts[id + 1]! - starts[id]!;
}

/** The operation of an instruction, if it is one. */
export function operationOf({ codes }: Instructions, id: Id): Op | undefined {
  const code: Op | Source = codes[id]!;
  return typeof code === "string" ? undefined : code;
}

/** The number of the loop that an instruction runs or takes a result of. */
export function loopNumberOf({ codes, starts, operands, immediates }: Instructions, id: Id): number {
  const runner = codes[id] === "loop" ? id : operands[starts[id]!]!;
  return immediates[runner]!;
}

/** What the body of a loop is run for. */
export function resultsOf({ nexts, sums, stacks }: Loop): readonly Id[] {
  return [...nexts, ...sums, ...stacks];
}

/** The results of an enclosing body that a loop reads row by row. */
export function listedIn({ columns }: Loop): readonly Id[] {
  return columns.flatMap((column) => (column.kind === "list" ? column.ids : []));
}
