import type { Id } from "../program.ts";
import type { Fused } from "./fuse.ts";
import type { PatternId } from "./patterns.ts";

/** Results in the order in which they are made, run by run: those of a run are of one pattern and independent. */
export interface Schedule {
  readonly order: Int32Array;
  /** Where in the order each run ends. */
  readonly ends: readonly number[];
}

/**
 * The next run is always of the pattern with most results whose operands are known. On the gradient of an irregular graph
 * of 100,000 nodes that makes 6,000 runs; taking those nearest to the inputs first makes 7,200.
 */
export function schedule(body: readonly Id[], fused: Fused): Schedule {
  const { patterns, patternOf } = fused;
  const readers = readersOf(body, fused);
  const ready = new Ready(patterns.all.length, patternOf);
  let made = 0;
  for (const id of body) {
    if (patternOf[id]! < 0) continue;
    made++;
    if (readers.waits[id] === 0) ready.put(id);
  }
  const order = new Int32Array(made);
  const ends: number[] = [];
  for (let at = 0; at < made; ) {
    for (let id = ready.takeMost(); id >= 0; id = ready.next[id]!) order[at++] = id;
    for (let i = ends.at(-1) ?? 0; i < at; i++) {
      const id = order[i]!;
      for (let k = readers.starts[id]!; k < readers.starts[id + 1]!; k++) {
        const reader = readers.ids[k]!;
        readers.waits[reader]!--;
        if (readers.waits[reader] === 0) ready.put(reader);
      }
    }
    ends.push(at);
  }
  return { order, ends };
}

interface Readers {
  /** Per instruction: where those that read it begin in `ids`; they end where the next one's begin. */
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  /** Per instruction: how many of its operands are to be made before it. */
  readonly waits: Int32Array;
}

function readersOf(body: readonly Id[], { patternOf, reads, readsAt, readCounts }: Fused): Readers {
  const starts = new Int32Array(patternOf.length + 1);
  const waits = new Int32Array(patternOf.length);
  for (const read of reads) starts[read]!++;
  for (let id = 1; id < starts.length; id++) starts[id]! += starts[id - 1]!;
  const ids = new Int32Array(reads.length);
  for (let i = body.length - 1; i >= 0; i--) {
    const id = body[i]!;
    if (patternOf[id]! < 0) continue;
    for (let k = readsAt[id]! + readCounts[id]! - 1; k >= readsAt[id]!; k--) {
      const read = reads[k]!;
      starts[read]!--;
      ids[starts[read]!] = id;
      if (patternOf[read]! >= 0) waits[id]!++;
    }
  }
  return { starts, ids, waits };
}

/** Results whose operands are known, as a list for each pattern. */
class Ready {
  /** Per instruction: the one after it in its list; −1 at the end. */
  readonly next: Int32Array;
  readonly #patternOf: Int16Array;
  readonly #firsts: Int32Array;
  readonly #lasts: Int32Array;
  readonly #counts: Int32Array;
  /** The patterns that were met so far. */
  readonly #met: PatternId[] = [];

  constructor(patterns: number, patternOf: Int16Array) {
    this.next = new Int32Array(patternOf.length).fill(-1);
    this.#patternOf = patternOf;
    this.#firsts = new Int32Array(patterns);
    this.#lasts = new Int32Array(patterns).fill(-1);
    this.#counts = new Int32Array(patterns);
  }

  put(id: Id): void {
    const pattern = this.#patternOf[id]!;
    if (this.#counts[pattern]! > 0) this.next[this.#lasts[pattern]!] = id;
    else {
      if (this.#lasts[pattern]! < 0) this.#met.push(pattern);
      this.#firsts[pattern] = id;
    }
    this.#lasts[pattern] = id;
    this.#counts[pattern]!++;
  }

  /** Removes the longest list and gives the first of it. */
  takeMost(): Id {
    let most = this.#met[0]!;
    for (const pattern of this.#met) if (this.#counts[pattern]! > this.#counts[most]!) most = pattern;
    this.#counts[most] = 0;
    return this.#firsts[most]!;
  }
}
