import { type Column, type Id, type Instructions, loopNumberOf } from "./program.ts";

/** The column of these results, one for each row, in the form that is fastest to read. */
export function columnOf(program: Instructions, ids: readonly Id[]): Column {
  const { codes, immediates, seconds, loops } = program;
  const first = ids[0]!;
  const kind = codes[first];
  if (ids.some((id) => codes[id] !== kind)) return { kind: "list", ids };
  if (kind === "constant")
    return { kind: "constants", numbers: Float64Array.from(ids, (id) => immediates[id]!) };
  if (kind === "input" && ids.length > 1) {
    const start = immediates[first]!;
    const stride = immediates[ids[1]!]! - start;
    if (ids.every((id, row) => immediates[id] === start + row * stride)) {
      return { kind: "inputs", first: start, stride };
    }
  }
  if (kind === "element") {
    const loop = loopNumberOf(program, first);
    const stack = seconds[first]!;
    const isEntry = (id: Id, row: number) =>
      immediates[id] === row && seconds[id] === stack && loopNumberOf(program, id) === loop;
    if (loops[loop]!.count === ids.length && ids.every(isEntry)) return { kind: "stack", loop, stack };
  }
  return { kind: "list", ids };
}

/** Whether two columns read the same numbers. */
export function sameColumn(a: Column, b: Column): boolean {
  if (a.kind === "inputs" && b.kind === "inputs") return a.first === b.first && a.stride === b.stride;
  if (a.kind === "stack" && b.kind === "stack") return a.loop === b.loop && a.stack === b.stack;
  if (a.kind === "list" && b.kind === "list") return a.ids.every((id, i) => id === b.ids[i]);
  if (a.kind === "constants" && b.kind === "constants") {
    return a.numbers.every((x, i) => Object.is(x, b.numbers[i]));
  }
  return false;
}
