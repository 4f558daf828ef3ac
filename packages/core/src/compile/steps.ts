import { walk } from "../graph.ts";
import { NodeNumbers } from "../nodeNumbers.ts";
import type { Op } from "../op.ts";
import { type Scalar, Value } from "../value.ts";
import { placeholder } from "./levels.ts";
import { ProgramTracer, withTracer } from "./tracer.ts";

/** A number; or an operation on results before it, counted from 0: first the operands, then the steps. */
export type Step = number | { readonly op: Op; readonly operands: readonly number[] };

/** Simpler operations one after the other, and which result is that of the whole. */
export interface Steps {
  readonly steps: readonly Step[];
  readonly result: number;
}

const known = new WeakMap<Op, Steps>();

/**
 * The simpler operations that an operation is, if there are. An operation on an array may ask for the constants among
 * its operands.
 */
export function stepsOf(op: Op, constants: () => readonly (number | undefined)[]): Steps | undefined {
  if (op.lowered === undefined) return undefined;
  if (op.arity === undefined) return traceSteps(op, constants());
  let steps = known.get(op);
  if (steps === undefined) {
    steps = traceSteps(op, new Array(op.arity).fill(undefined));
    known.set(op, steps);
  }
  return steps;
}

function traceSteps(op: Op, constants: readonly (number | undefined)[]): Steps {
  const operands = constants.map((x) => x ?? placeholder(0));
  const lowered = op.lowered as (...operands: unknown[]) => Scalar;
  const result = withTracer(new ProgramTracer(), () =>
    op.arity === undefined ? lowered(operands) : lowered(...operands),
  );
  const steps: Step[] = [];
  const places = new NodeNumbers();
  operands.forEach((operand, i) => {
    if (typeof operand === "object") places.set(operand, i);
  });
  const push = (step: Step): number => operands.length + steps.push(step) - 1;
  const placeOf = (x: Scalar) => (typeof x === "number" ? push(x) : places.get(x)!);
  for (const node of result instanceof Value ? walk([result]) : []) {
    if (node.op === undefined) continue;
    places.set(node, push({ op: node.op, operands: node.operands.map(placeOf) }));
  }
  return { steps, result: placeOf(result) };
}
