import type { Op } from "../../op.ts";
import { add } from "../../ops/arithmetic.ts";
import type { Id } from "../program.ts";
import type { Editor } from "./editor.ts";

/** Results that are alike: the same operations on operands that are alike, one for each row of a loop. */
export interface Likes {
  readonly ids: readonly Id[];
  /** Told what stands for them when they are rolled: their sum, or what keeps them. */
  readonly rolled: (by: { readonly sum: Id } | { readonly elements: readonly Id[] }) => void;
  readonly kind: "sum" | "stack";
  /** What others use: the sum, or the results themselves. */
  readonly results: readonly Id[];
}

/** A sum written as a chain of additions, in parts: single terms, and terms that are alike. */
export class Chain {
  /** The last addition. */
  readonly result: Id;
  readonly #parts: (Id | readonly Id[])[];
  #isRolled = false;

  constructor(result: Id, parts: readonly (Id | readonly Id[])[]) {
    this.result = result;
    this.#parts = [...parts];
  }

  /** The terms that are alike, which loops can take over. */
  get likes(): Likes[] {
    return this.#parts.flatMap((part, at): Likes[] => {
      if (typeof part === "number") return [];
      return [
        {
          kind: "sum",
          ids: part,
          results: [this.result],
          rolled: (by) => {
            if (!("sum" in by)) return;
            this.#parts[at] = by.sum;
            this.#isRolled = true;
          },
        },
      ];
    });
  }

  /** Adds the parts up anew if a loop took over some of them. */
  rewrite(editor: Editor, region: number): void {
    if (!this.#isRolled) return;
    const [first, ...rest] = this.#parts.flat();
    const sum = rest.reduce((sofar, term) => editor.write(add.op, [sofar, term], region), first!);
    editor.replace(this.result, sum);
  }
}

/** Sums of fewer alike terms are left as they are. */
const FEWEST = 8;

/** All chains of additions in a body that have enough alike terms, the last first. */
export function chainsOf(
  editor: Editor,
  body: readonly Id[],
  hashes: ReadonlyMap<Id, number>,
  uses: ReadonlyMap<Id, number>,
): Chain[] {
  const inBody = new Set(body);
  const taken = new Set<Id>();
  const chains: Chain[] = [];
  const isLink = (id: Id) => editor.codes[id] === add.op && inBody.has(id) && uses.get(id) === 1;
  for (let i = body.length - 1; i >= 0; i--) {
    const result = body[i]!;
    if (editor.codes[result] !== add.op || taken.has(result)) continue;
    const terms: Id[] = [];
    let link = result;
    for (;;) {
      taken.add(link);
      const [a, b] = editor.operandsOf(link) as [Id, Id];
      const [next, term] = isLink(a) || !isLink(b) ? [a, b] : [b, a];
      terms.push(term);
      if (!isLink(next)) {
        if (editor.codes[next] !== "constant" || editor.immediates[next] !== 0) terms.push(next);
        break;
      }
      link = next;
    }
    const parts = runsOf(terms.reverse(), hashes);
    if (parts.some((part) => typeof part !== "number")) chains.push(new Chain(result, parts));
  }
  return chains;
}

/** Terms in order, with neighbours that are alike together where they are enough. */
export function runsOf(terms: readonly Id[], hashes: ReadonlyMap<Id, number>): (Id | readonly Id[])[] {
  const parts: (Id | readonly Id[])[] = [];
  for (let start = 0, end = 0; start < terms.length; start = end) {
    const hash = hashes.get(terms[start]!);
    end = start + 1;
    while (end < terms.length && hash !== undefined && hashes.get(terms[end]!) === hash) end++;
    const run = terms.slice(start, end);
    if (run.length >= FEWEST) parts.push(run);
    else parts.push(...run);
  }
  return parts;
}

/** Neighbours among what a body is run for that are alike. */
export function resultRuns(editor: Editor, region: number, hashes: ReadonlyMap<Id, number>): Likes[] {
  const results = editor.resultsOf(region);
  const isOperation = (id: Id) => typeof editor.codes[id] === "object" && editor.regions[id] === region;
  const runs = runsOf([...new Set(results)].filter(isOperation), hashes);
  return runs.flatMap((run): Likes[] => {
    if (typeof run === "number") return [];
    const rolled: Likes["rolled"] = (by) => {
      if (!("elements" in by)) return;
      for (const [row, id] of run.entries()) editor.replace(id, by.elements[row]!);
    };
    return [{ kind: "stack", ids: run, results: run, rolled }];
  });
}

/** How often each result of a body is used, by the body's instructions, loops within and as a result. */
export function usesIn(editor: Editor, body: readonly Id[]): Map<Id, number> {
  const uses = new Map<Id, number>();
  const count = (id: Id) => uses.set(id, (uses.get(id) ?? 0) + 1);
  const countLoop = (index: number): void => {
    const loop = editor.loops[index]!;
    for (const id of [...loop.inits, ...loop.nexts, ...loop.sums, ...loop.stacks]) count(id);
    for (const column of loop.columns) if (column.kind === "list") column.ids.forEach(count);
    countBody(loop.body);
  };
  const countBody = (ids: readonly Id[]): void => {
    for (const id of ids) {
      if (editor.codes[id] === "loop") countLoop(editor.immediates[id]!);
      else for (const operand of editor.operandsOf(id)) count(operand);
    }
  };
  countBody(body);
  const region = editor.regions[body[0]!]!;
  for (const id of editor.resultsOf(region)) count(id);
  return uses;
}

const LEAF = 7;

const opNumbers = new Map<Op, number>();

/**
 * A number for each instruction of a body, equal for results that are alike: the same operation on operands that are
 * alike. What is no operation of the body is alike: a column can hold it.
 */
export function likenessOf(editor: Editor, body: readonly Id[]): Map<Id, number> {
  const hashes = new Map<Id, number>();
  for (const id of body) {
    const code = editor.codes[id]!;
    let hash = LEAF;
    if (typeof code === "object") {
      hash = numberOf(code);
      for (const operand of editor.operandsOf(id)) {
        hash = Math.imul(hash, 0x9e3779b1) ^ (hash >>> 15) ^ (hashes.get(operand) ?? LEAF);
      }
    }
    hashes.set(id, hash | 0);
  }
  return hashes;
}

function numberOf(op: Op): number {
  let number = opNumbers.get(op);
  if (number === undefined) {
    number = 1000 + opNumbers.size;
    opNumbers.set(op, number);
  }
  return number;
}
