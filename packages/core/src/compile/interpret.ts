import type { NaryDeclaration, Op } from "../op.ts";
import type { Executable } from "./executable.ts";
import { type Column, type Id, type Loop, loopNumberOf, type Program } from "./program.ts";

/**
 * Runs a program in plain JavaScript, instruction by instruction, where WebAssembly is missing or forbidden. Gives the
 * same numbers.
 */
export function interpreter(program: Program): Executable {
  const inputs = new Float64Array(program.inputCount);
  const outputs = new Float64Array(program.outputs.length);
  const interpretation = new Interpretation(program, inputs);
  return {
    inputs,
    outputs,
    run() {
      interpretation.runBody(program.body);
      for (let i = 0; i < outputs.length; i++) outputs[i] = interpretation.values[program.outputs[i]!]!;
    },
  };
}

class Interpretation {
  /** The result of each instruction. */
  readonly values: Float64Array;
  readonly #program: Program;
  readonly #inputs: Float64Array;
  /** What each loop keeps: for each of its stacks, a number for each row. */
  readonly #stacks: readonly (readonly Float64Array[])[];
  readonly #sums: readonly Float64Array[];
  readonly #finals: readonly Float64Array[];

  constructor(program: Program, inputs: Float64Array) {
    this.#program = program;
    this.#inputs = inputs;
    this.values = new Float64Array(program.codes.length);
    this.#stacks = program.loops.map((loop) => loop.stacks.map(() => new Float64Array(loop.count)));
    this.#sums = program.loops.map((loop) => new Float64Array(loop.sums.length));
    this.#finals = program.loops.map((loop) => new Float64Array(loop.nexts.length));
  }

  runBody(body: readonly Id[]): void {
    const program = this.#program;
    const { codes, immediates, seconds } = program;
    const { values } = this;
    for (let i = 0; i < body.length; i++) {
      const id = body[i]!;
      const code = codes[id]!;
      const immediate = immediates[id]!;
      if (typeof code === "object") values[id] = this.#evaluate(code, id);
      else if (code === "input") values[id] = this.#inputs[immediate]!;
      else if (code === "constant") values[id] = immediate;
      else if (code === "loop") this.#runLoop(immediate);
      else if (code === "sum") values[id] = this.#sums[loopNumberOf(program, id)]![immediate]!;
      else if (code === "final") values[id] = this.#finals[loopNumberOf(program, id)]![immediate]!;
      else if (code === "element") {
        values[id] = this.#stacks[loopNumberOf(program, id)]![seconds[id]!]![immediate]!;
      }
    }
  }

  #evaluate(op: Op, id: Id): number {
    const { starts, operands } = this.#program;
    const { values } = this;
    const at = starts[id]!;
    const value = op.value as (...operands: number[]) => number;
    switch (op.arity) {
      case 1:
        return value(values[operands[at]!]!);
      case 2:
        return value(values[operands[at]!]!, values[operands[at + 1]!]!);
      case 3:
        return value(values[operands[at]!]!, values[operands[at + 1]!]!, values[operands[at + 2]!]!);
      default: {
        const numbers = operands.slice(at, starts[id + 1]!).map((operand) => values[operand]!);
        return (op.value as NaryDeclaration["value"])(numbers);
      }
    }
  }

  #runLoop(index: number): void {
    const { codes, immediates, loops } = this.#program;
    const loop = loops[index]!;
    const { values } = this;
    const sums = this.#sums[index]!.fill(0);
    const carries = this.#finals[index]!;
    const stacks = this.#stacks[index]!;
    const read = loop.columns.map((column) => this.#reader(column));
    const columnIds = loop.body.filter((id) => codes[id] === "column");
    const carryIds = loop.body.filter((id) => codes[id] === "carry");
    loop.inits.forEach((id, i) => {
      carries[i] = values[id]!;
    });
    for (let i = 0; i < loop.count; i++) {
      const row = loop.reversed ? loop.count - 1 - i : i;
      for (const id of columnIds) values[id] = read[immediates[id]!]!(row);
      for (const id of carryIds) values[id] = carries[immediates[id]!]!;
      this.runBody(loop.body);
      this.#keep(loop, row, { sums, carries, stacks });
    }
  }

  #keep(
    loop: Loop,
    row: number,
    { sums, carries, stacks }: { sums: Float64Array; carries: Float64Array; stacks: readonly Float64Array[] },
  ): void {
    const { values } = this;
    for (let k = 0; k < sums.length; k++) sums[k]! += values[loop.sums[k]!]!;
    for (let k = 0; k < stacks.length; k++) stacks[k]![row] = values[loop.stacks[k]!]!;
    for (let k = 0; k < carries.length; k++) carries[k] = values[loop.nexts[k]!]!;
  }

  #reader(column: Column): (row: number) => number {
    switch (column.kind) {
      case "inputs":
        return (row) => this.#inputs[column.first + row * column.stride]!;
      case "stack": {
        const kept = this.#stacks[column.loop]![column.stack]!;
        return (row) => kept[row]!;
      }
      case "constants":
        return (row) => column.numbers[row]!;
      case "list":
        return (row) => this.values[column.ids[row]!]!;
    }
  }
}
