import type { Op } from "../../op.ts";
import type { Memory } from "../emit/memory.ts";
import type { FunctionDefinition } from "../wasm/encoder.ts";
import { functionOf } from "./functionOf.ts";
import { ownFunctions } from "./functions.ts";
import type { Width } from "./term.ts";

/** The functions of a module that stand for operations: those that it calls, each written at the first call. */
export class Maths {
  readonly functions: FunctionDefinition[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #memory: Memory;
  readonly #isOn: boolean;

  constructor(memory: Memory, isOn: boolean) {
    this.#memory = memory;
    this.#isOn = isOn;
  }

  /** Whether the module computes the operation of so many numbers at a time itself. */
  has(op: Op, width: Width): boolean {
    const own = this.#isOn ? ownFunctions.get(op) : undefined;
    return own !== undefined && (width === 2 || own.isFasterAlone);
  }

  /** The place in `functions` of the one that computes the operation. */
  numberOf(op: Op, width: Width): number {
    const key = `${op.name} ${width}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      const { formula } = ownFunctions.get(op)!;
      number = this.functions.push(functionOf(formula, width, this.#memory)) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}
