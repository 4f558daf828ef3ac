import type { ValueType } from "../wasm/code.ts";

/** Hands out the locals of a function; those given back are used again. */
export class Locals {
  readonly types: ValueType[] = [];
  readonly #free: Record<ValueType, number[]> = { i32: [], i64: [], f64: [], v128: [] };

  readonly params: readonly ValueType[];

  constructor(params: readonly ValueType[]) {
    this.params = params;
  }

  take(type: ValueType): number {
    return this.#free[type].pop() ?? this.params.length + this.types.push(type) - 1;
  }

  takeAll(type: ValueType, count: number): number[] {
    const locals: number[] = [];
    for (let k = 0; k < count; k++) locals.push(this.take(type));
    return locals;
  }

  give(local: number): void {
    this.#free[this.types[local - this.params.length]!].push(local);
  }
}
