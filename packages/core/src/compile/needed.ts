import { type Id, loopNumberOf, operandsOf, type Program } from "./program.ts";
import { loopOf, type Structure } from "./structure.ts";

/** What the results of a program need. */
export interface Needed {
  readonly ids: ReadonlySet<Id>;
  /** Sums, carries and stacks of loops, as {@link partOf} names them. */
  readonly parts: ReadonlySet<string>;
}

/** A name for sum, carry or stack number `index` of a loop. */
export function partOf(kind: "sum" | "carry" | "stack", loop: number, index: number): string {
  return `${kind}${loop}_${index}`;
}

/** Goes from the results of a program to what they need. */
export function neededFor(program: Program, { bodyOf, runners }: Structure): Needed {
  const { codes, immediates, seconds, loops, outputs } = program;
  const ids = new Set<Id>();
  const parts = new Set<string>();
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
    needPart(part, [runners[column.loop]!, loops[column.loop]!.stacks[column.stack]!]);
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
    else if (code === "column") needColumn(loopOf(bodyOf[id]!), index);
    else if (code === "carry") needCarry(loopOf(bodyOf[id]!), index);
    else if (code === "sum" || code === "final" || code === "element") {
      const loop = loopNumberOf(program, id);
      need([runners[loop]!]);
      if (code === "final") needCarry(loop, index);
      else if (code === "sum") needPart(partOf("sum", loop, index), [loops[loop]!.sums[index]!]);
      else needPart(partOf("stack", loop, seconds[id]!), [loops[loop]!.stacks[seconds[id]!]!]);
    }
  }
  return { ids, parts };
}
