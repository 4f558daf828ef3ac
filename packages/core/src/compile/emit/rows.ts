import type { FunctionWriter } from "./emission.ts";

/** Memory that holds a number for each row of a loop: that of row i is `stride · i` bytes after the first. */
export interface Rows {
  readonly at: number;
  readonly stride: number;
  /** Whether each row holds a number for every lane, side by side. */
  readonly isWide: boolean;
}

/** How the code that reads or writes rows of a loop handles them. */
export interface RowAccess {
  /** The local with the number of the row, the first of those side by side. */
  readonly row: number;
  /** How many vectors a number takes; 0 where it is one number. */
  readonly vectors: number;
}

/** Loads what is in these rows at this iteration into locals. */
export function loadRows(
  writer: FunctionWriter,
  rows: Rows,
  access: RowAccess,
  locals: readonly number[],
): void {
  const { code } = writer;
  for (const [index, local] of locals.entries()) {
    if (access.vectors === 0) code.access("f64.load", pushAddress(writer, rows, access, 0));
    else if (isContiguous(rows)) code.access("v128.load", pushVectorAddress(writer, rows, access, index));
    else {
      const second = pushAddress(writer, rows, access, 2 * index + 1);
      code.access("v128.load64_zero", pushAddress(writer, rows, access, 2 * index));
      code.access("v128.load64_lane", second, 1);
    }
    code.emit("local.set", local);
  }
}

/** Loads a number that is the same in all lanes into both lanes of a local. */
export function loadSplat(writer: FunctionWriter, rows: Rows, row: number, local: number): void {
  const offset = pushAddress(writer, rows, { row, vectors: 0 }, 0);
  writer.code.access("v128.load64_splat", offset).emit("local.set", local);
}

/** Stores the number, or each vector of it, that `push` puts on the stack into the rows of this iteration. */
export function storeRows(
  writer: FunctionWriter,
  rows: Rows,
  access: RowAccess,
  push: (index: number) => void,
): void {
  const { code } = writer;
  if (access.vectors === 0) {
    const offset = pushAddress(writer, rows, access, 0);
    push(0);
    code.access("f64.store", offset);
  }
  for (let index = 0; index < access.vectors; index++) {
    if (isContiguous(rows)) {
      const offset = pushVectorAddress(writer, rows, access, index);
      push(index);
      code.access("v128.store", offset);
      continue;
    }
    for (const lane of [0, 1]) {
      const offset = pushAddress(writer, rows, access, 2 * index + lane);
      push(index);
      code.access("v128.store64_lane", offset, lane);
    }
  }
}

/** Whether the numbers of a vector are one after the other. */
function isContiguous({ isWide, stride }: Rows): boolean {
  return isWide || stride === 8;
}

/** As {@link pushAddress}, for vector number `index`. */
function pushVectorAddress(writer: FunctionWriter, rows: Rows, access: RowAccess, index: number): number {
  if (rows.isWide) return pushAddress(writer, rows, access, 0) + 16 * index;
  return pushAddress(writer, rows, access, 2 * index);
}

/** Puts an address on the stack and returns the offset that leads from it to so many rows ahead of this one. */
export function pushAddress(
  { code }: FunctionWriter,
  { at, stride }: Rows,
  { row }: RowAccess,
  ahead: number,
): number {
  const offset = at + stride * ahead;
  code.emit("local.get", row).i32(stride).emit("i32.mul");
  if (stride >= 0) return offset;
  // Offsets are added without wrapping around, so rows that go backwards need their whole address on the stack.
  code.i32(offset).emit("i32.add");
  return 0;
}
