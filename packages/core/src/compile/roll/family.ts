import { columnOf } from "../columns.ts";
import { type Column, type Id, operandCount } from "../program.ts";
import type { Likes } from "./chains.ts";
import type { Editor } from "./editor.ts";

/** Operations that are the same in every row but for their operands: the first row's stand for all. */
interface Common {
  readonly rows: readonly Id[];
  readonly operands: readonly Slot[];
}

/** An operand in every row: the same result, an operation of the loop's body, or one that changes from row to row. */
type Slot =
  | { readonly kind: "outside"; readonly id: Id }
  | { readonly kind: "inside"; readonly common: Common }
  | { readonly kind: "column"; readonly index: number };

/** Results that one loop can compute, each row of the loop one of each. */
export class Family {
  readonly count: number;
  readonly #editor: Editor;
  readonly #isInternal: (id: Id) => boolean;
  readonly #isCheap: (id: Id) => boolean;
  readonly #members: readonly { readonly likes: Likes; readonly slot: Slot }[];
  readonly #columns: (readonly Id[])[] = [];
  /** Slots by the result in their first row. */
  readonly #slots = new Map<Id, { readonly rows: readonly Id[]; readonly slot: Slot }[]>();
  /** The operations of the body, operands first. */
  readonly #commons: Common[] = [];

  /**
   * @param isInternal - whether the loop takes an instruction over
   * @param isCheap - whether it computes it again; it reads the results of others
   */
  constructor(
    editor: Editor,
    isInternal: (id: Id) => boolean,
    isCheap: (id: Id) => boolean,
    members: readonly Likes[],
  ) {
    this.#editor = editor;
    this.#isInternal = isInternal;
    this.#isCheap = isCheap;
    this.count = members[0]!.ids.length;
    this.#members = members.map((likes) => ({ likes, slot: this.#slotOf(likes.ids) }));
  }

  /** How many operations of the program the loop stands for. */
  get operationCount(): number {
    return this.#commons.length * this.count;
  }

  /** Those that nothing else needs. */
  operations(): Id[] {
    return this.#commons.flatMap(({ rows }) => rows).filter(this.#isInternal);
  }

  /** Writes the loop, and tells the members. */
  roll(region: number): void {
    const editor = this.#editor;
    const index = editor.loops.length;
    const columns: Column[] = this.#columns.map((rows) => columnOf(editor, rows));
    const columnIds = columns.map((_, i) => editor.write("column", [], index, i));
    const written = new Map<Common, Id>();
    const idOf = (slot: Slot): Id => {
      if (slot.kind === "outside") return slot.id;
      return slot.kind === "column" ? columnIds[slot.index]! : written.get(slot.common)!;
    };
    for (const common of this.#commons) {
      const code = editor.codes[common.rows[0]!]!;
      written.set(common, editor.write(code, common.operands.map(idOf), index));
    }
    const sums = this.#members.filter(({ likes }) => likes.kind === "sum");
    const stacks = this.#members.filter(({ likes }) => likes.kind === "stack");
    editor.loops.push({
      count: this.count,
      reversed: false,
      columns,
      inits: [],
      nexts: [],
      body: [...columnIds, ...written.values()],
      sums: sums.map(({ slot }) => idOf(slot)),
      stacks: stacks.map(({ slot }) => idOf(slot)),
    });
    const run = editor.write("loop", [], region, index);
    sums.forEach(({ likes }, i) => {
      likes.rolled({ sum: editor.write("sum", [run], region, i) });
    });
    stacks.forEach(({ likes }, i) => {
      const elementAt = (row: number) => editor.write("element", [run], region, row, i);
      likes.rolled({ elements: new Map(likes.ids.map((id, row) => [id, elementAt(row)])) });
    });
  }

  /** Where operands in every row are found; follows them down to what is alike no more. */
  #slotOf(rows: readonly Id[]): Slot {
    const open: { rows: readonly Id[]; operands: (readonly Id[])[]; slots: Slot[] }[] = [];
    let found = this.#known(rows) ?? this.#leaf(rows);
    if (found !== undefined) return found;
    open.push({ rows, operands: this.#operandRows(rows), slots: [] });
    while (open.length > 0) {
      const top = open.at(-1)!;
      if (top.slots.length === top.operands.length) {
        open.pop();
        const common: Common = { rows: top.rows, operands: top.slots };
        this.#commons.push(common);
        found = this.#remember(top.rows, { kind: "inside", common });
        open.at(-1)?.slots.push(found);
        continue;
      }
      const next = top.operands[top.slots.length]!;
      const slot = this.#known(next) ?? this.#leaf(next);
      if (slot !== undefined) top.slots.push(slot);
      else open.push({ rows: next, operands: this.#operandRows(next), slots: [] });
    }
    return found!;
  }

  #known(rows: readonly Id[]): Slot | undefined {
    return this.#slots.get(rows[0]!)?.find((entry) => sameIds(entry.rows, rows))?.slot;
  }

  #remember(rows: readonly Id[], slot: Slot): Slot {
    const entries = this.#slots.get(rows[0]!);
    if (entries === undefined) this.#slots.set(rows[0]!, [{ rows, slot }]);
    else entries.push({ rows, slot });
    return slot;
  }

  /** A result that is the same in all rows, or no operation of the same kind in all. */
  #leaf(rows: readonly Id[]): Slot | undefined {
    const editor = this.#editor;
    const { codes } = editor;
    const first = rows[0]!;
    if (rows.every((id) => id === first)) return this.#remember(rows, { kind: "outside", id: first });
    const code = codes[first]!;
    const count = operandCount(editor, first);
    const isAlike = (id: Id) =>
      codes[id] === code && (this.#isInternal(id) || this.#isCheap(id)) && operandCount(editor, id) === count;
    if (typeof code === "object" && rows.every(isAlike)) return undefined;
    return this.#remember(rows, { kind: "column", index: this.#columns.push(rows) - 1 });
  }

  /** For each operand slot, the operands in every row. */
  #operandRows(rows: readonly Id[]): (readonly Id[])[] {
    const { starts, operands } = this.#editor;
    const count = operandCount(this.#editor, rows[0]!);
    return Array.from({ length: count }, (_, slot) => rows.map((id) => operands[starts[id]! + slot]!));
  }
}

function sameIds(a: readonly Id[], b: readonly Id[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
