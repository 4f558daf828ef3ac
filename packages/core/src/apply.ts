import { mode, withMode } from "./mode.ts";
import type { BinaryDeclaration, NaryDeclaration, Op, TernaryDeclaration, UnaryDeclaration } from "./op.ts";
import { passesGradient } from "./partials.ts";
import { checkReadable, clock, describe, numberIn, type Scalar, type Slot, Value } from "./value.ts";

/** For each number of operands, what makes the function of scalars that applies an operation. */
export const applyBy = {
  1:
    (op: Op & UnaryDeclaration) =>
    (a: Scalar): Scalar => {
      if (typeof a === "number") return checkedResult(op, op.value(a));
      if (mode.tracer !== undefined) return mode.tracer.apply(op, [a]);
      return record(op, op.value(operandAt(a, op, 1)), a, undefined);
    },
  2:
    (op: Op & BinaryDeclaration) =>
    (a: Scalar, b: Scalar): Scalar => {
      if (typeof a === "number" && typeof b === "number") return checkedResult(op, op.value(a, b));
      if (mode.tracer !== undefined) return mode.tracer.apply(op, [a, b]);
      return record(op, op.value(operandAt(a, op, 1), operandAt(b, op, 2)), a, b);
    },
  3:
    (op: Op & TernaryDeclaration) =>
    (a: Scalar, b: Scalar, c: Scalar): Scalar =>
      applyToAll(op, [a, b, c]),
  any:
    (op: Op & NaryDeclaration) =>
    (operands: readonly Scalar[]): Scalar => {
      if (!Array.isArray(operands)) {
        throw new TypeError(`${op.name}: needs an array of scalars, got ${describe(operands)}.`);
      }
      if (op.nonEmpty && operands.length === 0) {
        throw new RangeError(`${op.name}: needs at least one scalar, got an empty array.`);
      }
      return applyToAll(op, operands.slice());
    },
};

/** Applies an operation to an array of operands, which the node keeps. */
export function applyToAll(op: Op, operands: readonly Scalar[]): Scalar {
  if (mode.tracer !== undefined && operands.some((x) => typeof x !== "number")) {
    return mode.tracer.apply(op, operands);
  }
  const numbers = new Array<number>(operands.length);
  let isConstant = true;
  for (let i = 0; i < operands.length; i++) {
    const x = operands[i]!;
    if (typeof x !== "number") isConstant = false;
    numbers[i] = operandAt(x, op, i + 1);
  }
  const result = evaluate(op, numbers);
  return isConstant ? checkedResult(op, result) : recordAll(op, result, operands);
}

/** The value of an operation at numbers. */
export function evaluate(op: Op, numbers: readonly number[]): number {
  if (op.arity === undefined) return (op.value as NaryDeclaration["value"])(numbers);
  return (op.value as (...operands: number[]) => number)(...numbers);
}

/** The number of an operand, whose position is for the error. */
export function operandAt(x: Scalar, op: Op, position: number): number {
  if (typeof x === "number") return x;
  if (x instanceof Value) return numberIn(x);
  throw wrongOperand(x, op, position);
}

/** Throws if an operand, whose position is for the error, is no scalar. */
export function checkOperand(x: unknown, op: Op, position: number): void {
  if (typeof x !== "number" && !(x instanceof Value)) throw wrongOperand(x, op, position);
}

function wrongOperand(x: unknown, op: Op, position: number): TypeError {
  const advice =
    typeof x === "boolean" ? " For a condition write greater(x, 0), less(x, y) and the like." : "";
  return new TypeError(
    `${op.name}: operand ${position} must be a number or a Value, got ${describe(x)}.${advice}`,
  );
}

/** A new node of the graph; its operands learn that one more use waits for a gradient. */
function record(op: Op, data: number, first: Scalar, second: Scalar | undefined): Value {
  if (!mode.isPlain || typeof data !== "number") return recordInMode(op, data, first, second);
  const node = new Value(data, op, first, second);
  countUse(first, node, 0);
  if (second !== undefined) countUse(second, node, 1);
  clock.isRead = true;
  return node;
}

/** As {@link record}, for an array of operands, which the node keeps. */
export function recordAll(op: Op, data: number, operands: readonly Scalar[]): Value {
  if (!mode.isPlain || typeof data !== "number") return recordInMode(op, data, operands, undefined);
  const node = new Value(data, op, operands);
  if (op.arity === undefined) countAllUses(operands, node);
  else for (let slot = 0; slot < operands.length; slot++) countUse(operands[slot]!, node, slot);
  clock.isRead = true;
  return node;
}

/** As {@link record}, where nothing is recorded, or checks see each node. */
function recordInMode(op: Op, data: number, first: Slot, second: Slot): Value {
  const node = new Value(checkedResult(op, data), op, first, second);
  node.operands.forEach((operand, slot) => {
    if (typeof operand === "object") checkReadable(operand);
    if (mode.recording) countUse(operand, node, slot);
  });
  if (mode.recording) clock.isRead = true;
  mode.checks?.recorded(node);
  return mode.recording ? node : new Value(data);
}

/** What the value of an operation returned, which must be a number. */
function checkedResult(op: Op, result: number): number {
  if (typeof result === "number") return result;
  throw new TypeError(`${op.name}: its value must return a number, got ${describe(result)}.`);
}

/** An operation's operand waits for one more gradient, and the operation is as old as the oldest below it. */
function countUse(operand: Scalar, node: Value, slot: number): void {
  if (typeof operand !== "object") return;
  if (operand.stamp < 0) checkReadable(operand);
  if (operand.op === undefined) return;
  if (operand.stamp < node.stamp) node.stamp = operand.stamp;
  if (passesGradient(node.op!, slot)) operand.uses++;
}

/** As {@link countUse}, for an operation on an array, which may pass a gradient to every operand. */
function countAllUses(operands: readonly Scalar[], node: Value): void {
  let oldest = node.stamp;
  for (let i = 0; i < operands.length; i++) {
    const operand = operands[i]!;
    if (typeof operand !== "object") continue;
    if (operand.stamp < 0) checkReadable(operand);
    if (operand.op === undefined) continue;
    if (operand.stamp < oldest) oldest = operand.stamp;
    operand.uses++;
  }
  node.stamp = oldest;
}

/**
 * Runs f without recording: operations on Values give leaves that hold the number alone.
 *
 * @returns what f returns
 * @throws TypeError if f is asynchronous: what runs later would be recorded
 * @example noGrad(() => value(2).mul(3)).op // undefined
 */
export function noGrad<R>(f: () => R): R {
  return withMode("noGrad", { recording: false }, f);
}
