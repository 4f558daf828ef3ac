import type { Column, Id, Program } from "../program.ts";
import { type Body, bodyAt, loopOf, type Structure } from "../structure.ts";
import { isInMemory } from "./reads.ts";

/** Results of a body that loops in it read row by row. Equal lists are in memory once. */
export interface List {
  readonly ids: readonly Id[];
  /** The body whose loops read it. */
  readonly body: Body;
  /** The first of those loops. */
  readonly reader: number;
  /** If it is what a row of the loop around holds at even distances: the columns. They are copied all at once. */
  readonly columns: ColumnRun | undefined;
}

/** Columns of inputs: row r of number k is input `first + step · k + stride · r`. */
export interface ColumnRun {
  readonly first: number;
  readonly step: number;
  readonly stride: number;
}

/** Per loop and column: the list. */
export type Lists = readonly (readonly (List | undefined)[])[];

type InputsColumn = Extract<Column, { kind: "inputs" }>;

export function listsOf(program: Program, structure: Structure): Lists {
  const lists: (List | undefined)[][] = program.loops.map(() => []);
  for (let body: Body = 0; body <= program.loops.length; body++) {
    const known = new Map<string, List[]>();
    const ids = bodyAt(program, body);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      if (program.codes[id] !== "loop") continue;
      const loop = program.immediates[id]!;
      lists[loop] = program.loops[loop]!.columns.map((column) =>
        column.kind === "list" ? listOf(program, structure, body, loop, column.ids, known) : undefined,
      );
    }
  }
  return lists;
}

function listOf(
  program: Program,
  structure: Structure,
  body: Body,
  reader: number,
  ids: readonly Id[],
  known: Map<string, List[]>,
): List {
  const key = `${ids.length} ${ids[0]} ${ids.at(-1)}`;
  const alike = known.get(key) ?? [];
  const same = alike.find((list) => list.ids === ids || list.ids.every((id, k) => id === ids[k]));
  if (same !== undefined) return same;
  const list = { ids, body, reader, columns: columnRunOf(program, structure, body, ids) };
  known.set(key, [...alike, list]);
  return list;
}

/** The columns of the loop around that a list is made of, if it is nothing else. */
function columnRunOf(
  program: Program,
  { bodyOf }: Structure,
  body: Body,
  ids: readonly Id[],
): ColumnRun | undefined {
  if (body === 0 || ids.length < 2) return undefined;
  const { columns } = program.loops[loopOf(body)]!;
  const columnOf = (id: Id): InputsColumn | undefined => {
    if (program.codes[id] !== "column" || bodyOf[id] !== body) return undefined;
    const column = columns[program.immediates[id]!]!;
    return column.kind === "inputs" ? column : undefined;
  };
  const [a, b] = [columnOf(ids[0]!), columnOf(ids[1]!)];
  if (a === undefined || b === undefined) return undefined;
  const { first, stride } = a;
  const step = b.first - first;
  const isNext = (id: Id, k: number) => {
    const column = columnOf(id);
    return column?.first === first + step * k && column.stride === stride;
  };
  // Offsets of loads are not negative.
  return step >= 0 && stride >= 0 && ids.every(isNext) ? { first, step, stride } : undefined;
}

/** Whether a result goes to its place in a list as soon as it is there, rather than before the list is read. */
export function isListedAtOnce(program: Program, { bodyOf }: Structure, list: List, id: Id): boolean {
  if (list.columns !== undefined || bodyOf[id] !== list.body) return false;
  return !isInMemory(program, id);
}

/** Calls `visit` with the results that are to be there when the first reader of a list of this loop begins. */
export function forEachListedLate(
  program: Program,
  structure: Structure,
  lists: Lists,
  loop: number,
  visit: (list: List, id: Id, row: number) => void,
): void {
  for (const list of listsReadFirstBy(lists, loop)) {
    if (list.columns !== undefined) continue;
    for (let row = 0; row < list.ids.length; row++) {
      const id = list.ids[row]!;
      if (!isListedAtOnce(program, structure, list, id)) visit(list, id, row);
    }
  }
}

/** The lists of which this loop is the first reader, each once. */
export function listsReadFirstBy(lists: Lists, loop: number): Set<List> {
  const first = new Set<List>();
  for (const list of lists[loop]!) if (list?.reader === loop) first.add(list);
  return first;
}
