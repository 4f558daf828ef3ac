import type { Op } from "../../op.ts";
import { Memory } from "../emit/memory.ts";
import { type Image, writeImage } from "../image.ts";
import { Maths } from "../math/maths.ts";
import type { Program } from "../program.ts";
import { emitReplay } from "./emitReplay.ts";
import type { FuseOptions } from "./fuse.ts";
import { isOnArray, type Pattern } from "./patterns.ts";
import { type Plan, planOf } from "./plan.ts";

/**
 * With 2 to 12 patterns the gradient of an irregular graph takes 3.9 ns for each of its nodes; with 16 it takes 4.2, for
 * more patterns make shorter runs.
 */
const DEFAULTS: FuseOptions = { patterns: 8, leaves: 8, often: 64 };

/**
 * Translates a program without loops to a module with a table of what to do, and code of one pass for each pattern. The
 * engine must have vectors.
 */
export function replayImage(program: Program, options: FuseOptions = DEFAULTS): Image {
  const plan = planOf(program, options);
  const { inputCount, constants, resultCount, outputs, patterns, parts } = plan;
  const memory = new Memory();
  const maths = new Maths(memory, true);
  const imports = importsOf(patterns, parts).filter((op) => !maths.has(op, 2));
  const inputsAt = memory.take(8 * inputCount);
  const outputsAt = memory.take(8 * outputs.length);
  const constantsAt = memory.numbers(constants);
  const resultsAt = memory.take(8 * resultCount);
  const argumentsAt = memory.take(8 * mostOperands(plan));
  const table = tableOf(plan, (slot) => {
    if (slot < inputCount) return inputsAt + 8 * slot;
    const rest = slot - inputCount;
    return rest < constants.length ? constantsAt + 8 * rest : resultsAt + 8 * (rest - constants.length);
  });
  const wordsAt = memory.take(table.length);
  const run = emitReplay(plan, {
    memory,
    maths,
    imports: new Map(imports.map((op, index) => [op, index])),
    outputsAt,
    resultsAt,
    argumentsAt,
    wordsAt,
  });
  return writeImage(
    { imports, inputsAt, outputsAt, outputCount: outputs.length, pages: memory.pages, lanes: [] },
    [run, ...maths.functions],
    [...memory.data, { at: wordsAt, bytes: table }],
  );
}

function importsOf(used: readonly Pattern[], parts: readonly Pattern[]): Op[] {
  const ops = new Set<Op>();
  const waiting = [...used];
  for (let pattern = waiting.pop(); pattern !== undefined; pattern = waiting.pop()) {
    const { op, operands } = pattern;
    if (typeof op === "object" && op.instruction === undefined) ops.add(op);
    for (const operand of operands) waiting.push(parts[operand]!);
  }
  return [...ops];
}

/** Walks the runs of a plan. */
function eachRun(
  { words, patterns }: Plan,
  visit: (pattern: Pattern, count: number, at: number) => number,
): void {
  for (let at = 0; at < words.length; ) at = visit(patterns[words[at]!]!, words[at + 1]!, at + 2);
}

function mostOperands(plan: Plan): number {
  let most = 0;
  eachRun(plan, (pattern, count, at) => {
    if (!isOnArray(pattern.op)) return at + count * pattern.leaves;
    let end = at;
    for (let i = 0; i < count; i++) {
      most = Math.max(most, plan.words[end]!);
      end += 1 + plan.words[end]!;
    }
    return end;
  });
  return most;
}

/**
 * The words with addresses in place of slots, and how many passes make the results of a run; then the number after the
 * last pattern, and addresses for the outputs.
 */
function tableOf(plan: Plan, addressOf: (slot: number) => number): Uint8Array {
  const { words, outputs, patterns } = plan;
  const bytes = new Uint8Array(4 * (words.length + 2 + outputs.length));
  const view = new DataView(bytes.buffer);
  const write = (at: number, word: number) => view.setInt32(4 * at, word, true);
  eachRun(plan, (pattern, count, at) => {
    const onArray = isOnArray(pattern.op);
    write(at - 2, words[at - 2]!);
    write(at - 1, onArray ? count : count / 2);
    let end = at;
    for (let i = 0; i < count; i++) {
      let reads = pattern.leaves;
      if (onArray) {
        reads = words[end]!;
        write(end++, reads);
      }
      for (const last = end + reads; end < last; end++) write(end, addressOf(words[end]!));
    }
    return end;
  });
  write(words.length, patterns.length);
  for (let i = 0; i < outputs.length; i++) write(words.length + 2 + i, addressOf(outputs[i]!));
  return bytes;
}
