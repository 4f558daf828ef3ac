import { type Id, operandCount, operationOf, type Program } from "../program.ts";
import { type Operator, SCALE, SUM } from "./patterns.ts";

/** How many terms added one after the other must be to make a {@link SUM}. */
const MANY_TERMS = 12;

const AS_IS = 0;
const SWAPPED = 1;
const IS_SCALE = 2;
const IS_SUM = 3;

/** The operations of a body as they are replayed: the `select` of a {@link SCALE} is one, and a long sum is one. */
export class Operations {
  readonly program: Program;
  /** Per instruction: how often results that are needed read it. */
  readonly uses: Int32Array;
  /** Per instruction: what its operands are taken from. */
  readonly #forms: Uint8Array;
  /** Of each long sum. */
  readonly #terms = new Map<Id, readonly Id[]>();

  constructor(program: Program) {
    const { codes, body, outputs } = program;
    this.program = program;
    this.uses = new Int32Array(codes.length);
    this.#forms = new Uint8Array(codes.length);
    for (const id of outputs) this.uses[id]!++;
    for (let i = body.length - 1; i >= 0; i--) {
      const id = body[i]!;
      if (this.uses[id] === 0) continue;
      if (this.#makesScale(id)) this.#forms[id] = IS_SCALE;
      const count = this.count(id);
      for (let k = 0; k < count; k++) this.uses[this.operand(id, k)]!++;
    }
    this.#joinSums();
  }

  /** `undefined` for an input or a constant. */
  operator(id: Id): Operator | undefined {
    const form = this.#forms[id]!;
    if (form === IS_SCALE) return SCALE;
    if (form === IS_SUM) return SUM;
    return operationOf(this.program, id);
  }

  /** How many operands an operation has. */
  count(id: Id): number {
    const form = this.#forms[id]!;
    if (form === IS_SCALE) return 2;
    if (form === IS_SUM) return this.#terms.get(id)!.length;
    return operandCount(this.program, id);
  }

  operand(id: Id, k: number): Id {
    const { starts, operands } = this.program;
    const form = this.#forms[id]!;
    if (form === AS_IS) return operands[starts[id]! + k]!;
    if (form === SWAPPED) return operands[starts[id]! + 1 - k]!;
    if (form === IS_SUM) return this.#terms.get(id)![k]!;
    const product = operands[starts[id]! + 2]!;
    return operands[starts[product]! + k]!;
  }

  /** From now on the two operands are taken in the other order. */
  swap(id: Id): void {
    this.#forms[id] = SWAPPED;
  }

  /** Whether it is `select(equal(a, 0), 0, mul(a, b))`. */
  #makesScale(id: Id): boolean {
    const { codes, starts, operands, immediates } = this.program;
    if (this.#instructionOf(id) !== "select") return false;
    const at = starts[id]!;
    const [condition, zero, product] = [operands[at]!, operands[at + 1]!, operands[at + 2]!];
    if (codes[zero] !== "constant" || !Object.is(immediates[zero], 0)) return false;
    if (this.#instructionOf(condition) !== "eq" || this.#instructionOf(product) !== "mul") return false;
    const right = operands[starts[condition]! + 1]!;
    const comparesToZero = codes[right] === "constant" && immediates[right] === 0;
    return comparesToZero && operands[starts[condition]!] === operands[starts[product]!];
  }

  /** Joins additions to what was added up before, where that is not read by others. */
  #joinSums(): void {
    const { codes, starts, operands, body } = this.program;
    const lengths = new Int32Array(codes.length);
    for (const id of body) {
      if (this.uses[id] === 0 || this.#instructionOf(id) !== "add") continue;
      const before = operands[starts[id]!]!;
      lengths[id] = this.uses[before] === 1 && lengths[before]! > 0 ? lengths[before]! + 1 : 2;
    }
    for (let i = body.length - 1; i >= 0; i--) {
      const id = body[i]!;
      if (lengths[id]! < MANY_TERMS || this.uses[id] === 0) continue;
      const terms: Id[] = [];
      let at = id;
      for (let left = lengths[id]!; left > 2; left--) {
        terms.push(operands[starts[at]! + 1]!);
        at = operands[starts[at]!]!;
        this.uses[at] = 0;
      }
      terms.push(operands[starts[at]! + 1]!, operands[starts[at]!]!);
      this.#terms.set(id, terms.reverse());
      this.#forms[id] = IS_SUM;
    }
  }

  #instructionOf(id: Id): string | undefined {
    return operationOf(this.program, id)?.instruction;
  }
}
