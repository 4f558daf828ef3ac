import type { Column, Id, Loop, Program, Source } from "../../../src/compile/program.ts";
import type { Op } from "../../../src/op.ts";

/** What a loop of a {@link ProgramBuilder} gives back to the body that runs it. */
export interface BuiltLoop {
  readonly number: number;
  sum(index: number): Id;
  final(index: number): Id;
  element(row: number, stack?: number): Id;
}

/** The results of a body under construction. */
export interface BuiltBody {
  readonly nexts?: readonly Id[];
  readonly sums?: readonly Id[];
  readonly stacks?: readonly Id[];
}

/** Builds programs by hand. */
export class ProgramBuilder {
  readonly #codes: (Op | Source)[] = [];
  readonly #starts: number[] = [0];
  readonly #operands: Id[] = [];
  readonly #immediates: number[] = [];
  readonly #seconds: number[] = [];
  readonly #loops: (Loop | undefined)[] = [];
  readonly #body: Id[] = [];
  #current: Id[] = this.#body;

  input(index: number): Id {
    return this.#add("input", [], index);
  }

  constant(value: number): Id {
    return this.#add("constant", [], value);
  }

  /** An operation, given as the function of it. */
  apply({ op }: { readonly op: Op }, ...operands: Id[]): Id {
    return this.#add(op, operands);
  }

  column(index: number): Id {
    return this.#add("column", [], index);
  }

  carry(index: number): Id {
    return this.#add("carry", [], index);
  }

  loop(
    {
      count,
      reversed = false,
      columns = [],
      inits = [],
    }: { count: number; reversed?: boolean; columns?: readonly Column[]; inits?: readonly Id[] },
    build: () => BuiltBody,
  ): BuiltLoop {
    const number = this.#loops.push(undefined) - 1;
    const outer = this.#current;
    const body: Id[] = [];
    this.#current = body;
    const { nexts = [], sums = [], stacks = [] } = build();
    this.#current = outer;
    this.#loops[number] = { count, reversed, columns, inits, body, nexts, sums, stacks };
    const runner = this.#add("loop", [], number);
    return {
      number,
      sum: (index) => this.#add("sum", [runner], index),
      final: (index) => this.#add("final", [runner], index),
      element: (row, stack = 0) => this.#add("element", [runner], row, stack),
    };
  }

  build(inputCount: number, outputs: readonly Id[]): Program {
    return {
      inputCount,
      codes: this.#codes,
      starts: this.#starts,
      operands: this.#operands,
      immediates: this.#immediates,
      seconds: this.#seconds,
      loops: this.#loops as Loop[],
      body: this.#body,
      outputs,
    };
  }

  #add(code: Op | Source, operands: readonly Id[], immediate = 0, second = 0): Id {
    const id = this.#codes.push(code) - 1;
    for (const operand of operands) this.#operands.push(operand);
    this.#starts.push(this.#operands.length);
    this.#immediates.push(immediate);
    this.#seconds.push(second);
    this.#current.push(id);
    return id;
  }
}
