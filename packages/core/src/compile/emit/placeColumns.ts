import type { Column, Id, Program } from "../program.ts";
import { bodyOfLoop, type Structure } from "../structure.ts";
import type { List, Lists } from "./lists.ts";
import { forEachRead } from "./reads.ts";

/**
 * The same program with columns where they are first used, so that code does not load all of a row before it computes;
 * and once, where operations read equal ones.
 */
export function withPlacedColumns(program: Program, structure: Structure, lists: Lists): Program {
  const shared = withSharedColumns(program, lists);
  const loops = shared.loops.map((loop, number) => ({
    ...loop,
    body: bodyWithLate(shared, structure, number),
  }));
  return { ...shared, loops };
}

function bodyWithLate(program: Program, { bodyOf }: Structure, loop: number): readonly Id[] {
  const { codes } = program;
  const { body } = program.loops[loop]!;
  const own = bodyOfLoop(loop);
  const placed = new Set<Id>();
  const late: Id[] = [];
  const place = (id: Id) => {
    if (codes[id] !== "column" || bodyOf[id] !== own || placed.has(id)) return;
    placed.add(id);
    late.push(id);
  };
  for (const id of body) {
    if (codes[id] === "column") continue;
    if (codes[id] === "loop") body.forEach(place);
    else forEachRead(program, id, place);
    late.push(id);
  }
  body.forEach(place);
  return late;
}

function withSharedColumns(program: Program, lists: Lists): Program {
  const { codes, immediates } = program;
  const firsts = new Map<Id, Id>();
  for (const [loop, { columns, body }] of program.loops.entries()) {
    const known = new Map<number | Float64Array | List, Id>();
    for (const id of body) {
      if (codes[id] !== "column") continue;
      const index = immediates[id]!;
      const key = keyOf(columns[index]!, lists[loop]![index]);
      const first = known.get(key);
      if (first === undefined) known.set(key, id);
      else if (isSame(columns[immediates[first]!]!, columns[index]!)) firsts.set(id, first);
    }
  }
  if (firsts.size === 0) return program;
  return { ...program, operands: program.operands.map((id) => firsts.get(id) ?? id) };
}

/** Something that equal columns have in common. */
function keyOf(column: Column, list: List | undefined): number | Float64Array | List {
  switch (column.kind) {
    case "inputs":
      return column.first;
    case "stack":
      return -1 - column.loop;
    case "constants":
      return column.numbers;
    case "list":
      return list!;
  }
}

/** Whether columns with the same key are equal. */
function isSame(a: Column, b: Column): boolean {
  if (a.kind === "inputs" && b.kind === "inputs") return a.stride === b.stride;
  return a.kind !== "stack" || b.kind !== "stack" || a.stack === b.stack;
}
