import type { Id, Program } from "../program.ts";
import type { Lists } from "./lists.ts";
import type { Outputs } from "./outputs.ts";
import { forEachLooseSum, type Summed } from "./summed.ts";

/**
 * The same program without what only runs of sums, of outputs and of columns read, which need no code for each: of a
 * gradient with thousands of entries, that is most of it.
 */
export function withoutUnused(program: Program, lists: Lists, summed: Summed, outputs: Outputs): Program {
  const used = usedIn(program, lists, summed, outputs);
  const remaining = (body: readonly Id[]) =>
    body.filter((id) => used[id] === 1 || program.codes[id] === "loop");
  return {
    ...program,
    body: remaining(program.body),
    loops: program.loops.map((loop) => ({ ...loop, body: remaining(loop.body) })),
  };
}

function usedIn(program: Program, lists: Lists, summed: Summed, outputs: Outputs): Uint8Array {
  const { operands, loops } = program;
  const used = new Uint8Array(program.codes.length);
  const useAll = (ids: readonly Id[]) => {
    for (let k = 0; k < ids.length; k++) used[ids[k]!] = 1;
  };
  useAll(operands);
  for (let loop = 0; loop < loops.length; loop++) {
    const { inits, nexts, sums, stacks } = loops[loop]!;
    useAll(inits);
    useAll(nexts);
    useAll(stacks);
    // One stands for all of a run.
    for (const list of lists[loop]!) {
      if (list?.columns !== undefined) used[list.ids[0]!] = 1;
      else if (list !== undefined) useAll(list.ids);
    }
    forEachLooseSum(program, summed, loop, (index) => {
      used[sums[index]!] = 1;
    });
    for (const { first } of summed.ofLoop.get(loop) ?? []) used[sums[first]!] = 1;
  }
  for (const output of outputs.stored) used[program.outputs[output]!] = 1;
  return used;
}
