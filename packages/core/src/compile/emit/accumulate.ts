import type { Id } from "../program.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import type { LoopFrame } from "./loopFrame.ts";
import { pushNumber, pushVector } from "./push.ts";
import { pushAddress, type Rows, storeRows } from "./rows.ts";
import type { SummedRun } from "./summed.ts";
import { bytesOf } from "./sums.ts";

/** Writes the addition of a result to a sum of a loop. */
export function addToSum(
  emission: Emission,
  writer: FunctionWriter,
  frame: LoopFrame,
  index: number,
  id: Id,
): void {
  const { sums } = frame;
  const { code } = writer;
  if (sums.kind === "memory") {
    const push = (v: number) => pushAddend(emission, writer, frame, index, id, v);
    addInMemory(writer, sums.vectors[index]!, () => pushZero(writer, sums.addresses[index]!), push);
    return;
  }
  for (const [v, local] of sums.locals[index]!.entries()) {
    code.emit("local.get", local);
    if (sums.vectors[index] === 0) pushNumber(emission, writer, id);
    else pushVector(emission, writer, id, v);
    code.emit(sums.vectors[index] === 0 ? "f64.add" : "f64x2.add").emit("local.set", local);
  }
}

/** Writes the addition of a result to the sum of a run that is for this row of the inner loop. */
export function addToRun(emission: Emission, writer: FunctionWriter, run: SummedRun, id: Id): void {
  const { loop, inner, first, entry, entryStep } = run;
  const frame = emission.frames[loop]!;
  const { sums } = frame;
  if (sums.kind !== "memory") return;
  const vectors = sums.vectors[first]!;
  const stride = entryStep * bytesOf(vectors);
  const rows: Rows = { at: sums.addresses[first]! - stride * entry, stride, isWide: vectors > 0 };
  const access = { row: writer.rows.get(inner)!, vectors };
  const push = (v: number) => pushAddend(emission, writer, frame, first, id, v);
  addInMemory(writer, vectors, () => pushAddress(writer, rows, access, 0), push);
}

/** Puts what a sum in memory is to grow by on the stack: a number, or vector `v`. */
export function pushAddend(
  emission: Emission,
  writer: FunctionWriter,
  frame: LoopFrame,
  index: number,
  id: Id,
  v: number,
): void {
  if (frame.sums.vectors[index] === 0) pushNumber(emission, writer, id);
  else if (!frame.distributes) pushVector(emission, writer, id, v);
  else pushCounted(writer, frame, (from) => pushVector(emission, writer, id, from));
}

/** Adds what `push` puts on the stack to a number, or vectors, at the address that `pushBase` does; it returns an offset. */
export function addInMemory(
  { code }: FunctionWriter,
  vectors: number,
  pushBase: () => number,
  push: (v: number) => void,
): void {
  const type = vectors === 0 ? "f64" : "v128";
  for (let v = 0; v < Math.max(1, vectors); v++) {
    const offset = pushBase() + 16 * v;
    pushBase();
    code.access(`${type}.load`, offset);
    push(v);
    code.emit(vectors === 0 ? "f64.add" : "f64x2.add").access(`${type}.store`, offset);
  }
}

/** Puts on the stack, in one vector, the sum of all vectors in the rows that count in this iteration. */
export function pushCounted(writer: FunctionWriter, frame: LoopFrame, push: (v: number) => void): void {
  const masks = writer.masks.get(frame.loop);
  const pushSum = (from: number, to: number) => {
    if (to - from > 1) {
      const middle = (from + to) / 2;
      pushSum(from, middle);
      pushSum(middle, to);
      writer.code.emit("f64x2.add");
      return;
    }
    push(from);
    if (masks !== undefined) writer.code.emit("local.get", masks[from]!).emit("v128.and");
  };
  pushSum(0, frame.vectors);
}

function pushZero({ code }: FunctionWriter, offset: number): number {
  code.i32(0);
  return offset;
}

/** Writes the storing of a result for the row, or rows, of this iteration. */
export function keepInStack(
  emission: Emission,
  writer: FunctionWriter,
  frame: LoopFrame,
  index: number,
  id: Id,
): void {
  const rows = frame.stacks[index];
  if (rows === undefined) return;
  const row = writer.rows.get(frame.loop)!;
  const vectors = frame.distributes || rows.isWide ? frame.vectors : 0;
  storeRows(writer, rows, { row, vectors }, (v) => {
    if (vectors === 0) pushNumber(emission, writer, id);
    else pushVector(emission, writer, id, v);
  });
}
