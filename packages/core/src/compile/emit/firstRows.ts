import type { FunctionWriter } from "./emission.ts";
import type { LoopFrame } from "./loopFrame.ts";

/*
 * Rows are taken so many at a time. If some are left over, the first iteration takes as many as the others, but only
 * the first few of them count; the second begins after those. So there is one copy of the code for all rows, and rows
 * done twice only write the same numbers to stacks again. In sums they must count once.
 */

/** How many rows the first iteration counts, if not all that it takes; else 0. */
export function firstRowsOf(frame: LoopFrame): number {
  return frame.distributes ? frame.count % (2 * frame.vectors) : 0;
}

/** Where sums of all vectors grow in one: makes masks that pass the rows that count in this iteration. */
export function emitMasks(writer: FunctionWriter, frame: LoopFrame): void {
  const first = firstRowsOf(frame);
  if (first === 0 || frame.sums.kind !== "memory") return;
  const { code, locals } = writer;
  const masks = locals.takeAll("v128", frame.vectors);
  for (const [index, mask] of masks.entries()) {
    code.v128(new Uint8Array(16).fill(0xff)).v128(maskOf(first, index));
    code.emit("local.get", writer.rows.get(frame.loop)!).emit("select").emit("local.set", mask);
  }
  writer.masks.set(frame.loop, masks);
}

/** Where each vector has sums of its own: clears those of rows that did not count, which is once. */
export function emitClearing({ code }: FunctionWriter, frame: LoopFrame): void {
  const first = firstRowsOf(frame);
  if (frame.sums.kind !== "locals") return;
  for (const sum of frame.sums.locals) {
    for (const [index, local] of sum.entries()) {
      code.emit("local.get", local).v128(maskOf(first, index));
      code.emit("v128.and").emit("local.set", local);
    }
  }
}

/** All bits of the lanes of a vector, number `index`, whose row is below `rows`. */
function maskOf(rows: number, index: number): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, byte) => (2 * index + Math.floor(byte / 8) < rows ? 0xff : 0));
}
