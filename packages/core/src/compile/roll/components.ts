import { type Id, operandCount } from "../program.ts";
import type { Likes } from "./chains.ts";
import type { Editor } from "./editor.ts";

/** Candidates that one loop should compute, since they share work, and which instructions only they use. */
export interface Component {
  readonly members: readonly Likes[];
  readonly isInternal: (id: Id) => boolean;
}

/** Sums that share columns but no work are found together up to this many: registers hold them. */
const MOST_TOGETHER = 4;

/**
 * Divides candidates of one length, none of which waits for another, into those that share work row by row. An
 * instruction that something else uses, too, is no part of it: the loop reads its result.
 */
export function componentsOf(
  editor: Editor,
  region: number,
  candidates: readonly Likes[],
  uses: Int32Array,
): Component[] {
  const marks = new Marks(editor, region);
  const members = candidates.map((likes) => marks.mark(likes));
  const internal = marks.internal(members, uses);
  const isInternal = (id: Id) => internal.has(id);
  const groups = new Groups(members.length);
  const owner = new Map<Id, number>();
  members.forEach((likes, index) => {
    const open = likes.ids.filter(isInternal);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const first = owner.get(id);
      if (first !== undefined) groups.join(first, index);
      else {
        owner.set(id, index);
        for (const operand of editor.operandsOf(id)) if (isInternal(operand)) open.push(operand);
      }
    }
  });
  const components = groups.list().map((indices) => indices.map((index) => members[index]!));
  const shared = components.filter((component) => component.length > 1);
  const alone = components.flatMap((component) => (component.length === 1 ? component : []));
  return [...shared, ...byColumns(editor, alone)].map((component) => ({ members: component, isInternal }));
}

/** In which row of the loops to be the instructions are. */
class Marks {
  readonly #editor: Editor;
  readonly #region: number;
  readonly #rows = new Map<Id, number>();

  constructor(editor: Editor, region: number) {
    this.#editor = editor;
    this.#region = region;
  }

  /** Marks what the results are computed from; gives them in the order of rows that fits the marks there are. */
  mark(likes: Likes): Likes {
    const last = likes.ids.length - 1;
    const isReversed = last > 0 && this.#rowBelow(likes.ids[0]!) === last;
    const ids = isReversed ? [...likes.ids].reverse() : likes.ids;
    for (const [row, id] of ids.entries()) this.#markBelow(id, row);
    return { ...likes, ids };
  }

  /** The instructions that nothing uses but the candidates and their like, in the same row. */
  internal(candidates: readonly Likes[], uses: Int32Array): Set<Id> {
    const counted = new Map<Id, number>();
    const count = (id: Id) => counted.set(id, (counted.get(id) ?? 0) + 1);
    for (const { ids, kind } of candidates) for (const id of ids) if (kind === "sum") count(id);
    const own = new Set(candidates.flatMap(({ ids, kind }) => (kind === "stack" ? ids : [])));
    const internal = new Set<Id>();
    for (const id of [...this.#rows.keys()].sort((a, b) => b - a)) {
      const row = this.#rows.get(id)!;
      if (row < 0 || (!own.has(id) && counted.get(id) !== uses[id])) continue;
      internal.add(id);
      for (const operand of this.#editor.operandsOf(id)) if (this.#rows.get(operand) === row) count(operand);
    }
    return internal;
  }

  #isOperation(id: Id): boolean {
    return typeof this.#editor.codes[id] === "object" && this.#editor.regions[id] === this.#region;
  }

  /** The row of the first marked instruction that a result is computed from. */
  #rowBelow(id: Id): number | undefined {
    const seen = new Set<Id>([id]);
    for (const next of seen) {
      const row = this.#rows.get(next);
      if (row !== undefined) return row;
      if (this.#isOperation(next)) for (const operand of this.#editor.operandsOf(next)) seen.add(operand);
    }
    return undefined;
  }

  /** Marks what a result is computed from; −1 stands for several rows. */
  #markBelow(id: Id, row: number): void {
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (!this.#isOperation(next)) continue;
      const known = this.#rows.get(next);
      if (known === row || known === -1) continue;
      this.#rows.set(next, known === undefined ? row : -1);
      open.push(...this.#editor.operandsOf(next));
    }
  }
}

/** Puts candidates together that read a column in common. */
function byColumns(editor: Editor, candidates: readonly Likes[]): Likes[][] {
  const groups: Likes[][] = [];
  const open = new Map<string, Likes[]>();
  const { starts, operands } = editor;
  for (const likes of candidates) {
    const [first, last] = [likes.ids[0]!, likes.ids.at(-1)!];
    const slots = Array.from({ length: operandCount(editor, first) }, (_, slot) => slot);
    const keys = slots
      .filter((slot) => operands[starts[first]! + slot] !== operands[starts[last]! + slot])
      .map((slot) => `${likes.kind} ${operands[starts[first]! + slot]} ${operands[starts[last]! + slot]}`);
    const known = keys.map((key) => open.get(key)).find((group) => group !== undefined);
    const group = known !== undefined && known.length < MOST_TOGETHER ? known : [];
    if (group.length === 0) groups.push(group);
    group.push(likes);
    for (const key of keys) open.set(key, group);
  }
  return groups;
}

/** Disjoint groups of numbers, joined pair by pair. */
class Groups {
  readonly #parents: number[];

  constructor(count: number) {
    this.#parents = Array.from({ length: count }, (_, i) => i);
  }

  join(a: number, b: number): void {
    this.#parents[this.#rootOf(b)] = this.#rootOf(a);
  }

  list(): number[][] {
    const groups = new Map<number, number[]>();
    this.#parents.forEach((_, i) => {
      const root = this.#rootOf(i);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, [i]);
      else group.push(i);
    });
    return [...groups.values()];
  }

  #rootOf(i: number): number {
    let root = i;
    while (this.#parents[root] !== root) {
      this.#parents[root] = this.#parents[this.#parents[root]!]!;
      root = this.#parents[root]!;
    }
    return root;
  }
}
