import { type Id, loopNumberOf } from "../program.ts";
import { type Body, bodyAt, bodyOfLoop, loopOf } from "../structure.ts";
import { addToRun, addToSum, keepInStack } from "./accumulate.ts";
import { emitAddedRuns } from "./addRuns.ts";
import { beginFunction, type Emission, endFunction, type FunctionWriter } from "./emission.ts";
import { emitLoop } from "./emitLoop.ts";
import { emitOperation } from "./emitOperation.ts";
import { emitVectors } from "./emitVectors.ts";
import { rowsOfList, storeInList } from "./fillLists.ts";
import { emitMasks } from "./firstRows.ts";
import type { Place } from "./places.ts";
import { pushNumber, pushVector } from "./push.ts";
import { loadRows, loadSplat, type Rows } from "./rows.ts";
import { bytesOf, placeOfSum } from "./sums.ts";
import type { Sink } from "./uses.ts";

/** Writes a body into the function that runs it, or its pieces into functions of their own and calls of them. */
export function emitBody(emission: Emission, writer: FunctionWriter, body: Body): void {
  const { program, split, imports, frames } = emission;
  const pieces = split.pieces[body];
  if (pieces === undefined) {
    const outer = writer.body;
    writer.body = body;
    emitInstructions(emission, writer, 0, bodyAt(program, body).length);
    writer.body = outer;
    return;
  }
  for (const piece of pieces) {
    const own = beginFunction(piece.function, body);
    if (body > 0) {
      writer.code.emit("local.get", writer.rows.get(loopOf(body))!);
      emitMasks(own, frames[loopOf(body)]!);
    }
    writer.code.emit("call", imports.size + piece.function);
    emitInstructions(emission, own, piece.from, piece.to);
    endFunction(emission, own);
  }
}

function emitInstructions(emission: Emission, writer: FunctionWriter, from: number, to: number): void {
  const { program, uses, places } = emission;
  const ids = bodyAt(program, writer.body);
  for (let i = from; i < to; i++) {
    const id = ids[i]!;
    if (uses.needed[id] === 0) continue;
    if (program.codes[id] === "loop") {
      const loop = program.immediates[id]!;
      const inner = bodyOfLoop(loop);
      emitLoop(emission, writer, loop, () => emitBody(emission, writer, inner));
      emitAddedRuns(emission, writer, loop);
      uses.endingWith(inner, (ended) => release(emission, writer, ended));
    } else {
      const place = emitResult(emission, writer, id);
      places[id] = place;
      for (const sink of uses.sinks.get(id) ?? []) emitSink(emission, writer, id, sink);
      if (uses.crosses[id] === 1) keep(emission, writer, id, place);
    }
    uses.endingAt(id, (ended) => release(emission, writer, ended));
  }
}

/** Writes what makes a result, if anything has to, and tells where it is. */
function emitResult(emission: Emission, writer: FunctionWriter, id: Id): Place {
  const { program, frames } = emission;
  const index = program.immediates[id]!;
  switch (program.codes[id]) {
    case "constant":
      return { kind: "constant", value: index };
    case "input":
      return { kind: "memory", at: emission.inputsAt + 8 * index };
    case "element": {
      const rows = frames[loopNumberOf(program, id)]!.stacks[program.seconds[id]!]!;
      return { kind: "memory", at: rows.at + rows.stride * index };
    }
    case "column": {
      const frame = frames[loopOf(writer.body)]!;
      return emitColumn(emission, writer, id, frame.columns[index]!, writer.rows.get(frame.loop)!);
    }
    case "carry":
      return frames[loopOf(writer.body)]!.carries[index]!;
    case "sum":
      return copyOf(emission, writer, id, placeOfSum(frames[loopNumberOf(program, id)]!.sums, index));
    case "final":
      return copyOf(emission, writer, id, frames[loopNumberOf(program, id)]!.carries[index]!);
    default: {
      const locals = newLocals(emission, writer, id);
      if (emission.lanes.varies[id] === 1) emitVectors(emission, writer, id, locals);
      else {
        emitOperation(emission, writer, id);
        writer.code.emit("local.set", locals[0]!);
      }
      return { kind: "locals", locals };
    }
  }
}

function emitColumn(emission: Emission, writer: FunctionWriter, id: Id, rows: Rows, row: number): Place {
  const vectors = emission.lanes.vectors[writer.body]!;
  if (vectors > 0 && emission.lanes.varies[id] === 0) {
    const local = writer.locals.take("v128");
    loadSplat(writer, rows, row, local);
    return { kind: "splat", locals: [local] };
  }
  const locals = newLocals(emission, writer, id);
  loadRows(writer, rows, { row, vectors }, locals);
  return { kind: "locals", locals };
}

function newLocals({ lanes }: Emission, { body, locals }: FunctionWriter, id: Id): number[] {
  return lanes.varies[id] === 1 ? locals.takeAll("v128", lanes.vectors[body]!) : [locals.take("f64")];
}

/** A copy of what may change before the last use; memory of a loop changes only when the loop runs again. */
function copyOf(emission: Emission, writer: FunctionWriter, id: Id, place: Place): Place {
  if (place.kind !== "locals") return place;
  const locals = newLocals(emission, writer, id);
  for (const [k, local] of locals.entries()) {
    writer.code.emit("local.get", place.locals[k]!).emit("local.set", local);
  }
  return { kind: "locals", locals };
}

/** Stores a result where other functions look for it, unless they find it in a list. */
function keep(emission: Emission, writer: FunctionWriter, id: Id, place: Place): void {
  const { lanes, slots, memory } = emission;
  const { code } = writer;
  if (place.kind === "constant" || place.kind === "memory" || slots.has(id)) return;
  const vectors = lanes.varies[id] === 1 ? place.locals.length : 0;
  const at = memory.take(bytesOf(vectors));
  slots.set(id, at);
  for (let v = 0; v < Math.max(1, vectors); v++) {
    code.i32(0);
    if (vectors === 0) pushNumber(emission, writer, id);
    else pushVector(emission, writer, id, v);
    code.access(vectors === 0 ? "f64.store" : "v128.store", at + 16 * v);
  }
}

function emitSink(emission: Emission, writer: FunctionWriter, id: Id, sink: Sink): void {
  if (sink.kind === "output") {
    writer.code.i32(0);
    pushNumber(emission, writer, id);
    writer.code.access("f64.store", emission.outputsAt + 8 * sink.index);
    return;
  }
  if (sink.kind === "list") {
    storeInList(emission, writer, sink.list, sink.row, id);
    const { at, stride } = rowsOfList(emission, sink.list);
    emission.slots.set(id, at + stride * sink.row);
    return;
  }
  if (sink.kind === "run") {
    addToRun(emission, writer, sink.run, id);
    return;
  }
  const frame = emission.frames[sink.loop]!;
  if (sink.kind === "sum") addToSum(emission, writer, frame, sink.index, id);
  else keepInStack(emission, writer, frame, sink.index, id);
}

/** Gives back the locals of a result, or of what a loop carried and summed, after its last use. */
function release({ program, places, frames }: Emission, { locals }: FunctionWriter, id: Id): void {
  const code = program.codes[id];
  if (code === "carry") return;
  const frame = code === "loop" ? frames[program.immediates[id]!]! : undefined;
  for (const place of frame?.carries ?? [places[id]]) {
    if (place?.kind === "locals" || place?.kind === "splat") {
      for (const local of place.locals) locals.give(local);
    }
  }
  if (frame?.sums.kind === "locals") for (const local of frame.sums.locals.flat()) locals.give(local);
}
