import { loopNumberOf, type Program } from "../program.ts";
import type { FunctionWriter } from "./emission.ts";
import type { Rows } from "./rows.ts";

/** Outputs at even distances that are entries of a stack, or sums of a loop, at even distances. */
export interface OutputRun {
  readonly loop: number;
  /** The number of the stack; `undefined` for sums. */
  readonly stack: number | undefined;
  /** The first entry, or sum, and how far it is from each to the next. */
  readonly entry: number;
  entryStep: number;
  /** The first output, and how far it is from each to the next. */
  readonly output: number;
  outputStep: number;
  length: number;
}

/** How the outputs come about. */
export interface Outputs {
  /** By {@link stackKey}: the outputs that are a whole stack, which is kept nowhere else. */
  readonly placed: ReadonlyMap<string, OutputRun>;
  /** Per loop: the outputs side by side that are its sums. Of a loop in lanes they are put there by its totals. */
  readonly totals: ReadonlyMap<number, OutputRun>;
  /** What is copied after the body. */
  readonly copied: readonly OutputRun[];
  /** The numbers of the outputs that are stored where they are made. */
  readonly stored: readonly number[];
  /** The numbers of the outputs that are constants, which are there from the beginning. */
  readonly constants: readonly number[];
  /** Whether outputs are copied from, or placed as, a stack. */
  readsStack(loop: number, stack: number): boolean;
}

/** Fewer are stored one by one. Sums that are more than this are in memory. */
const SHORTEST_RUN = 33;
/** How many runs of the same stack are followed at a time. */
const OPEN_RUNS = 4;

/** Finds the outputs that take no code each: what a loop made for each of its rows comes out together. */
export function outputsOf(program: Program): Outputs {
  const { runs, stored, constants } = findRuns(program);
  const placed = new Map<string, OutputRun>();
  const totals = new Map<number, OutputRun>();
  const copied: OutputRun[] = [];
  for (const run of runs) {
    const isWhole =
      run.stack !== undefined &&
      run.length === program.loops[run.loop]!.count &&
      Math.abs(run.entryStep) === 1;
    const key = stackKey(run.loop, run.stack ?? -1);
    if (isWhole && !placed.has(key)) placed.set(key, run);
    else if (run.length >= SHORTEST_RUN && areTotals(run, runs)) totals.set(run.loop, run);
    else if (run.length >= SHORTEST_RUN) copied.push(run);
    else for (let i = 0; i < run.length; i++) stored.push(run.output + i * run.outputStep);
  }
  const read = new Set(copied.map(({ loop, stack }) => stackKey(loop, stack ?? -1)));
  const readsStack = (loop: number, stack: number) => {
    const key = stackKey(loop, stack);
    return placed.has(key) || read.has(key);
  };
  return { placed, totals, copied, stored, constants, readsStack };
}

/** Whether a run is all there is of the sums of a loop, side by side. */
function areTotals(run: OutputRun, runs: readonly OutputRun[]): boolean {
  if (run.stack !== undefined || run.entryStep !== 1 || run.outputStep !== 1) return false;
  return runs.every((other) => other === run || other.loop !== run.loop || other.stack !== undefined);
}

export function stackKey(loop: number, stack: number): string {
  return `${loop}.${stack}`;
}

function findRuns(program: Program): { runs: OutputRun[]; stored: number[]; constants: number[] } {
  const runs: OutputRun[] = [];
  const stored: number[] = [];
  const constants: number[] = [];
  const open = new Map<string, OutputRun[]>();
  let last: OutputRun | undefined;
  for (let output = 0; output < program.outputs.length; output++) {
    const id = program.outputs[output]!;
    const code = program.codes[id];
    if (code !== "element" && code !== "sum") {
      if (code === "constant") constants.push(output);
      else stored.push(output);
      continue;
    }
    const loop = loopNumberOf(program, id);
    const stack = code === "sum" ? undefined : program.seconds[id]!;
    const entry = program.immediates[id]!;
    const isLast = last !== undefined && last.length > 1 && last.loop === loop && last.stack === stack;
    if (isLast && continues(last!, entry, output)) continue;
    const key = stackKey(loop, stack ?? -1);
    const candidates = open.get(key) ?? [];
    if (candidates.some((run) => continues(run, entry, output))) continue;
    const run = { loop, stack, entry, entryStep: 1, output, outputStep: 1, length: 1 };
    last = run;
    runs.push(run);
    // The oldest comes first: of a stack that comes twice per row, each run then continues itself.
    open.set(key, [...candidates.slice(1 - OPEN_RUNS), run]);
  }
  return { runs, stored, constants };
}

/** Adds an output to a run if it continues it. */
function continues(run: OutputRun, entry: number, output: number): boolean {
  if (run.length === 1 && entry !== run.entry) {
    run.entryStep = entry - run.entry;
    run.outputStep = output - run.output;
  }
  const isNext =
    entry === run.entry + run.length * run.entryStep && output === run.output + run.length * run.outputStep;
  if (isNext) run.length += 1;
  return isNext;
}

/** The rows that a whole stack has in the outputs. */
export function rowsInOutputs(run: OutputRun, outputsAt: number): Rows {
  const stride = 8 * run.outputStep * run.entryStep;
  return { at: outputsAt + 8 * run.output - stride * run.entry, stride, isWide: false };
}

/** Writes the copying of numbers from one place in memory to another. */
export function emitCopy(writer: FunctionWriter, from: Rows, to: Rows, count: number): void {
  const { code, locals } = writer;
  if (from.stride === 8 && to.stride === 8) {
    code
      .i32(to.at)
      .i32(from.at)
      .i32(8 * count);
    code.emit("memory.copy", 0, 0);
    return;
  }
  const [source, target] = [locals.take("i32"), locals.take("i32")];
  code.i32(from.at).emit("local.set", source).i32(to.at).emit("local.set", target);
  code.begin("loop");
  code.emit("local.get", target).emit("local.get", source).access("f64.load", 0).access("f64.store", 0);
  code.emit("local.get", source).i32(from.stride).emit("i32.add").emit("local.set", source);
  code.emit("local.get", target).i32(to.stride).emit("i32.add").emit("local.tee", target);
  code
    .i32(to.at + count * to.stride)
    .emit("i32.ne")
    .emit("br_if", 0)
    .emit("end");
  locals.give(source);
  locals.give(target);
}
