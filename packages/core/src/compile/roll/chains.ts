import type { Op } from "../../op.ts";
import { add } from "../../ops/arithmetic.ts";
import { type Id, listedIn, resultsOf } from "../program.ts";
import type { Editor } from "./editor.ts";

/** Results that are alike: the same operations on operands that are alike, one for each row of a loop. */
export interface Likes {
  readonly ids: readonly Id[];
  /** Told what stands for them when they are rolled: their sum, or what keeps them. */
  readonly rolled: (by: { readonly sum: Id } | { readonly elements: ReadonlyMap<Id, Id> }) => void;
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
  likeness: Int32Array,
  uses: Int32Array,
): Chain[] {
  const { codes, starts, operands, regions, immediates } = editor;
  const region = regions[body[0]!]!;
  const taken = new Uint8Array(codes.length);
  const chains: Chain[] = [];
  const isLink = (id: Id) => codes[id] === add.op && regions[id] === region && uses[id] === 1;
  for (let i = body.length - 1; i >= 0; i--) {
    const result = body[i]!;
    if (codes[result] !== add.op || taken[result] === 1) continue;
    const terms: Id[] = [];
    for (let link: Id | undefined = result; link !== undefined; ) {
      taken[link] = 1;
      const a: Id = operands[starts[link]!]!;
      const b: Id = operands[starts[link]! + 1]!;
      const [next, term]: [Id, Id] = isLink(a) || !isLink(b) ? [a, b] : [b, a];
      terms.push(term);
      link = isLink(next) ? next : undefined;
      if (link === undefined && !(codes[next] === "constant" && immediates[next] === 0)) terms.push(next);
    }
    if (terms.length < FEWEST) continue;
    const parts = runsOf(terms.reverse(), likeness);
    if (parts.some((part) => typeof part !== "number")) chains.push(new Chain(result, parts));
  }
  return chains;
}

/** Terms in order, with neighbours that are alike together where they are enough. */
function runsOf(terms: readonly Id[], likeness: Int32Array): (Id | readonly Id[])[] {
  const parts: (Id | readonly Id[])[] = [];
  for (let start = 0, end = 0; start < terms.length; start = end) {
    end = start + 1;
    while (end < terms.length && likeness[terms[end]!] === likeness[terms[start]!]) end++;
    const run = terms.slice(start, end);
    if (run.length >= FEWEST) parts.push(run);
    else parts.push(...run);
  }
  return parts;
}

/** Neighbours among what a body is run for that are alike. */
export function resultRuns(editor: Editor, region: number, likeness: Int32Array): Likes[] {
  const results = editor.resultsOf(region);
  const isOperation = (id: Id) => typeof editor.codes[id] === "object" && editor.regions[id] === region;
  const runs = runsOf([...new Set(results)].filter(isOperation), likeness);
  return runs.flatMap((run): Likes[] => {
    if (typeof run === "number") return [];
    const rolled: Likes["rolled"] = (by) => {
      if (!("elements" in by)) return;
      for (const [id, element] of by.elements) editor.replace(id, element);
    };
    return [{ kind: "stack", ids: run, results: run, rolled }];
  });
}

/** How often each result is used by a body: by its instructions, by loops within, and as what it is run for. */
export function usesIn(editor: Editor, body: readonly Id[]): Int32Array {
  const { codes, starts, operands, immediates, loops, regions } = editor;
  const uses = new Int32Array(codes.length);
  const countAll = (ids: readonly Id[]) => {
    for (const id of ids) uses[id]!++;
  };
  const countBody = (ids: readonly Id[]): void => {
    for (const id of ids) {
      if (codes[id] === "loop") countLoop(immediates[id]!);
      else for (let at = starts[id]!; at < starts[id + 1]!; at++) uses[operands[at]!]!++;
    }
  };
  const countLoop = (index: number): void => {
    const loop = loops[index]!;
    for (const ids of [loop.inits, resultsOf(loop), listedIn(loop)]) countAll(ids);
    countBody(loop.body);
  };
  countBody(body);
  countAll(editor.resultsOf(regions[body[0]!]!));
  return uses;
}

const LEAF = 7;

const opNumbers = new Map<Op, number>();

/**
 * A number for each instruction of a body, equal for results that are alike: the same operation on operands that are
 * alike. What is no operation of the body is alike: a column can hold it.
 */
export function likenessOf(editor: Editor, body: readonly Id[]): Int32Array {
  const { codes, starts, operands } = editor;
  const likeness = new Int32Array(codes.length).fill(LEAF);
  for (const id of body) {
    const code = codes[id]!;
    if (typeof code !== "object") continue;
    let hash = numberOf(code);
    for (let at = starts[id]!; at < starts[id + 1]!; at++) {
      hash = Math.imul(hash, 0x9e3779b1) ^ (hash >>> 15) ^ likeness[operands[at]!]!;
    }
    likeness[id] = hash;
  }
  return likeness;
}

function numberOf(op: Op): number {
  let number = opNumbers.get(op);
  if (number === undefined) {
    number = 1000 + opNumbers.size;
    opNumbers.set(op, number);
  }
  return number;
}
