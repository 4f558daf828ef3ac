import { addInMemory, pushCounted } from "./accumulate.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import { pushAddress, type Rows } from "./rows.ts";
import { isAddedAtOnce, type SummedRun } from "./summed.ts";
import { bytesOf } from "./sums.ts";

/** Writes, after a loop, the loops that add entries of its stacks to the runs of sums it did not add to itself. */
export function emitAddedRuns(emission: Emission, writer: FunctionWriter, inner: number): void {
  const { program, lanes, split, summed } = emission;
  for (const run of summed.ofInner.get(inner) ?? []) {
    if (!isAddedAtOnce(program, lanes, split, run)) emitAddedRun(emission, writer, run);
  }
}

function emitAddedRun({ frames }: Emission, writer: FunctionWriter, run: SummedRun): void {
  const frame = frames[run.loop]!;
  const { sums, distributes } = frame;
  const stack = frames[run.inner]!.stacks[run.stack];
  if (sums.kind !== "memory" || stack === undefined) return;
  const { code, locals } = writer;
  const vectors = sums.vectors[run.first]!;
  const row = locals.take("i32");
  const access = { row, vectors };
  const pushEntry = (v: number) => {
    const entries: Rows = {
      ...stack,
      at: stack.at + stack.stride * run.entry,
      stride: stack.stride * run.entryStep,
    };
    const offset = pushAddress(writer, entries, access, 0);
    if (stack.isWide) code.access("v128.load", offset + 16 * v);
    else code.access(vectors === 0 ? "f64.load" : "v128.load64_splat", offset);
  };
  const target: Rows = { at: sums.addresses[run.first]!, stride: bytesOf(vectors), isWide: vectors > 0 };
  code.i32(0).emit("local.set", row).begin("loop");
  addInMemory(
    writer,
    vectors,
    () => pushAddress(writer, target, access, 0),
    (v) => (distributes ? pushCounted(writer, frame, pushEntry) : pushEntry(v)),
  );
  code.emit("local.get", row).i32(1).emit("i32.add").emit("local.tee", row);
  code.i32(run.length).emit("i32.lt_u").emit("br_if", 0).emit("end");
  locals.give(row);
}
