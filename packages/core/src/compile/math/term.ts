import type { Memory } from "../emit/memory.ts";
import type { Code, ValueType } from "../wasm/code.ts";

/** How many numbers stand side by side: one as an f64, two in a v128. */
export type Width = 1 | 2;

type Kind = "real" | "mask" | "bits";

/** A part of a formula: what is computed, of what. A term that stands in several places is computed once. */
export interface Term<K extends Kind = Kind> {
  readonly kind: K;
  readonly width: Width;
  readonly operands: readonly Term[];
  /** Writes what makes the term of its operands, which are on the stack. */
  readonly write: (code: Code, memory: Memory) => void;
  /** Whether it is as cheap as a local. */
  readonly isConstant: boolean;
}

/** A number for each lane. */
export type Real = Term<"real">;
/** A truth for each lane: all bits or none, or an i32 that is 1 or 0. */
export type Mask = Term<"mask">;
/** 64 bits for each lane. */
export type Bits = Term<"bits">;

/** A function of one number, or of one in each lane. */
export type Formula = (x: Real) => Real;

export function term<K extends Kind>(kind: K, operands: readonly Term[], write: Term["write"]): Term<K> {
  return { kind, width: operands[0]!.width, operands, write, isConstant: false };
}

/** The same number in all lanes. */
export function constant<K extends "real" | "bits">(kind: K, value: number, width: Width): Term<K> {
  const write: Term["write"] = (code, memory) => {
    // A load takes a third of the instructions that V8 makes of a constant.
    if (width === 2) code.i32(0).access("v128.load64_splat", memory.constant(value));
    else code.f64(value);
    if (width === 1 && kind === "bits") code.emit("i64.reinterpret_f64");
  };
  return { kind, width, operands: [], write, isConstant: true };
}

/** The parameter of a function: its first local. */
export function parameter(width: Width): Real {
  const write: Term["write"] = (code) => code.emit("local.get", 0);
  return { kind: "real", width, operands: [], write, isConstant: true };
}

export function typeOf({ kind, width }: Term): ValueType {
  if (width === 2) return "v128";
  return kind === "real" ? "f64" : kind === "bits" ? "i64" : "i32";
}
