import type { Emission, FunctionWriter } from "./emission.ts";
import type { LoopFrame } from "./loopFrame.ts";
import type { SumsInMemory } from "./sums.ts";

/** Writes, after a loop whose rows were side by side, the additions of what each lane has summed. */
export function emitTotals(emission: Emission, writer: FunctionWriter, frame: LoopFrame): void {
  if (frame.sums.kind === "memory") emitTotalsInMemory(emission, writer, frame, frame.sums);
  else emitTotalsInLocals(writer, frame.sums.locals);
}

function emitTotalsInLocals({ code, locals }: FunctionWriter, sums: number[][]): void {
  for (const [k, held] of sums.entries()) {
    const [first, ...others] = held as [number, ...number[]];
    code.emit("local.get", first);
    for (const local of others) code.emit("local.get", local).emit("f64x2.add");
    const total = locals.take("f64");
    code.emit("local.tee", first).emit("f64x2.extract_lane", 0);
    code.emit("local.get", first).emit("f64x2.extract_lane", 1);
    code.emit("f64.add").emit("local.set", total);
    for (const local of held) locals.give(local);
    sums[k] = [total];
  }
}

/** Totals go to the outputs if they are outputs side by side, else to the first half of the same memory. */
function emitTotalsInMemory(
  { outputs, outputsAt }: Emission,
  writer: FunctionWriter,
  { loop }: LoopFrame,
  { addresses }: SumsInMemory,
): void {
  const count = addresses.length;
  const at = addresses[0]!;
  const emitRange = (from: number, to: number, target: number) => {
    if (from === to) return;
    emitAdditions(writer, at + 16 * from, target, to - from);
    for (let k = from; k < to; k++) addresses[k] = target + 8 * (k - from);
  };
  const run = outputs.totals.get(loop);
  const [from, to] = run === undefined ? [count, count] : [run.entry, run.entry + run.length];
  emitRange(0, from, at);
  if (run !== undefined) emitRange(from, to, outputsAt + 8 * run.output);
  emitRange(to, count, at + 8 * to);
}

/** Adds the lanes of so many vectors, first to last. */
function emitAdditions({ code, locals }: FunctionWriter, from: number, to: number, count: number): void {
  const offset = locals.take("i32");
  const pair = locals.take("v128");
  code.i32(0).emit("local.set", offset).begin("loop");
  code.emit("local.get", offset);
  code.emit("local.get", offset).emit("local.get", offset).emit("i32.add").access("v128.load", from);
  code.emit("local.tee", pair).emit("f64x2.extract_lane", 0);
  code.emit("local.get", pair).emit("f64x2.extract_lane", 1);
  code.emit("f64.add").access("f64.store", to);
  code.emit("local.get", offset).i32(8).emit("i32.add").emit("local.tee", offset);
  code
    .i32(8 * count)
    .emit("i32.lt_u")
    .emit("br_if", 0)
    .emit("end");
  locals.give(offset);
  locals.give(pair);
}
