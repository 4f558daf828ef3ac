import type { Id } from "../program.ts";
import { copyColumns } from "./copyColumns.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import { isListedAtOnce, type List, listsReadFirstBy } from "./lists.ts";
import { placeOf, pushNumber, pushVector } from "./push.ts";
import type { Rows } from "./rows.ts";

/** The memory of a list; of one whose numbers are in memory already, that is known when its first reader begins. */
export function rowsOfList(emission: Emission, list: List): Rows {
  const { lanes, memory, listRows } = emission;
  let rows = listRows.get(list);
  if (rows === undefined) {
    const isWide = list.ids.some((id) => lanes.varies[id] === 1);
    const stride = isWide ? 16 * lanes.vectors[list.body]! : 8;
    rows = { at: memory.take(stride * list.ids.length), stride, isWide };
    listRows.set(list, rows);
  }
  return rows;
}

/** Writes what puts a number in its place in a list. */
export function storeInList(
  emission: Emission,
  writer: FunctionWriter,
  list: List,
  row: number,
  id: Id,
): void {
  const { at, stride, isWide } = rowsOfList(emission, list);
  for (let offset = 0; offset < stride; offset += 16) {
    writer.code.i32(0);
    if (isWide) pushVector(emission, writer, id, offset / 16);
    else pushNumber(emission, writer, id);
    writer.code.access(isWide ? "v128.store" : "f64.store", at + stride * row + offset);
  }
}

/** Writes, before a loop, what puts in place all that is not yet of the lists that it is the first to read. */
export function fillLists(emission: Emission, writer: FunctionWriter, loop: number): void {
  const { program, structure, lists, listRows } = emission;
  for (const list of listsReadFirstBy(lists, loop)) {
    if (list.columns !== undefined) {
      copyColumns(emission, writer, list, list.columns, rowsOfList(emission, list));
      continue;
    }
    const isAtOnce = (id: Id) => isListedAtOnce(program, structure, list, id);
    const there = list.ids.some(isAtOnce) ? undefined : rowsInPlace(emission, writer, list.ids);
    if (there !== undefined) listRows.set(list, there);
    else {
      for (const [row, id] of list.ids.entries()) {
        if (!isAtOnce(id)) storeInList(emission, writer, list, row, id);
      }
    }
  }
}

/** The memory where these results are at even distances already. */
function rowsInPlace(emission: Emission, writer: FunctionWriter, ids: readonly Id[]): Rows | undefined {
  const { varies } = emission.lanes;
  const isWide = varies[ids[0]!] === 1;
  const addresses: number[] = [];
  for (const id of ids) {
    const place = placeOf(emission, writer, id);
    if (place.kind !== "memory" || (varies[id] === 1) !== isWide) return undefined;
    addresses.push(place.at);
  }
  const [at = 0, second = at] = addresses;
  const stride = second - at;
  if (addresses.some((address, row) => address !== at + row * stride)) return undefined;
  return { at, stride, isWide };
}
