import type { Id } from "../program.ts";
import { bodyOfLoop } from "../structure.ts";
import { addToRun, addToSum, keepInStack } from "./accumulate.ts";
import { emitWithConditions } from "./conditions.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import { emitClearing, emitMasks, firstRowsOf } from "./firstRows.ts";
import { type LoopFrame, openFrame } from "./loopFrame.ts";
import { pushNumber, pushVector } from "./push.ts";
import { forEachLooseSum, isAddedAtOnce } from "./summed.ts";
import { emitTotals } from "./totals.ts";
import { isTakenAtOnce } from "./uses.ts";

/** Writes a loop around what `emitIteration` writes. */
export function emitLoop(
  emission: Emission,
  writer: FunctionWriter,
  loop: number,
  emitIteration: () => void,
): void {
  const { count, reversed, inits } = emission.program.loops[loop]!;
  const { code, locals, rows } = writer;
  const frame = openFrame(emission, writer, loop);
  emission.frames[loop] = frame;
  assign(emission, writer, frame, inits);
  clearSums(writer, frame);
  if (count > 0) {
    const row = locals.take("i32");
    const descends = reversed && !frame.distributes;
    const end = count;
    rows.set(loop, row);
    code.i32(descends ? count - 1 : 0).emit("local.set", row);
    emitWithConditions(emission, writer, frame, () => {
      // Whether to go on is asked first: after an iteration V8 would keep all that its last results are made of.
      code.begin("block").begin("loop");
      code
        .emit("local.get", row)
        .i32(descends ? -1 : end)
        .emit("i32.eq")
        .emit("br_if", 1);
      emitMasks(writer, frame);
      emitIteration();
      endIteration(emission, writer, frame);
      if (descends) code.emit("local.get", row).i32(-1).emit("i32.add").emit("local.set", row);
      else emitAdvance(writer, frame, row);
      code.emit("br", 0).emit("end").emit("end");
    });
    locals.give(row);
    for (const mask of writer.masks.get(loop) ?? []) locals.give(mask);
  }
  if (frame.distributes) emitTotals(emission, writer, frame);
}

/** Goes on to the next rows. */
function emitAdvance(writer: FunctionWriter, frame: LoopFrame, row: number): void {
  const { code } = writer;
  const step = frame.distributes ? 2 * frame.vectors : 1;
  const first = firstRowsOf(frame);
  if (first > 0) {
    code.emit("local.get", row).emit("i32.eqz").begin("if");
    emitClearing(writer, frame);
    code.i32(first - step).emit("local.set", row);
    code.emit("end");
  }
  code.emit("local.get", row).i32(step).emit("i32.add").emit("local.set", row);
}

/** What is left to do with results once all of an iteration are there. */
function endIteration(emission: Emission, writer: FunctionWriter, frame: LoopFrame): void {
  const { program, structure, lanes, split, summed } = emission;
  const { nexts, sums, stacks } = program.loops[frame.loop]!;
  const outer = writer.body;
  writer.body = bodyOfLoop(frame.loop);
  const isLeft = (id: Id) => !isTakenAtOnce(program, structure, writer.body, id);
  forEachLooseSum(program, summed, frame.loop, (index) => {
    const id = sums[index]!;
    if (isLeft(id)) addToSum(emission, writer, frame, index, id);
  });
  for (const [index, id] of stacks.entries()) {
    if (isLeft(id)) keepInStack(emission, writer, frame, index, id);
  }
  for (const run of summed.ofInner.get(frame.loop) ?? []) {
    const id = stacks[run.stack]!;
    if (isLeft(id) && isAddedAtOnce(program, lanes, split, run)) addToRun(emission, writer, run, id);
  }
  assign(emission, writer, frame, nexts);
  writer.body = outer;
}

/** Sets all carries at once, as one may be what another becomes. */
function assign(emission: Emission, writer: FunctionWriter, frame: LoopFrame, ids: readonly Id[]): void {
  const { code } = writer;
  const varies = emission.lanes.carriesVary[frame.loop]!;
  for (const [k, place] of frame.carries.entries()) {
    for (let v = 0; v < Math.max(1, varies[k]! * frame.vectors); v++) {
      if (place.kind === "memory") code.i32(0);
      if (varies[k] === 1) pushVector(emission, writer, ids[k]!, v);
      else pushNumber(emission, writer, ids[k]!);
    }
  }
  for (let k = frame.carries.length - 1; k >= 0; k--) {
    const place = frame.carries[k]!;
    for (let v = Math.max(1, varies[k]! * frame.vectors) - 1; v >= 0; v--) {
      if (place.kind === "locals") code.emit("local.set", place.locals[v]!);
      else if (place.kind === "memory") {
        code.access(varies[k] === 1 ? "v128.store" : "f64.store", place.at + 16 * v);
      }
    }
  }
}

function clearSums({ code }: FunctionWriter, { sums }: LoopFrame): void {
  if (sums.kind === "memory") {
    code.i32(sums.addresses[0]!).i32(0).i32(sums.bytes).emit("memory.fill", 0);
    return;
  }
  for (const [k, locals] of sums.locals.entries()) {
    for (const local of locals) {
      if (sums.vectors[k] === 0) code.f64(0);
      else code.v128(new Uint8Array(16));
      code.emit("local.set", local);
    }
  }
}
