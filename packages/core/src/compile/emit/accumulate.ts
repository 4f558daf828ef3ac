import type { Id } from "../program.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import type { LoopFrame } from "./loopFrame.ts";
import { pushNumber, pushVector } from "./push.ts";
import { storeRows } from "./rows.ts";

/** Writes the addition of a result to a sum of a loop. */
export function addToSum(
  emission: Emission,
  writer: FunctionWriter,
  frame: LoopFrame,
  index: number,
  id: Id,
): void {
  const { place, vectors } = frame.sums[index]!;
  const { code } = writer;
  const isShared = frame.distributes && place.kind === "memory";
  for (let v = 0; v < Math.max(1, vectors); v++) {
    const type = vectors === 0 ? "f64" : "v128";
    if (place.kind === "locals") code.emit("local.get", place.locals[v]!);
    else if (place.kind === "memory")
      code
        .i32(0)
        .i32(0)
        .access(`${type}.load`, place.at + 16 * v);
    if (vectors === 0) pushNumber(emission, writer, id);
    else if (!isShared) pushVector(emission, writer, id, v);
    else pushVectorSum(emission, writer, frame, id, 0, frame.vectors);
    code.emit(vectors === 0 ? "f64.add" : "f64x2.add");
    if (place.kind === "locals") code.emit("local.set", place.locals[v]!);
    else if (place.kind === "memory") code.access(`${type}.store`, place.at + 16 * v);
  }
}

/** Puts on the stack, in one vector, the sum of a result's vectors from one to before another. */
function pushVectorSum(
  emission: Emission,
  writer: FunctionWriter,
  frame: LoopFrame,
  id: Id,
  from: number,
  to: number,
): void {
  if (to - from > 1) {
    const middle = (from + to) / 2;
    pushVectorSum(emission, writer, frame, id, from, middle);
    pushVectorSum(emission, writer, frame, id, middle, to);
    writer.code.emit("f64x2.add");
    return;
  }
  pushVector(emission, writer, id, from);
  const masks = writer.masks.get(frame.loop);
  if (masks !== undefined) writer.code.emit("local.get", masks[from]!).emit("v128.and");
}

/** Writes the storing of a result for the row, or rows, of this iteration. */
export function keepInStack(
  emission: Emission,
  writer: FunctionWriter,
  frame: LoopFrame,
  index: number,
  id: Id,
): void {
  const rows = frame.stacks[index]!;
  const row = writer.rows.get(frame.loop)!;
  const vectors = frame.distributes || rows.isWide ? frame.vectors : 0;
  storeRows(writer, rows, { row, vectors }, (v) => {
    if (vectors === 0) pushNumber(emission, writer, id);
    else pushVector(emission, writer, id, v);
  });
}
