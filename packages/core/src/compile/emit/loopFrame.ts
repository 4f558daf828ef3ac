import type { Column } from "../program.ts";
import { bodyAt, bodyOfLoop } from "../structure.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import { fillLists, rowsOfList } from "./fillLists.ts";
import type { Locals } from "./locals.ts";
import type { Memory } from "./memory.ts";
import { rowsInOutputs, stackKey } from "./outputs.ts";
import type { Place } from "./places.ts";
import type { Rows } from "./rows.ts";
import { forEachLooseSum } from "./summed.ts";
import { bytesOf, type Sums } from "./sums.ts";

/** Where the numbers of a loop are while it runs and after it. */
export interface LoopFrame {
  readonly loop: number;
  readonly count: number;
  /** How many vectors hold a number that varies; 0 where rows go one by one. */
  readonly vectors: number;
  /** Whether the rows of this loop are what is side by side in the lanes. */
  readonly distributes: boolean;
  readonly columns: readonly Rows[];
  /** `undefined` if nothing reads the stack. */
  readonly stacks: readonly (Rows | undefined)[];
  readonly carries: readonly Place[];
  /** While the loop runs: numbers, vectors, or a vector each for the rows of all vectors. After it: results. */
  readonly sums: Sums;
}

/** The most locals that sums or carries of a loop take before they go to memory. */
const MOST_LOCALS = 16;

/** Decides where the numbers of a loop are, and writes what puts lists in their place. */
export function openFrame(emission: Emission, writer: FunctionWriter, loop: number): LoopFrame {
  const { program, lanes, memory, outputs, uses } = emission;
  const vectors = lanes.vectors[bodyOfLoop(loop)]!;
  const distributes = lanes.distributes[loop] === 1;
  const { columns, stacks, count } = program.loops[loop]!;
  fillLists(emission, writer, loop);
  return {
    loop,
    count,
    vectors,
    distributes,
    columns: columns.map((column, index) => columnRows(emission, loop, column, index)),
    stacks: stacks.map((id, stack) => {
      const run = outputs.placed.get(stackKey(loop, stack));
      if (run !== undefined) return rowsInOutputs(run, emission.outputsAt);
      if (uses.stored[loop]![stack] === 0) return undefined;
      return newRows(memory, count, !distributes && lanes.varies[id] === 1 ? vectors : 0);
    }),
    carries: carryPlaces(emission, writer, loop),
    sums: sumPlaces(emission, writer, loop),
  };
}

function columnRows(emission: Emission, loop: number, column: Column, index: number): Rows {
  const { memory, lists } = emission;
  switch (column.kind) {
    case "inputs":
      return { at: emission.inputsAt + 8 * column.first, stride: 8 * column.stride, isWide: false };
    case "constants":
      return { at: memory.numbers(column.numbers), stride: 8, isWide: false };
    case "stack":
      return emission.frames[column.loop]!.stacks[column.stack]!;
    case "list":
      return rowsOfList(emission, lists[loop]![index]!);
  }
}

/** Room for a number, or so many vectors, in each row. */
function newRows(memory: Memory, count: number, vectors: number): Rows {
  const isWide = vectors > 0;
  const stride = isWide ? 16 * vectors : 8;
  return { at: memory.take(stride * count), stride, isWide };
}

function carryPlaces(emission: Emission, writer: FunctionWriter, loop: number): Place[] {
  const { program, lanes, uses, memory } = emission;
  const body = bodyOfLoop(loop);
  const widths = Array.from(lanes.carriesVary[loop]!, (varies) => varies * lanes.vectors[body]!);
  if (widths.length === 0) return [];
  const crosses = bodyAt(program, body).some((id) => program.codes[id] === "carry" && uses.crosses[id] === 1);
  return newPlaces(memory, writer, widths, crosses || isShared(emission, loop));
}

function sumPlaces(emission: Emission, { locals }: FunctionWriter, loop: number): Sums {
  const { program, lanes, memory, summed } = emission;
  const { sums } = program.loops[loop]!;
  const most = lanes.vectors[bodyOfLoop(loop)]!;
  const distributes = lanes.distributes[loop] === 1;
  const inMemory = isShared(emission, loop) || sums.length * most > MOST_LOCALS || summed.ofLoop.has(loop);
  const vectors = new Uint8Array(sums.length).fill(inMemory ? 1 : most);
  if (!distributes) {
    forEachLooseSum(program, summed, loop, (index) => {
      vectors[index] = lanes.varies[sums[index]!]! * most;
    });
    for (const { first, length } of summed.ofLoop.get(loop) ?? []) {
      vectors.fill(lanes.varies[sums[first]!]! * most, first, first + length);
    }
  }
  const bytes = vectors.reduce((sum, width) => sum + bytesOf(width), 0);
  if (sums.length === 0 || (!inMemory && bytes <= 16 * MOST_LOCALS))
    return { kind: "locals", vectors, locals: Array.from(vectors, (width) => takeLocals(locals, width)) };
  const addresses = new Float64Array(sums.length);
  let at = memory.take(bytes);
  for (let k = 0; k < sums.length; k++) {
    addresses[k] = at;
    at += bytesOf(vectors[k]!);
  }
  return { kind: "memory", vectors, addresses, bytes };
}

/** Locals for a number or so many vectors. */
function takeLocals(locals: Locals, vectors: number): number[] {
  return vectors === 0 ? [locals.take("f64")] : locals.takeAll("v128", vectors);
}

/** Whether functions other than the one that runs a loop handle its sums and carries. */
function isShared({ structure, split, uses }: Emission, loop: number): boolean {
  return uses.crosses[structure.runners[loop]!] === 1 || split.pieces[bodyOfLoop(loop)] !== undefined;
}

/** Places for so many vectors each, or a number where that is 0; one after the other if in memory. */
function newPlaces(
  memory: Memory,
  { locals }: FunctionWriter,
  widths: readonly number[],
  inMemory: boolean,
): Place[] {
  const bytes = widths.map(bytesOf);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  if (!inMemory && total <= 16 * MOST_LOCALS) {
    return widths.map((vectors) => ({ kind: "locals", locals: takeLocals(locals, vectors) }));
  }
  let at = memory.take(total);
  return bytes.map((size) => {
    at += size;
    return { kind: "memory", at: at - size };
  });
}
