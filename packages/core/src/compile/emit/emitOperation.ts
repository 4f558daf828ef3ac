import type { Op } from "../../op.ts";
import { decidingComparison, isComparison } from "../comparisons.ts";
import type { Width } from "../math/term.ts";
import { type Id, operandsOf, operationOf } from "../program.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import { pushNumber } from "./push.ts";

/** Writes an operation whose result is the same in all lanes; it is left on the stack. */
export function emitOperation(emission: Emission, writer: FunctionWriter, id: Id): void {
  const { program } = emission;
  const op = operationOf(program, id)!;
  const operands = operandsOf(program, id);
  const { code } = writer;
  const push = (operand: Id) => pushNumber(emission, writer, operand);
  if (op.instruction === undefined) emitCall(emission, writer, op, operands, push);
  else if (op.instruction === "select") {
    for (const operand of operands.slice(1)) push(operand);
    emitCondition(emission, writer, id);
    code.emit("select");
  } else {
    operands.forEach(push);
    code.emit(`f64.${op.instruction}`);
    if (isComparison(op)) code.emit("f64.convert_i32_u");
  }
}

/** Puts an i32 on the stack: whether a `select` takes its second operand. */
function emitCondition(emission: Emission, writer: FunctionWriter, id: Id): void {
  const { program } = emission;
  const comparison = decidingComparison(program, id);
  if (comparison === undefined) {
    pushNumber(emission, writer, operandsOf(program, id)[0]!);
    writer.code.f64(0).emit("f64.ne");
    return;
  }
  const { instruction } = operationOf(program, comparison)!;
  for (const operand of operandsOf(program, comparison)) pushNumber(emission, writer, operand);
  if (instruction !== undefined && instruction !== "select") writer.code.emit(`f64.${instruction}`);
}

/** Calls the module's own function, or one that it imports, of operands that `push` puts on the stack as numbers. */
export function emitCall(
  emission: Emission,
  { code }: FunctionWriter,
  op: Op,
  operands: readonly Id[],
  push: (operand: Id) => void,
): void {
  const { imports, maths, argumentsAt } = emission;
  if (maths.has(op, 1)) {
    operands.forEach(push);
    code.emit("call", indexOfOwn(emission, op, 1));
    return;
  }
  if (op.arity === undefined) {
    for (const [k, operand] of operands.entries()) {
      code.i32(0);
      push(operand);
      code.access("f64.store", argumentsAt + 8 * k);
    }
    code.i32(argumentsAt).i32(operands.length);
  } else operands.forEach(push);
  code.emit("call", imports.get(op)!);
}

/** The index of the module's own function for an operation, of so many numbers at a time. */
export function indexOfOwn({ imports, split, maths }: Emission, op: Op, width: Width): number {
  return imports.size + split.functionCount + maths.numberOf(op, width);
}
