import type { FunctionWriter } from "./emission.ts";
import type { LoopFrame } from "./loopFrame.ts";

/** Writes, after a loop whose rows were side by side, the additions of what each lane has summed. */
export function emitTotals(writer: FunctionWriter, frame: LoopFrame): void {
  if (frame.sums[0]?.place.kind === "memory") emitTotalsInMemory(writer, frame, frame.sums[0].place.at);
  else emitTotalsInLocals(writer, frame);
}

function emitTotalsInLocals({ code, locals }: FunctionWriter, { sums }: LoopFrame): void {
  for (const [k, { place }] of sums.entries()) {
    if (place.kind !== "locals") continue;
    const [first, ...others] = place.locals as [number, ...number[]];
    code.emit("local.get", first);
    for (const local of others) code.emit("local.get", local).emit("f64x2.add");
    const total = locals.take("f64");
    code.emit("local.tee", first).emit("f64x2.extract_lane", 0);
    code.emit("local.get", first).emit("f64x2.extract_lane", 1);
    code.emit("f64.add").emit("local.set", total);
    for (const local of place.locals) locals.give(local);
    sums[k] = { place: { kind: "locals", locals: [total] }, vectors: 0 };
  }
}

/** Vector k becomes number k, in the first half of the same memory. */
function emitTotalsInMemory({ code, locals }: FunctionWriter, { sums }: LoopFrame, at: number): void {
  const offset = locals.take("i32");
  const pair = locals.take("v128");
  code.i32(0).emit("local.set", offset).begin("loop");
  code.emit("local.get", offset);
  code.emit("local.get", offset).emit("local.get", offset).emit("i32.add").access("v128.load", at);
  code.emit("local.tee", pair).emit("f64x2.extract_lane", 0);
  code.emit("local.get", pair).emit("f64x2.extract_lane", 1);
  code.emit("f64.add").access("f64.store", at);
  code.emit("local.get", offset).i32(8).emit("i32.add").emit("local.tee", offset);
  code
    .i32(8 * sums.length)
    .emit("i32.lt_u")
    .emit("br_if", 0)
    .emit("end");
  locals.give(offset);
  locals.give(pair);
  for (const k of sums.keys()) sums[k] = { place: { kind: "memory", at: at + 8 * k }, vectors: 0 };
}
