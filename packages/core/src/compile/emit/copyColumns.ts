import { loopOf } from "../structure.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import type { ColumnRun, List } from "./lists.ts";
import type { Rows } from "./rows.ts";

/** Writes the copying of numbers of the row, or of the rows side by side, from the inputs to a list. */
export function copyColumns(
  emission: Emission,
  writer: FunctionWriter,
  { ids, body }: List,
  { first, step, stride }: ColumnRun,
  list: Rows,
): void {
  const { code, locals } = writer;
  const from = emission.inputsAt + 8 * first;
  const pushRow = () =>
    code
      .emit("local.get", writer.rows.get(loopOf(body))!)
      .i32(8 * stride)
      .emit("i32.mul");
  if (!list.isWide && step === 1) {
    code.i32(list.at);
    pushRow();
    code
      .i32(from)
      .emit("i32.add")
      .i32(8 * ids.length)
      .emit("memory.copy", 0, 0);
    return;
  }
  const source = locals.take("i32");
  const target = locals.take("i32");
  pushRow();
  code.emit("local.set", source).i32(list.at).emit("local.set", target);
  const copying: Copying = {
    source,
    target,
    from,
    stride: 8 * stride,
    vectors: list.isWide ? list.stride / 16 : 0,
  };
  const pairs = list.isWide && step === 1 ? Math.floor(ids.length / 2) : 0;
  const afterPairs = list.at + 2 * pairs * list.stride;
  if (pairs > 0) {
    code.begin("loop");
    emitPair(writer, copying, list.stride);
    emitAdvance(writer, copying, 16, 2 * list.stride, afterPairs);
  }
  if (ids.length > 2 * pairs) {
    code.begin("loop");
    emitSingle(writer, copying);
    emitAdvance(writer, copying, 8 * step, list.stride, list.at + ids.length * list.stride);
  }
  locals.give(source);
  locals.give(target);
}

interface Copying {
  /** The local with how far the first of the rows is from `from`, at this number of it. */
  readonly source: number;
  /** The local with the address in the list. */
  readonly target: number;
  readonly from: number;
  /** How many bytes it is from each row to the next. */
  readonly stride: number;
  readonly vectors: number;
}

/** The first, or second, halves of two vectors. */
const firsts = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
const seconds = firsts.map((byte) => byte + 8);

/** Copies two numbers of each row that are one after the other. */
function emitPair({ code, locals }: FunctionWriter, copying: Copying, listStride: number): void {
  const { source, target, from, stride, vectors } = copying;
  const [a, b] = locals.takeAll("v128", 2) as [number, number];
  for (let v = 0; v < vectors; v++) {
    code
      .emit("local.get", source)
      .access("v128.load", from + 2 * v * stride)
      .emit("local.set", a);
    code
      .emit("local.get", source)
      .access("v128.load", from + (2 * v + 1) * stride)
      .emit("local.set", b);
    for (const [k, halves] of [firsts, seconds].entries()) {
      code.emit("local.get", target).emit("local.get", a).emit("local.get", b).shuffle(halves);
      code.access("v128.store", k * listStride + 16 * v);
    }
  }
  locals.give(a);
  locals.give(b);
}

/** Copies one number of each row. */
function emitSingle({ code }: FunctionWriter, { source, target, from, stride, vectors }: Copying): void {
  if (vectors === 0) {
    code.emit("local.get", target).emit("local.get", source);
    code.access("f64.load", from).access("f64.store", 0);
  }
  for (let v = 0; v < vectors; v++) {
    code.emit("local.get", target).emit("local.get", source).emit("local.get", source);
    code.access("v128.load64_zero", from + 2 * v * stride);
    code.access("v128.load64_lane", from + (2 * v + 1) * stride, 1);
    code.access("v128.store", 16 * v);
  }
}

function emitAdvance(
  { code }: FunctionWriter,
  { source, target }: Copying,
  sourceStep: number,
  targetStep: number,
  end: number,
): void {
  code.emit("local.get", source).i32(sourceStep).emit("i32.add").emit("local.set", source);
  code.emit("local.get", target).i32(targetStep).emit("i32.add").emit("local.tee", target);
  code.i32(end).emit("i32.ne").emit("br_if", 0).emit("end");
}
