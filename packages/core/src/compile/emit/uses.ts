import type { Id, Program } from "../program.ts";
import { type Body, bodyAt, bodyOfLoop, enclosing, loopOf, type Structure } from "../structure.ts";
import type { Lanes } from "./lanes.ts";
import { forEachListedLate, isListedAtOnce, type List, type Lists, listsReadFirstBy } from "./lists.ts";
import type { Outputs } from "./outputs.ts";
import { forEachRead } from "./reads.ts";
import type { Split } from "./split.ts";
import { forEachLooseSum, isAddedAtOnce, type Summed, type SummedRun, storedStacks } from "./summed.ts";

/** What becomes of a result as soon as it is there. */
export type Sink =
  /** It is output number `index`. */
  | { readonly kind: "output"; readonly index: number }
  /** Sum or stack number `index` of a loop takes it. */
  | { readonly kind: "sum" | "stack"; readonly loop: number; readonly index: number }
  /** The sums of a run take it, each another row. */
  | { readonly kind: "run"; readonly run: SummedRun }
  /** It is number `row` of a list. */
  | { readonly kind: "list"; readonly list: List; readonly row: number };

/** Who reads which results. */
export interface Uses {
  /** Per instruction: whether anything needs its code. Of a comparison that only decides, nothing does. */
  readonly needed: Uint8Array;
  /** Per instruction: whether code in another function reads the result, or code in lanes that of one before them. */
  readonly crosses: Uint8Array;
  readonly sinks: ReadonlyMap<Id, readonly Sink[]>;
  /** Per loop and stack: whether anything reads it, rather than sums that its loop adds up itself. */
  readonly stored: readonly Uint8Array[];
  /** Calls `visit` with each result whose last use in its function is by this instruction of its body. */
  endingAt(user: Id, visit: (id: Id) => void): void;
  /** Calls `visit` with each result of a body that is used up to the end of an iteration. */
  endingWith(body: Body, visit: (id: Id) => void): void;
}

export function usesOf(
  program: Program,
  structure: Structure,
  lanes: Lanes,
  lists: Lists,
  summed: Summed,
  split: Split,
  outputs: Outputs,
): Uses {
  const count = program.codes.length;
  const needed = new Uint8Array(count);
  const crosses = new Uint8Array(count);
  const lastUsers = new Int32Array(count);
  for (let id = 0; id < count; id++) lastUsers[id] = id;
  const sinks = new Map<Id, Sink[]>();
  const { bodyOf, runners } = structure;
  const { functionOf } = split;

  /** `user` is an instruction of `body`, or stands for its end. */
  const use = (id: Id, user: Id, body: Body, userFunction: number) => {
    needed[id] = 1;
    const isNewToLanes = lanes.vectors[body]! > 0 && lanes.vectors[bodyOf[id]!] === 0;
    if (functionOf[id] !== userFunction || isNewToLanes) {
      crosses[id] = 1;
      return;
    }
    let last = user;
    for (let inside = body; inside !== bodyOf[id]; inside = enclosing(structure, loopOf(inside))) {
      last = runners[loopOf(inside)]!;
    }
    lastUsers[id] = last;
  };
  const sink = (id: Id, sunk: Sink) => {
    needed[id] = 1;
    const others = sinks.get(id);
    if (others === undefined) sinks.set(id, [sunk]);
    else others.push(sunk);
  };
  const visit = (body: Body) => {
    for (const id of bodyAt(program, body)) {
      if (program.codes[id] === "loop") visitLoop(program.immediates[id]!, id, body);
      else forEachRead(program, id, (operand) => use(operand, id, body, functionOf[id]!));
    }
  };
  const visitLoop = (loop: number, runner: Id, body: Body) => {
    const { inits, nexts, sums, stacks } = program.loops[loop]!;
    const inner = bodyOfLoop(loop);
    const userFunction = functionOf[runner]!;
    needed[runner] = 1;
    for (const id of inits) use(id, runner, body, userFunction);
    forEachListedLate(program, structure, lists, loop, (_, id) => use(id, runner, body, userFunction));
    for (const list of listsReadFirstBy(lists, loop)) sinkList(list);
    visit(inner);
    const end = count + inner;
    for (const id of nexts) use(id, end, inner, userFunction);
    const take = (id: Id, sunk: Sink) => {
      if (isTakenAtOnce(program, structure, inner, id)) sink(id, sunk);
      else use(id, end, inner, userFunction);
    };
    forEachLooseSum(program, summed, loop, (index) => take(sums[index]!, { kind: "sum", loop, index }));
    for (const [index, id] of stacks.entries()) take(id, { kind: "stack", loop, index });
    for (const run of summed.ofInner.get(loop) ?? []) {
      if (isAddedAtOnce(program, lanes, split, run)) take(stacks[run.stack]!, { kind: "run", run });
    }
  };
  const sinkList = (list: List) => {
    for (const [row, id] of list.ids.entries()) {
      if (isListedAtOnce(program, structure, list, id)) sink(id, { kind: "list", list, row });
    }
  };
  visit(0);
  for (const index of outputs.stored) sink(program.outputs[index]!, { kind: "output", index });

  const endings = grouped(lastUsers, count + program.loops.length + 1);
  return {
    needed,
    crosses,
    sinks,
    stored: storedStacks(program, lanes, split, summed, needed, outputs.readsStack),
    endingAt: endings,
    endingWith: (body, visitEnding) => endings(count + body, visitEnding),
  };
}

/** Whether sums and stacks of the loop with this body take a result where it is made, not after the iteration. */
export function isTakenAtOnce(program: Program, { bodyOf }: Structure, body: Body, id: Id): boolean {
  return bodyOf[id] === body && program.codes[id] !== "carry";
}

/** Of numbers `keys[i]` below `count`: a function that visits all i of a key. */
function grouped(keys: Int32Array, count: number): (key: number, visit: (i: number) => void) => void {
  const first = new Int32Array(count).fill(-1);
  const next = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    next[i] = first[keys[i]!]!;
    first[keys[i]!] = i;
  }
  return (key, visit) => {
    for (let i = first[key]!; i !== -1; i = next[i]!) visit(i);
  };
}
