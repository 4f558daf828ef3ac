import { type Id, loopNumberOf, operandCount, operationOf, type Program } from "../program.ts";
import { type Body, bodyAt, bodyOfLoop, loopOf, type Structure } from "../structure.ts";
import type { Lanes } from "./lanes.ts";
import { type Lists, listsReadFirstBy } from "./lists.ts";
import { isInMemory } from "./reads.ts";
import { forEachLooseSum, type Summed } from "./summed.ts";

/** A stretch of a body, from one position in it to before another, that is a function of its own. */
export interface Piece {
  readonly function: number;
  readonly from: number;
  readonly to: number;
}

/** Which code goes into which function. Function 0 runs the program. */
export interface Split {
  readonly functionCount: number;
  /** Per instruction: the function that its code is in; of a carry, the one that runs the loop. */
  readonly functionOf: Int32Array;
  /** Per body: the functions called in turn; `undefined` where the body stands in the function that runs it. */
  readonly pieces: readonly (readonly Piece[] | undefined)[];
}

/**
 * Cuts bodies of more than `limitOf` WebAssembly operations, roughly counted, into functions: engines refuse functions
 * beyond some size, and compile long ones badly.
 */
export function split(
  program: Program,
  structure: Structure,
  lanes: Lanes,
  lists: Lists,
  summed: Summed,
  limitOf: (body: Body) => number,
): Split {
  const { weights, sizes } = weigh(program, structure, lanes, lists, summed, limitOf);
  const functionOf = new Int32Array(program.codes.length);
  const pieces: (readonly Piece[] | undefined)[] = new Array(sizes.length).fill(undefined);
  let functionCount = 1;
  const assign = (body: Body, runner: number) => {
    const ids = bodyAt(program, body);
    const limit = limitOf(body);
    const isCut = sizes[body]! > limit;
    const cuts = isCut ? cut(ids, weights, limit) : [0, ids.length];
    const own: Piece[] = [];
    for (let p = 0; p + 1 < cuts.length; p++) {
      const piece = { function: isCut ? functionCount++ : runner, from: cuts[p]!, to: cuts[p + 1]! };
      own.push(piece);
      for (let i = piece.from; i < piece.to; i++) {
        const id = ids[i]!;
        functionOf[id] = program.codes[id] === "carry" ? runner : piece.function;
        if (program.codes[id] === "loop") assign(bodyOfLoop(program.immediates[id]!), piece.function);
      }
    }
    if (isCut) pieces[body] = own;
  };
  assign(0, 0);
  return { functionCount, functionOf, pieces };
}

/** Where to begin new functions, so that each weighs at most the limit, or is one instruction; and the end. */
function cut(ids: readonly Id[], weights: Float64Array, limit: number): number[] {
  const cuts = [0];
  let weight = 0;
  for (let i = 0; i < ids.length; i++) {
    weight += weights[ids[i]!]!;
    if (weight > limit && i > cuts.at(-1)!) {
      cuts.push(i);
      weight = weights[ids[i]!]!;
    }
  }
  cuts.push(ids.length);
  return cuts;
}

/** Roughly how many WebAssembly operations each instruction becomes, and each body. */
function weigh(
  program: Program,
  structure: Structure,
  { vectors, varies }: Lanes,
  lists: Lists,
  summed: Summed,
  limitOf: (body: Body) => number,
) {
  const weights = new Float64Array(program.codes.length);
  const sizes = new Float64Array(program.loops.length + 1);
  const visit = (body: Body) => {
    const width = Math.max(1, vectors[body]!);
    for (const id of bodyAt(program, body)) {
      if (program.codes[id] !== "loop") weights[id] = weightOf(program, id, varies[id] === 1 ? width : 1);
      else {
        const loop = loopNumberOf(program, id);
        const inner = bodyOfLoop(loop);
        // What never runs is not written, so it must not be cut.
        if (program.loops[loop]!.count > 0) visit(inner);
        weights[id] = weightAround(program, loop, lists, Math.max(1, vectors[inner]!));
        const [size, limit] = [sizes[inner]!, limitOf(inner)];
        weights[id]! += size > limit ? size / limit : size;
      }
    }
    if (body > 0) {
      const { sums, stacks } = program.loops[body - 1]!;
      const take = (id: Id) => {
        if (structure.bodyOf[id] === body) weights[id]! += 2 * width;
      };
      forEachLooseSum(program, summed, loopOf(body), (index) => take(sums[index]!));
      stacks.forEach(take);
    }
    for (const id of bodyAt(program, body)) sizes[body]! += weights[id]!;
  };
  visit(0);
  return { weights, sizes };
}

/** What a loop takes besides its body. */
function weightAround(program: Program, loop: number, lists: Lists, width: number): number {
  let listed = 0;
  for (const { ids, columns } of listsReadFirstBy(lists, loop))
    listed += columns === undefined ? ids.length : 10;
  return 10 + width * (listed + 2 * program.loops[loop]!.inits.length);
}

function weightOf(program: Program, id: Id, width: number): number {
  const op = operationOf(program, id);
  if (op === undefined) return isInMemory(program, id) ? 0 : 1;
  const operands = operandCount(program, id);
  return width * (op.instruction === undefined ? 2 + 2 * operands : Math.max(1, operands - 1));
}
