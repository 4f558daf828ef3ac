import { loopNumberOf, type Program } from "../program.ts";
import { type Body, bodyAt, bodyOfLoop, loopOf, type Structure } from "../structure.ts";
import type { Lanes } from "./lanes.ts";
import type { Split } from "./split.ts";

/**
 * Consecutive sums of a loop that are entries, at even distances, of one stack of a loop in its body: a sum for each row
 * of the inner loop, like the gradient of weights that a dot product reads row by row. They take no code each.
 */
export interface SummedRun {
  /** The loop whose sums they are. */
  readonly loop: number;
  /** The first of the sums. */
  readonly first: number;
  length: number;
  /** The loop in its body, and the number of its stack. */
  readonly inner: number;
  readonly stack: number;
  /** The entry that the first sum adds up, and how far it is from each to the next. */
  readonly entry: number;
  entryStep: number;
}

/** Which sums of loops are in runs. */
export interface Summed {
  /** Per loop: the runs of its stacks. */
  readonly ofInner: ReadonlyMap<number, readonly SummedRun[]>;
  /** Per loop: the runs of its sums, first to last. */
  readonly ofLoop: ReadonlyMap<number, readonly SummedRun[]>;
}

/** Fewer are added up one by one. */
const SHORTEST_RUN = 8;

export function summedOf(program: Program, structure: Structure): Summed {
  const ofInner = new Map<number, SummedRun[]>();
  const ofLoop = new Map<number, SummedRun[]>();
  for (const loop of program.loops.keys()) {
    const runs = findRuns(program, structure, loop).filter((run) => run.length >= SHORTEST_RUN);
    if (runs.length > 0) ofLoop.set(loop, runs);
    for (const run of runs) {
      const others = ofInner.get(run.inner);
      if (others === undefined) ofInner.set(run.inner, [run]);
      else others.push(run);
    }
  }
  return { ofInner, ofLoop };
}

function findRuns(program: Program, { bodyOf, runners }: Structure, loop: number): SummedRun[] {
  const { sums } = program.loops[loop]!;
  const body = bodyOfLoop(loop);
  const runs: SummedRun[] = [];
  if (sums.length < SHORTEST_RUN) return runs;
  let open: SummedRun | undefined;
  for (let k = 0; k < sums.length; k++) {
    const id = sums[k]!;
    if (program.codes[id] !== "element" || bodyOf[id] !== body) {
      open = undefined;
      continue;
    }
    const inner = loopNumberOf(program, id);
    const stack = program.seconds[id]!;
    const entry = program.immediates[id]!;
    if (open !== undefined && open.inner === inner && open.stack === stack && continues(open, entry))
      continue;
    open = undefined;
    if (bodyOf[runners[inner]!] !== body) continue;
    open = { loop, first: k, length: 1, inner, stack, entry, entryStep: 0 };
    runs.push(open);
  }
  return runs;
}

/** Adds an entry to a run if it continues it. */
function continues(run: SummedRun, entry: number): boolean {
  if (run.length === 1) run.entryStep = entry - run.entry;
  const isNext = entry === run.entry + run.length * run.entryStep;
  if (isNext) run.length += 1;
  return isNext;
}

/** Whether the inner loop adds each of its rows to the sums itself, so that the stack need not be kept for them. */
export function isAddedAtOnce(
  program: Program,
  { distributes }: Lanes,
  { pieces }: Split,
  { inner, length, entryStep }: SummedRun,
): boolean {
  const isWhole = length === program.loops[inner]!.count && Math.abs(entryStep) === 1;
  return isWhole && distributes[inner] === 0 && pieces[bodyOfLoop(inner)] === undefined;
}

/** Calls `visit` with the number of each sum of a loop that is in no run. */
export function forEachLooseSum(
  program: Program,
  { ofLoop }: Summed,
  loop: number,
  visit: (index: number) => void,
): void {
  const { sums } = program.loops[loop]!;
  let next = 0;
  for (const { first, length } of ofLoop.get(loop) ?? []) {
    while (next < first) visit(next++);
    next = first + length;
  }
  while (next < sums.length) visit(next++);
}

/** Marks the stacks that something reads besides runs that their loop adds up itself; per loop and stack. */
export function storedStacks(
  program: Program,
  lanes: Lanes,
  split: Split,
  summed: Summed,
  needed: Uint8Array,
  isOutput: (loop: number, stack: number) => boolean,
): Uint8Array[] {
  const stored = program.loops.map(({ stacks }, loop) =>
    Uint8Array.from(stacks, (_, stack) => (isOutput(loop, stack) ? 1 : 0)),
  );
  for (let body: Body = 0; body <= program.loops.length; body++) {
    for (const id of bodyAt(program, body)) {
      if (program.codes[id] === "element" && needed[id] === 1) {
        stored[loopNumberOf(program, id)]![program.seconds[id]!] = 1;
      }
    }
    if (body === 0) continue;
    for (const column of program.loops[loopOf(body)]!.columns) {
      if (column.kind === "stack") stored[column.loop]![column.stack] = 1;
    }
  }
  for (const runs of summed.ofLoop.values()) {
    for (const run of runs) {
      if (!isAddedAtOnce(program, lanes, split, run)) stored[run.inner]![run.stack] = 1;
    }
  }
  return stored;
}
