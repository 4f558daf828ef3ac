import { isComparison } from "../comparisons.ts";
import type { Id } from "../program.ts";
import type { Operations } from "./operations.ts";
import { isOnArray, LEAF, type Operator, type PatternId, Patterns } from "./patterns.ts";
import { Words } from "./words.ts";

/** Which pattern makes each result that is put in memory, from which others. */
export interface Fused {
  readonly patterns: Patterns;
  /** Per instruction; −1 where nothing is put in memory: inputs, constants, and what is part of another's pattern. */
  readonly patternOf: Int16Array;
  /** What patterns read from memory. */
  readonly reads: Int32Array;
  /** Per instruction with a pattern: where it begins in `reads`, and how many it reads. */
  readonly readsAt: Int32Array;
  readonly readCounts: Int32Array;
}

/** How far operations are joined. */
export interface FuseOptions {
  /** How many patterns of several operations there are at most. */
  readonly patterns: number;
  /** How many numbers a pattern reads at most. */
  readonly leaves: number;
  /** How often a pattern of several operations must come up. */
  readonly often: number;
}

/** Joins operations whose result is read once with what reads it, where the same few patterns come up often. */
export function fuse(operations: Operations, options: FuseOptions): Fused {
  return new Fusion(operations, options).fuse();
}

class Fusion {
  readonly #operations: Operations;
  readonly #options: FuseOptions;
  readonly #patterns = new Patterns();
  /** Per instruction: the largest pattern that makes it; LEAF where it must be read from memory. */
  readonly #largest: Int16Array;
  /** Per pattern. */
  readonly #counts: number[] = [];
  readonly #reads = new Words();

  constructor(operations: Operations, options: FuseOptions) {
    this.#operations = operations;
    this.#options = options;
    this.#largest = new Int16Array(operations.program.codes.length);
  }

  fuse(): Fused {
    const { uses, program } = this.#operations;
    const { body, codes, outputs } = program;
    if (this.#options.patterns > 0) {
      this.#embedConstants();
      for (const id of body) if (uses[id]! > 0 && typeof codes[id] === "object") this.#grow(id);
    }
    const kept = this.#choose();
    const patternOf = new Int16Array(codes.length).fill(-1);
    const readsAt = new Int32Array(codes.length);
    const readCounts = new Int32Array(codes.length);
    const isRead = new Uint8Array(codes.length);
    for (const id of outputs) isRead[id] = 1;
    for (let i = body.length - 1; i >= 0; i--) {
      const id = body[i]!;
      if (isRead[id] === 0 || typeof codes[id] !== "object") continue;
      const pattern = this.#fitting(id, kept);
      const at = this.#reads.length;
      this.#read(id, pattern);
      patternOf[id] = pattern;
      readsAt[id] = at;
      readCounts[id] = this.#reads.length - at;
      for (let k = at; k < this.#reads.length; k++) isRead[this.#reads.at(k)] = 1;
    }
    return { patterns: this.#patterns, patternOf, reads: this.#reads.view(), readsAt, readCounts };
  }

  /** Constants that much of the program reads are written into the code. */
  #embedConstants(): void {
    const { program, uses } = this.#operations;
    const { body, codes, immediates } = program;
    for (const id of body) {
      if (codes[id] === "constant" && uses[id]! > body.length / 200) {
        this.#largest[id] = this.#patterns.constant(immediates[id]!);
      }
    }
  }

  /** Finds the largest pattern that makes a result. */
  #grow(id: Id): void {
    const op = this.#operations.operator(id)!;
    if (isOnArray(op)) return;
    const count = this.#operations.count(id);
    const operands: [PatternId, PatternId, PatternId] = [LEAF, LEAF, LEAF];
    let room = this.#options.leaves - count;
    for (let k = 0; k < count; k++) {
      const pattern = this.#joining(id, op, k);
      const more = this.#patterns.all[pattern]!.leaves - 1;
      if (more > room) continue;
      operands[k] = pattern;
      room -= more;
    }
    let [a, b, c] = operands;
    if (isCommutative(op) && a < b) {
      this.#operations.swap(id);
      [a, b] = [b, a];
    }
    const found = this.#patterns.operation(op, count, a, b, c);
    this.#largest[id] = found;
    this.#counts[found] = (this.#counts[found] ?? 0) + 1;
  }

  /** The pattern of operand k if it can be part of its reader's; else LEAF. */
  #joining(id: Id, op: Operator, k: number): PatternId {
    const { program, uses } = this.#operations;
    const operand = this.#operations.operand(id, k);
    const code = program.codes[operand]!;
    if (code === "constant") return this.#largest[operand]!;
    // What is called goes through all of its operands at once.
    if (typeof code === "string" || code.instruction === undefined) return LEAF;
    const decides = k === 0 && typeof op === "object" && op.instruction === "select" && isComparison(code);
    return uses[operand] === 1 || decides ? this.#largest[operand]! : LEAF;
  }

  /** The patterns that save most. */
  #choose(): Set<PatternId> {
    const { all } = this.#patterns;
    const counts = this.#counts;
    const saved = (id: PatternId) => counts[id]! * (all[id]!.size - 1);
    const candidates = [...all.keys()].filter(
      (id) => all[id]!.size > 1 && counts[id]! >= this.#options.often,
    );
    candidates.sort((a, b) => saved(b) - saved(a));
    return new Set(candidates.slice(0, this.#options.patterns));
  }

  /** The largest pattern kept that makes a result; that of its operation alone at least. */
  #fitting(id: Id, kept: ReadonlySet<PatternId>): PatternId {
    const { all } = this.#patterns;
    const largest = this.#largest[id]!;
    if (kept.has(largest)) return largest;
    const op = this.#operations.operator(id)!;
    const count = isOnArray(op) ? 0 : this.#operations.count(id);
    let best = this.#patterns.operation(op, count, LEAF, LEAF, LEAF);
    if (largest === best) return best;
    const { operands } = all[largest]!;
    for (let choice = 1; choice < 1 << operands.length; choice++) {
      const [a = LEAF, b = LEAF, c = LEAF] = operands.map((operand, k) =>
        (choice >> k) & 1 ? operand : LEAF,
      );
      const candidate = this.#patterns.operation(op, count, a, b, c);
      if (kept.has(candidate) && all[candidate]!.size > all[best]!.size) best = candidate;
    }
    return best;
  }

  /** Notes what a pattern reads from memory, in order. */
  #read(id: Id, pattern: PatternId): void {
    const { op, operands } = this.#patterns.all[pattern]!;
    const count = isOnArray(op) ? this.#operations.count(id) : operands.length;
    for (let k = 0; k < count; k++) {
      const operand = this.#operations.operand(id, k);
      const part = operands[k] ?? LEAF;
      if (part === LEAF) this.#reads.push(operand);
      else if (this.#patterns.all[part]!.size > 0) this.#read(operand, part);
    }
  }
}

/** Whether the order of the operands makes no difference to the bits. */
function isCommutative(op: Operator): boolean {
  return typeof op === "object" && (op.instruction === "add" || op.instruction === "mul");
}
