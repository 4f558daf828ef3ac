import type { Op } from "../../op.ts";
import { type Image, writeImage } from "../image.ts";
import type { Program } from "../program.ts";
import { bytesOf } from "../wasm/bytes.ts";
import { Code } from "../wasm/code.ts";
import { PAGE } from "../wasm/encoder.ts";
import { emitReplay } from "./emitReplay.ts";
import type { FuseOptions } from "./fuse.ts";
import { isOnArray, type Pattern } from "./patterns.ts";
import { type Plan, planOf } from "./plan.ts";

/**
 * Of 4, 8, 16 and 48 patterns 8 are fastest on the gradient of an irregular graph: 4.7 ns for each of its nodes where 48
 * take 7, for more patterns make shorter runs.
 */
const DEFAULTS: FuseOptions = { patterns: 8, leaves: 8, often: 64 };

/** Translates a program without loops to a module with a table of what to do, and code of one pass for each pattern. */
export function replayImage(program: Program, options: FuseOptions = DEFAULTS): Image {
  const plan = planOf(program, options);
  const { inputCount, constants, resultCount, outputs, patterns, parts } = plan;
  const table = tableOf(plan);
  const outputsAt = 8 * inputCount;
  const constantsAt = outputsAt + 8 * outputs.length;
  const resultsAt = constantsAt + 8 * constants.length;
  const argumentsAt = resultsAt + 8 * resultCount;
  const wordsAt = argumentsAt + 8 * mostOperands(plan);
  const pages = Math.ceil((wordsAt + table.length) / PAGE);
  const imports = importsOf(patterns, parts);
  const code = new Code();
  const layout = { outputsAt, resultsAt, argumentsAt, wordsAt };
  const locals = emitReplay(code, plan, layout, new Map(imports.map((op, index) => [op, index])));
  const signature = { params: [], results: [] };
  return writeImage(
    { imports, inputsAt: 0, outputsAt, outputCount: outputs.length, pages, lanes: [] },
    [{ signature, locals, code }],
    [
      { at: constantsAt, bytes: bytesOf(constants) },
      { at: wordsAt, bytes: table },
    ],
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

/** The words with addresses in place of slots; then the number after the last pattern, and addresses for the outputs. */
function tableOf(plan: Plan): Uint8Array {
  const { words, outputs, patterns, inputCount } = plan;
  const bytes = new Uint8Array(4 * (words.length + 2 + outputs.length));
  const view = new DataView(bytes.buffer);
  const write = (at: number, word: number) => view.setInt32(4 * at, word, true);
  const addressOf = (slot: number) => 8 * (slot < inputCount ? slot : slot + outputs.length);
  eachRun(plan, (pattern, count, at) => {
    write(at - 2, words[at - 2]!);
    write(at - 1, words[at - 1]!);
    let end = at;
    for (let i = 0; i < count; i++) {
      let reads = pattern.leaves;
      if (isOnArray(pattern.op)) {
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
