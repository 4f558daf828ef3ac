import type { Column, Id } from "../program.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import type { Memory } from "./memory.ts";
import { rowsInOutputs, stackKey } from "./outputs.ts";
import type { Place } from "./places.ts";
import { placeOf, pushNumber, pushVector } from "./push.ts";
import type { Rows } from "./rows.ts";
import { bodyAt, bodyOfLoop } from "./structure.ts";

/** Where the numbers of a loop are while it runs and after it. */
export interface LoopFrame {
  readonly loop: number;
  readonly count: number;
  /** How many vectors hold a number that varies; 0 where rows go one by one. */
  readonly vectors: number;
  /** Whether the rows of this loop are what is side by side in the lanes. */
  readonly distributes: boolean;
  readonly columns: readonly Rows[];
  readonly stacks: readonly Rows[];
  readonly carries: readonly Place[];
  /** While the loop runs: numbers, vectors, or a vector each for the rows of all vectors. After it: results. */
  readonly sums: Accumulator[];
}

/** Where a sum grows. */
export interface Accumulator {
  readonly place: Place;
  /** 0 for a number. */
  readonly vectors: number;
}

/** The most locals that sums or carries of a loop take before they go to memory. */
const MOST_LOCALS = 16;

/** Decides where the numbers of a loop are, and writes what puts lists in their place. */
export function openFrame(emission: Emission, writer: FunctionWriter, loop: number): LoopFrame {
  const { program, lanes, memory, outputs } = emission;
  const vectors = lanes.vectors[bodyOfLoop(loop)]!;
  const distributes = lanes.distributes[loop] === 1;
  const { columns, stacks, count } = program.loops[loop]!;
  return {
    loop,
    count,
    vectors,
    distributes,
    columns: columns.map((column) => columnRows(emission, writer, column)),
    stacks: stacks.map((id, stack) => {
      const run = outputs.placed.get(stackKey(loop, stack));
      if (run !== undefined) return rowsInOutputs(run, emission.outputsAt);
      return newRows(memory, count, !distributes && lanes.varies[id] === 1 ? vectors : 0);
    }),
    carries: carryPlaces(emission, writer, loop),
    sums: accumulators(emission, writer, loop),
  };
}

function columnRows(emission: Emission, writer: FunctionWriter, column: Column): Rows {
  const { lanes, memory } = emission;
  switch (column.kind) {
    case "inputs":
      return { at: emission.inputsAt + 8 * column.first, stride: 8 * column.stride, isWide: false };
    case "constants":
      return { at: memory.numbers(column.numbers), stride: 8, isWide: false };
    case "stack":
      return emission.frames[column.loop]!.stacks[column.stack]!;
    case "list": {
      const isWide = column.ids.some((id) => lanes.varies[id] === 1);
      const there = isWide ? undefined : rowsInPlace(emission, writer, column.ids);
      if (there !== undefined) return there;
      const rows = newRows(memory, column.ids.length, isWide ? lanes.vectors[writer.body]! : 0);
      storeList(emission, writer, rows, column.ids);
      return rows;
    }
  }
}

/** The memory where these results are one after the other already. */
function rowsInPlace(emission: Emission, writer: FunctionWriter, ids: readonly Id[]): Rows | undefined {
  const addresses: number[] = [];
  for (const id of ids) {
    const place = placeOf(emission, writer, id);
    if (place.kind !== "memory") return undefined;
    addresses.push(place.at);
  }
  const [at = 0, second = at] = addresses;
  const stride = second - at;
  if (addresses.some((address, row) => address !== at + row * stride)) return undefined;
  return { at, stride, isWide: false };
}

function storeList(emission: Emission, writer: FunctionWriter, rows: Rows, ids: readonly Id[]): void {
  for (const [row, id] of ids.entries()) {
    const at = rows.at + rows.stride * row;
    for (let offset = 0; offset < rows.stride; offset += 16) {
      writer.code.i32(0);
      if (rows.isWide) pushVector(emission, writer, id, offset / 16);
      else pushNumber(emission, writer, id);
      writer.code.access(rows.isWide ? "v128.store" : "f64.store", at + offset);
    }
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

function accumulators(emission: Emission, writer: FunctionWriter, loop: number): Accumulator[] {
  const { program, lanes, memory } = emission;
  const vectors = lanes.vectors[bodyOfLoop(loop)]!;
  const distributes = lanes.distributes[loop] === 1;
  const { sums } = program.loops[loop]!;
  const inMemory = isShared(emission, loop) || sums.length * vectors > MOST_LOCALS;
  const widths = sums.map((id) => {
    if (distributes) return inMemory ? 1 : vectors;
    return lanes.varies[id]! * vectors;
  });
  const places = newPlaces(memory, writer, widths, inMemory);
  return places.map((place, k) => ({ place, vectors: widths[k]! }));
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
  const bytes = widths.map((vectors) => (vectors === 0 ? 8 : 16 * vectors));
  const total = bytes.reduce((sum, size) => sum + size, 0);
  if (!inMemory && total <= 16 * MOST_LOCALS) {
    return widths.map((vectors) => ({
      kind: "locals",
      locals: vectors === 0 ? [locals.take("f64")] : locals.takeAll("v128", vectors),
    }));
  }
  let at = memory.take(total);
  return bytes.map((size) => {
    at += size;
    return { kind: "memory", at: at - size };
  });
}
