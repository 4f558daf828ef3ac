import type { Id, Program } from "../program.ts";
import { type Fused, type FuseOptions, fuse } from "./fuse.ts";
import { Operations } from "./operations.ts";
import { isOnArray, type Pattern, type PatternId } from "./patterns.ts";
import { schedule } from "./schedule.ts";
import { Words } from "./words.ts";

/**
 * A program as a table. Its numbers stand in slots: inputs first, then constants, then results in the order in which
 * they are made.
 */
export interface Plan {
  readonly inputCount: number;
  readonly constants: Float64Array;
  readonly resultCount: number;
  /** Those in use; a run names them by position. */
  readonly patterns: readonly Pattern[];
  /** All patterns, as the operands of patterns name them. */
  readonly parts: readonly Pattern[];
  /**
   * Run after run: a pattern, how many results, and for each the slots that it reads; before them how many they are, if
   * there can be any number; if not, the results are of an even number.
   */
  readonly words: Int32Array;
  /** The slots of the outputs. */
  readonly outputs: Int32Array;
}

/** Whether a program can be made a plan: it has no loops. */
export function canReplay({ loops }: Program): boolean {
  return loops.length === 0;
}

export function planOf(program: Program, options: FuseOptions): Plan {
  const operations = new Operations(program);
  const fused = fuse(operations, options);
  const { order, ends } = schedule(program.body, fused);
  const { slots, constants } = slotsOf(program, fused, order);
  const { all } = fused.patterns;
  const numbers = new Map<PatternId, number>();
  const words = new Words();
  const beginRun = (pattern: PatternId, count: number) => {
    if (!numbers.has(pattern)) numbers.set(pattern, numbers.size);
    words.push(numbers.get(pattern)!);
    words.push(count);
  };

  let from = 0;
  for (const to of ends) {
    const pattern = fused.patternOf[order[from]!]!;
    const onArray = isOnArray(all[pattern]!.op);
    beginRun(pattern, to - from);
    for (; from < to; from++) {
      const id = order[from]!;
      const at = fused.readsAt[id]!;
      const count = fused.readCounts[id]!;
      if (onArray) words.push(count);
      for (let k = at; k < at + count; k++) words.push(slots[fused.reads[k]!]!);
    }
  }
  return {
    inputCount: program.inputCount,
    constants,
    resultCount: order.length,
    patterns: [...numbers.keys()].map((pattern) => all[pattern]!),
    parts: all,
    words: words.view(),
    outputs: Int32Array.from(program.outputs, (id) => slots[id]!),
  };
}

/** Where each number stands, and the constants that are read from memory. */
function slotsOf(
  { codes, immediates, body, inputCount, outputs }: Program,
  { reads }: Fused,
  order: Int32Array,
): { slots: Int32Array; constants: Float64Array } {
  const isRead = new Uint8Array(codes.length);
  for (const id of reads) isRead[id] = 1;
  for (const id of outputs) isRead[id] = 1;
  const slots = new Int32Array(codes.length);
  const constants: number[] = [];
  const take = (id: Id) => inputCount + constants.push(immediates[id]!) - 1;
  for (const id of body) {
    if (codes[id] === "input") slots[id] = immediates[id]!;
    else if (codes[id] === "constant" && isRead[id] === 1) slots[id] = take(id);
  }
  const first = inputCount + constants.length;
  for (let i = 0; i < order.length; i++) slots[order[i]!] = first + i;
  return { slots, constants: Float64Array.from(constants) };
}
