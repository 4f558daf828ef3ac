import type { InstructionName } from "../wasm/opcodes.ts";
import { type Bits, constant, type Mask, type Real, type Term, term } from "./term.ts";

/** An operand: one of two must be no plain number. */
type Operand = Real | number;

export function add(a: Operand, b: Operand): Real {
  return binary("f64.add", "f64x2.add", a, b);
}

export function sub(a: Operand, b: Operand): Real {
  return binary("f64.sub", "f64x2.sub", a, b);
}

export function mul(a: Operand, b: Operand): Real {
  return binary("f64.mul", "f64x2.mul", a, b);
}

export function div(a: Operand, b: Operand): Real {
  return binary("f64.div", "f64x2.div", a, b);
}

/** a, or b where b is less; a where it is NaN. */
export function atMost(a: Operand, b: number): Real {
  return binary("f64.min", "f64x2.pmin", a, b);
}

/** a, or b where b is greater; a where it is NaN. */
export function atLeast(a: Operand, b: number): Real {
  return binary("f64.max", "f64x2.pmax", a, b);
}

export function abs(a: Real): Real {
  return unary("f64.abs", "f64x2.abs", a);
}

export function neg(a: Real): Real {
  return unary("f64.neg", "f64x2.neg", a);
}

/** The integer next to a towards 0. */
export function trunc(a: Real): Real {
  return unary("f64.trunc", "f64x2.trunc", a);
}

/** a ≥ 0 with the sign of b. */
export function withSignOf(a: Operand, b: Real): Real {
  const [first, second] = lift("real", a, b);
  if (b.width === 1) return term("real", [first, second], (code) => code.emit("f64.copysign"));
  const sign = term("real", [second, constant("real", -0, 2)], (code) => code.emit("v128.and"));
  return term("real", [first, sign], (code) => code.emit("v128.or"));
}

/** `c₀ + c₁ x + c₂ x² + …`, from the last coefficient on. */
export function polynomial(x: Real, coefficients: readonly number[]): Real {
  const [last, ...rest] = coefficients.toReversed() as [number, ...number[]];
  let [sum]: [Operand] = [last];
  for (const coefficient of rest) sum = add(coefficient, mul(x, sum));
  return sum as Real;
}

export function less(a: Operand, b: Operand): Mask {
  return comparison("f64.lt", "f64x2.lt", a, b);
}

export function greater(a: Operand, b: Operand): Mask {
  return comparison("f64.gt", "f64x2.gt", a, b);
}

export function greaterEqual(a: Operand, b: Operand): Mask {
  return comparison("f64.ge", "f64x2.ge", a, b);
}

export function lessEqual(a: Operand, b: Operand): Mask {
  return comparison("f64.le", "f64x2.le", a, b);
}

export function equal(a: Operand, b: Operand): Mask {
  return comparison("f64.eq", "f64x2.eq", a, b);
}

export function both(a: Mask, b: Mask): Mask {
  return term("mask", [a, b], (code) => code.emit(a.width === 1 ? "i32.and" : "v128.and"));
}

export function either(a: Mask, b: Mask): Mask {
  return term("mask", [a, b], (code) => code.emit(a.width === 1 ? "i32.or" : "v128.or"));
}

/** Where a holds and b does not. */
export function except(a: Mask, b: Mask): Mask {
  return term("mask", [a, b], (code) => {
    if (a.width === 1) code.emit("i32.eqz").emit("i32.and");
    else code.emit("v128.andnot");
  });
}

/** a where the mask holds, else b. */
export function select(mask: Mask, a: Operand, b: Operand): Real {
  const lifted = [a, b].map((x) => (typeof x === "number" ? constant("real", x, mask.width) : x));
  const [first, second] = lifted as [Real, Real];
  if (mask.width === 1) return term("real", [first, second, mask], (code) => code.emit("select"));
  if (Object.is(b, 0)) return term("real", [first, mask], (code) => code.emit("v128.and"));
  if (Object.is(a, 0)) return term("real", [second, mask], (code) => code.emit("v128.andnot"));
  return term("real", [first, second, mask], (code) => code.emit("v128.bitselect"));
}

/** A vector is read as numbers or as bits. */
const nothing: Term["write"] = () => undefined;

/** The bits of a number. */
export function bitsOf(a: Real): Bits {
  return term("bits", [a], a.width === 2 ? nothing : (code) => code.emit("i64.reinterpret_f64"));
}

/** The number with these bits. */
export function realOf(a: Bits): Real {
  return term("real", [a], a.width === 2 ? nothing : (code) => code.emit("f64.reinterpret_i64"));
}

export function addBits(a: Bits | number, b: Bits | number): Bits {
  return binaryBits("i64.add", "i64x2.add", a, b);
}

export function subBits(a: Bits | number, b: Bits | number): Bits {
  return binaryBits("i64.sub", "i64x2.sub", a, b);
}

export function andBits(a: Bits, b: Bits | number): Bits {
  return binaryBits("i64.and", "v128.and", a, b);
}

export function orBits(a: Bits | number, b: Bits | number): Bits {
  return binaryBits("i64.or", "v128.or", a, b);
}

export function shiftLeft(a: Bits, count: number): Bits {
  return shift("i64.shl", "i64x2.shl", a, count);
}

export function shiftRight(a: Bits, count: number): Bits {
  return shift("i64.shr_u", "i64x2.shr_u", a, count);
}

/** The number whose bits begin with these 32, and go on with zeros. */
export function ofHighWord(high: number): number {
  return new Float64Array(Uint32Array.of(0, high).buffer)[0]!;
}

function unary(scalar: InstructionName, vector: InstructionName, a: Real): Real {
  return term("real", [a], (code) => code.emit(a.width === 1 ? scalar : vector));
}

function binary(scalar: InstructionName, vector: InstructionName, a: Operand, b: Operand): Real {
  const operands = lift("real", a, b);
  return term("real", operands, (code) => code.emit(operands[0].width === 1 ? scalar : vector));
}

function comparison(scalar: InstructionName, vector: InstructionName, a: Operand, b: Operand): Mask {
  return { ...binary(scalar, vector, a, b), kind: "mask" };
}

function binaryBits(
  scalar: InstructionName,
  vector: InstructionName,
  a: Bits | number,
  b: Bits | number,
): Bits {
  const operands = lift("bits", a, b);
  return term("bits", operands, (code) => code.emit(operands[0].width === 1 ? scalar : vector));
}

function shift(scalar: InstructionName, vector: InstructionName, a: Bits, count: number): Bits {
  return term("bits", [a], (code) => {
    if (a.width === 1) code.i64(count).emit(scalar);
    else code.i32(count).emit(vector);
  });
}

function lift<K extends "real" | "bits">(
  kind: K,
  a: Term<K> | number,
  b: Term<K> | number,
): [Term<K>, Term<K>] {
  const { width } = (typeof a === "object" ? a : b) as Term<K>;
  const lifted = (x: Term<K> | number) => (typeof x === "number" ? constant(kind, x, width) : x);
  return [lifted(a), lifted(b)];
}
