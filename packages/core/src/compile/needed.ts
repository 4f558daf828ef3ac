import { type Id, operandsOf, type Program } from "./program.ts";

/** What the results of a program need. */
export interface Needed {
  readonly ids: ReadonlySet<Id>;
  /** Sums, carries and stacks of loops, as {@link partOf} names them. */
  readonly parts: ReadonlySet<string>;
  /** The loop in whose body an instruction is; `undefined` outside of loops. */
  readonly loopOf: ReadonlyMap<Id, number>;
}

/** A name for sum, carry or stack number `index` of a loop. */
export function partOf(kind: "sum" | "carry" | "stack", loop: number, index: number): string {
  return `${kind}${loop}_${index}`;
}

/** Goes from the results of a program to what they need. */
export function neededFor(program: Program): Needed {
  const { codes, operands, starts, immediates, seconds, loops, outputs } = program;
  const ids = new Set<Id>();
  const parts = new Set<string>();
  const { loopOf, runs } = placesIn(program);
  const open: Id[] = [...outputs];
  const need = (more: readonly Id[]) => {
    for (const id of more) open.push(id);
  };
  const needPart = (part: string, more: readonly Id[]) => {
    if (!parts.has(part)) need(more);
    parts.add(part);
  };
  const needColumn = (loop: number, index: number) => {
    const column = loops[loop]!.columns[index]!;
    if (column.kind === "list") need(column.ids);
    if (column.kind !== "stack") return;
    const part = partOf("stack", column.loop, column.stack);
    needPart(part, [runs.get(column.loop)!, loops[column.loop]!.stacks[column.stack]!]);
  };
  const needCarry = (loop: number, index: number) => {
    const { inits, nexts } = loops[loop]!;
    needPart(partOf("carry", loop, index), [inits[index]!, nexts[index]!]);
  };
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (ids.has(id)) continue;
    ids.add(id);
    const code = codes[id]!;
    const index = immediates[id]!;
    if (typeof code === "object") need(operandsOf(program, id));
    else if (code === "column") needColumn(loopOf.get(id)!, index);
    else if (code === "carry") needCarry(loopOf.get(id)!, index);
    else if (code === "sum" || code === "final" || code === "element") {
      const run = operands[starts[id]!]!;
      const loop = immediates[run]!;
      need([run]);
      if (code === "final") needCarry(loop, index);
      else if (code === "sum") needPart(partOf("sum", loop, index), [loops[loop]!.sums[index]!]);
      else needPart(partOf("stack", loop, seconds[id]!), [loops[loop]!.stacks[seconds[id]!]!]);
    }
  }
  return { ids, parts, loopOf };
}

/** In which loop each instruction is, and which one runs each loop. */
function placesIn({ body, loops, codes, immediates }: Program): {
  loopOf: Map<Id, number>;
  runs: Map<number, Id>;
} {
  const loopOf = new Map<Id, number>();
  const runs = new Map<number, Id>();
  const visit = (ids: readonly Id[], loop?: number) => {
    for (const id of ids) {
      if (loop !== undefined) loopOf.set(id, loop);
      if (codes[id] === "loop") runs.set(immediates[id]!, id);
    }
  };
  visit(body);
  for (const [loop, { body: ids }] of loops.entries()) visit(ids, loop);
  return { loopOf, runs };
}
