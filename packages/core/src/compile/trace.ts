import { describe, isScalar, type Value } from "../value.ts";
import { lazyRows } from "./lazyRows.ts";
import { placeholder } from "./levels.ts";
import type { Traced } from "./lower.ts";
import { type Shape, scalarsIn, shapeOf, sizeOf, treeOf } from "./shape.ts";
import { ProgramTracer, withTracer } from "./tracer.ts";

/** Fewer rows are made at once. */
const FEWEST_LAZY = 16;

/** Arguments of these shapes, with Values in place of numbers. */
function argumentTrees(shapes: readonly Shape[], inputAt: (index: number) => Value): unknown[] {
  let next = 0;
  const build = (shape: Shape): unknown => {
    if (shape.kind === "rows" && shape.length >= FEWEST_LAZY) {
      const first = next;
      next += sizeOf(shape);
      return lazyRows(shape.length, shape.row, first, inputAt);
    }
    if (shape.kind === "array") return shape.items.map(build);
    if (shape.kind === "object") {
      return Object.fromEntries(shape.keys.map((key, i) => [key, build(shape.items[i]!)]));
    }
    return treeOf(shape, () => inputAt(next++));
  };
  return shapes.map(build);
}

/** A function traced for arguments of certain shapes. */
export interface TracedCall extends Traced {
  /** The shape of what it returned. */
  readonly result: Shape;
}

/** Runs f once on Values without numbers; `finish` turns what it returned into more of the graph, or leaves it. */
export function traceCall(
  f: (...args: never[]) => unknown,
  shapes: readonly Shape[],
  finish: (returned: unknown, tracer: ProgramTracer, inputs: readonly Value[]) => unknown = (returned) =>
    returned,
): TracedCall {
  const tracer = new ProgramTracer();
  const { inputs } = tracer;
  const inputAt = (index: number) => {
    let input = inputs[index];
    if (input === undefined) {
      input = placeholder(0);
      inputs[index] = input;
    }
    return input;
  };
  const args = argumentTrees(shapes, inputAt);
  inputs.length = shapes.reduce((size, shape) => size + sizeOf(shape), 0);
  return withTracer(tracer, () => {
    const returned = finish(f(...(args as never[])), tracer, inputs);
    const result = shapeOf(returned, "what the function returned", isScalar);
    if (result.kind === "fixed") {
      throw new TypeError(`compile: the function must return scalars, got ${describe(returned)}.`);
    }
    return { inputs, outputs: scalarsIn(returned), constants: tracer.constants, result };
  });
}
