import type { Id } from "../program.ts";
import type { Fused } from "./fuse.ts";
import { isOnArray, type PatternId } from "./patterns.ts";
import { Words } from "./words.ts";

/**
 * Results in the order in which they are made, run by run: those of a run are of one pattern. They come in pairs that do
 * not wait for each other; where one is left over it comes twice. What takes any number of operands comes alone.
 */
export interface Schedule {
  readonly order: Int32Array;
  /** Where in the order each run ends. */
  readonly ends: readonly number[];
}

/**
 * The next run is always of the pattern with most results whose operands are known, and goes on with those that become
 * known. On the gradient of an irregular graph of 100,000 nodes that makes 4,100 runs; without going on 6,200, and taking
 * those nearest to the inputs first 7,200.
 */
export function schedule(body: readonly Id[], fused: Fused): Schedule {
  const { patterns, patternOf } = fused;
  const readers = readersOf(body, fused);
  const ready = new Ready(patterns.all.length, patternOf);
  let left = 0;
  for (const id of body) {
    if (patternOf[id]! < 0) continue;
    left++;
    if (readers.waits[id] === 0) ready.put(id);
  }
  const order = new Words();
  const ends: number[] = [];
  const make = (id: Id) => {
    left--;
    for (let k = readers.starts[id]!; k < readers.starts[id + 1]!; k++) {
      const reader = readers.ids[k]!;
      readers.waits[reader]!--;
      if (readers.waits[reader] === 0) ready.put(reader);
    }
  };
  while (left > 0) {
    const pattern = ready.most();
    const inPairs = !isOnArray(patterns.all[pattern]!.op);
    do {
      const first = ready.take(pattern);
      const second = inPairs && ready.count(pattern) > 0 ? ready.take(pattern) : first;
      order.push(first);
      if (inPairs) order.push(second);
      make(first);
      if (second !== first) make(second);
    } while (ready.count(pattern) > (inPairs ? 1 : 0));
    ends.push(order.length);
  }
  return { order: order.view(), ends };
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
  readonly #next: Int32Array;
  readonly #patternOf: Int16Array;
  readonly #firsts: Int32Array;
  readonly #lasts: Int32Array;
  readonly #counts: Int32Array;
  /** The patterns that were met so far. */
  readonly #met: PatternId[] = [];

  constructor(patterns: number, patternOf: Int16Array) {
    this.#next = new Int32Array(patternOf.length).fill(-1);
    this.#patternOf = patternOf;
    this.#firsts = new Int32Array(patterns);
    this.#lasts = new Int32Array(patterns).fill(-1);
    this.#counts = new Int32Array(patterns);
  }

  put(id: Id): void {
    const pattern = this.#patternOf[id]!;
    if (this.#counts[pattern]! > 0) this.#next[this.#lasts[pattern]!] = id;
    else {
      if (this.#lasts[pattern]! < 0) this.#met.push(pattern);
      this.#firsts[pattern] = id;
    }
    this.#lasts[pattern] = id;
    this.#counts[pattern]!++;
  }

  /** The pattern with the longest list. */
  most(): PatternId {
    let most = this.#met[0]!;
    for (const pattern of this.#met) if (this.#counts[pattern]! > this.#counts[most]!) most = pattern;
    return most;
  }

  /** How long a list is. */
  count(pattern: PatternId): number {
    return this.#counts[pattern]!;
  }

  /** Removes the first of a list, and gives it. */
  take(pattern: PatternId): Id {
    const id = this.#firsts[pattern]!;
    this.#firsts[pattern] = this.#next[id]!;
    this.#counts[pattern]!--;
    return id;
  }
}
