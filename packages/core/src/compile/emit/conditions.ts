import { decidingComparison } from "../comparisons.ts";
import { bodyAt, bodyOfLoop } from "../structure.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import { emitMask } from "./emitVectors.ts";
import type { LoopFrame } from "./loopFrame.ts";
import { pushVector } from "./push.ts";

/**
 * Writes, before a loop in lanes, the masks of comparisons made outside of it that decide in its body, around what
 * `emitInside` writes.
 */
export function emitWithConditions(
  emission: Emission,
  writer: FunctionWriter,
  frame: LoopFrame,
  emitInside: () => void,
): void {
  const { program, structure, lanes, split } = emission;
  const { code, locals, conditions } = writer;
  const body = bodyOfLoop(frame.loop);
  const made = new Map<number, readonly number[]>();
  if (frame.vectors > 0 && !frame.distributes && split.pieces[body] === undefined) {
    for (const id of bodyAt(program, body)) {
      const comparison = lanes.varies[id] === 1 ? decidingComparison(program, id) : undefined;
      if (comparison === undefined || structure.bodyOf[comparison] === body || conditions.has(comparison))
        continue;
      const masks = locals.takeAll("v128", lanes.varies[comparison] === 1 ? frame.vectors : 1);
      for (const [index, mask] of masks.entries()) {
        emitMask(emission, writer, comparison, (operand) => pushVector(emission, writer, operand, index));
        code.emit("local.set", mask);
      }
      conditions.set(comparison, masks);
      made.set(comparison, masks);
    }
  }
  emitInside();
  for (const [comparison, masks] of made) {
    conditions.delete(comparison);
    for (const mask of masks) locals.give(mask);
  }
}
