import type { Id, Program } from "../program.ts";
import { bodyOfLoop, forEachRead, type Structure } from "./structure.ts";

/** The same program, with columns where they are first used, so that code does not load all of a row before it computes. */
export function withLateColumns(program: Program, structure: Structure): Program {
  return { ...program, loops: program.loops.map((loop, number) => ({ ...loop, body: lateBody(program, structure, number) })) };
}

function lateBody(program: Program, { bodyOf }: Structure, loop: number): readonly Id[] {
  const { body } = program.loops[loop]!;
  const placed = new Set<Id>();
  const late: Id[] = [];
  const place = (id: Id) => {
    if (program.codes[id] !== "column" || bodyOf[id] !== bodyOfLoop(loop) || placed.has(id)) return;
    placed.add(id);
    late.push(id);
  };
  for (const id of body) {
    if (program.codes[id] === "column") continue;
    if (program.codes[id] === "loop") for (const column of body) place(column);
    else forEachRead(program, id, place);
    late.push(id);
  }
  for (const id of body) place(id);
  return late;
}
