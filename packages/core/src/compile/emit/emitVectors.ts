import { decidingComparison, isComparison } from "../comparisons.ts";
import { type Id, operandsOf, operationOf } from "../program.ts";
import type { Emission, FunctionWriter } from "./emission.ts";
import { emitCall, indexOfOwn } from "./emitOperation.ts";
import { placeOf, pushConstant, pushVector } from "./push.ts";

/** Puts a vector of an operand on the stack. */
type Push = (operand: Id) => void;

/** Writes an operation whose result varies between lanes, into as many locals as there are vectors. */
export function emitVectors(
  emission: Emission,
  writer: FunctionWriter,
  id: Id,
  locals: readonly number[],
): void {
  const isCall = operationOf(emission.program, id)!.instruction === undefined;
  const shared = locals.length > 1 ? new Map<Id, number>() : undefined;
  for (let index = 0; index < locals.length; index++) {
    if (isCall) emitCalls(emission, writer, id, index);
    else
      emitVector(emission, writer, id, index, (operand) =>
        pushOnce(emission, writer, operand, index, shared),
      );
    writer.code.emit("local.set", locals[index]);
  }
  for (const local of shared?.values() ?? []) writer.locals.give(local);
}

/** Puts a vector of an operand on the stack. What is the same in all is loaded for the first, and kept in `shared`. */
function pushOnce(
  emission: Emission,
  writer: FunctionWriter,
  operand: Id,
  index: number,
  shared: Map<Id, number> | undefined,
): void {
  const local = shared?.get(operand);
  if (local !== undefined) {
    writer.code.emit("local.get", local);
    return;
  }
  pushVector(emission, writer, operand, index);
  const isSplat = placeOf(emission, writer, operand).kind === "splat";
  if (shared === undefined || isSplat || emission.lanes.varies[operand] === 1) return;
  const kept = writer.locals.take("v128");
  shared.set(operand, kept);
  writer.code.emit("local.tee", kept);
}

function emitVector(emission: Emission, writer: FunctionWriter, id: Id, index: number, push: Push): void {
  const { program } = emission;
  const op = operationOf(program, id)!;
  if (op.instruction === "select") emitSelect(emission, writer, id, index, push);
  else if (isComparison(op)) {
    emitMask(emission, writer, id, push);
    pushConstant(emission, writer, 1);
    writer.code.emit("v128.and");
  } else if (op.instruction !== undefined) {
    operandsOf(program, id).forEach(push);
    writer.code.emit(`f64x2.${op.instruction}`);
  }
}

function emitSelect(emission: Emission, writer: FunctionWriter, id: Id, index: number, push: Push): void {
  const { program } = emission;
  const { code } = writer;
  const [condition, a, b] = operandsOf(program, id) as [Id, Id, Id];
  const isZero = (operand: Id) =>
    program.codes[operand] === "constant" && Object.is(program.immediates[operand], 0);
  const chosen = isZero(b) ? [a] : isZero(a) ? [b] : [a, b];
  chosen.forEach(push);
  const comparison = decidingComparison(program, id);
  const made = comparison === undefined ? undefined : writer.conditions.get(comparison);
  if (made !== undefined) code.emit("local.get", made[index % made.length]!);
  else if (comparison !== undefined) emitMask(emission, writer, comparison, push);
  else {
    push(condition);
    pushConstant(emission, writer, 0);
    code.emit("f64x2.ne");
  }
  code.emit(isZero(b) ? "v128.and" : isZero(a) ? "v128.andnot" : "v128.bitselect");
}

/** All bits of each lane where a comparison holds. */
export function emitMask({ program }: Emission, { code }: FunctionWriter, comparison: Id, push: Push): void {
  const { instruction } = operationOf(program, comparison)!;
  operandsOf(program, comparison).forEach(push);
  if (instruction !== undefined && instruction !== "select") code.emit(`f64x2.${instruction}`);
}

/** Calls the module's own function of vectors, or else one of numbers for one lane after the other. */
function emitCalls(emission: Emission, writer: FunctionWriter, id: Id, index: number): void {
  const { program, maths } = emission;
  const { code } = writer;
  const op = operationOf(program, id)!;
  if (maths.has(op, 2)) {
    for (const operand of operandsOf(program, id)) pushVector(emission, writer, operand, index);
    code.emit("call", indexOfOwn(emission, op, 2));
    return;
  }
  for (let lane = 0; lane < 2; lane++) {
    emitCall(emission, writer, op, operandsOf(program, id), (operand) => {
      pushVector(emission, writer, operand, index);
      code.emit("f64x2.extract_lane", lane);
    });
    if (lane === 0) code.emit("f64x2.splat");
    else code.emit("f64x2.replace_lane", 1);
  }
}
